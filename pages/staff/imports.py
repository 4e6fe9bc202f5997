import streamlit as st

from crm.core.errors import NotFound
from crm.core.work import reading
from crm.exchange import queries
from crm.exchange.rules.runs import RunState
from crm.ui import import_buyers, imports, shell
from crm.ui.export_links import show_everything
from crm.ui.forms import end_page, show_fault
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/imports.py")
shell.heading(_("Import"), _("Employers from a spreadsheet, awards from TenderNed"))

if "id" in st.query_params:
    shell.link("staff/imports.py", _("Bring in another file"), icon=":material/arrow_back:")
    try:
        with reading(actor) as work:
            run = queries.run(work, shell.asked_id())
    except NotFound as fault:
        show_fault(fault)
    else:
        imports.show_run(actor, run)
        if run.unknown and run.state is not RunState.RUNNING:
            import_buyers.show_buyers(actor, run.id)
    end_page()

imports.ask_for_file(actor)
imports.former_runs(actor)
show_everything(actor)
