from crm.core.work import reading
from crm.sroi.queries import portal_contracts
from crm.ui import portal, portal_contract, portal_shares
from crm.ui.guard import open_page

actor = open_page("portal/overview.py")
with reading(actor) as work:
    contracts = portal_contracts(work)

with portal.page():
    if len(contracts) == 1:
        portal_contract.show_contract(actor, contracts[0].id)
    elif contracts:
        portal_contract.show_list(actor, contracts)
    else:
        portal_contract.show_none(actor)
    portal_shares.show_own(actor)
