import streamlit as st

from crm.core.errors import NotFound
from crm.core.work import reading
from crm.sroi import queries
from crm.ui import gap, shell
from crm.ui.forms import end_page, show_fault
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/gap.py")
try:
    with reading(actor) as work:
        contract = queries.contract_page(work, shell.asked_id())
        forecast = queries.forecast_of(work, contract.row.id)
except NotFound as fault:
    show_fault(fault)
    shell.link("staff/contracts.py", _("Back to the contracts"), icon=":material/arrow_back:")
    end_page()

shell.heading(_("Close the gap"), f"{contract.row.title} · {contract.row.employer}")
shell.link("staff/contract.py", _("Back to the contract"), icon=":material/arrow_back:", id=contract.row.id)
if forecast is None:
    st.info(_("This contract takes no efforts now. Only a running contract does."))
elif gap.show(actor, contract, forecast) is not None:
    shell.go("staff/contract.py", id=contract.row.id)
