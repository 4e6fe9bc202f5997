from crm.core.errors import NotFound
from crm.ui import settlement, shell
from crm.ui.forms import end_page, show_fault
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/settle.py")
try:
    settlement.show(actor, shell.asked_id())
except NotFound as fault:
    show_fault(fault)
    shell.link("staff/contracts.py", _("Back to the contracts"), icon=":material/arrow_back:")
    end_page()
