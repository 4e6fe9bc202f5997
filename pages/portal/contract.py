from crm.ui import portal, portal_contract, portal_part, shell
from crm.ui.guard import open_page

actor = open_page("portal/contract.py")
contract_id = shell.asked_id()
part = portal_part.find(actor, contract_id)
with portal.page():
    if part is not None:
        portal_part.show(actor, part)
    else:
        portal_contract.show_contract(actor, contract_id)
