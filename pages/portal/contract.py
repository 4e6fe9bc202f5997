from crm.ui import portal, portal_contract, shell
from crm.ui.guard import open_page

actor = open_page("portal/contract.py")
with portal.page():
    portal_contract.show_contract(actor, shell.asked_id())
