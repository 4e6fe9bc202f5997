from crm.core.access import Permission
from crm.core.errors import NotFound
from crm.core.work import reading
from crm.sroi import queries
from crm.sroi.queries.bulk import tags_of_contracts
from crm.sroi.queries.certificates import notices_on
from crm.sroi.queries.life import contract_life
from crm.sroi.states import ContractState
from crm.ui import contract_actions, contract_stage, contract_tabs, contract_top, shell, walking
from crm.ui.award_notes import show_award_notes
from crm.ui.certificate_words import show_notices
from crm.ui.contract_tags import show_contract_tags
from crm.ui.forms import end_page, show_fault
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/contract.py")
try:
    with reading(actor) as work:
        contract = queries.contract_page(work, shell.asked_id())
        forecast = queries.forecast_of(work, contract.row.id)
        life = contract_life(work, contract)
        notices = notices_on(work, contract)
        tags = tags_of_contracts(work, [contract.row.id]).get(contract.row.id, ())
        walk = walking.walk_of(work, "contracts")
except NotFound as fault:
    show_fault(fault)
    shell.link("staff/contracts.py", _("Back to the contracts"), icon=":material/arrow_back:")
    end_page()

walking.show_walk(walk, contract.row.id)
with contract_top.title(contract):
    if actor.may(Permission.CONTRACT_EDIT):
        contract_actions.menu(actor, contract)
show_contract_tags(actor, contract.row.id, tags)
contract_top.figures_and_bar(contract, forecast)
show_notices(notices, contract.rule_set, contract.row.end_on)
contract_stage.show(actor, contract, life)
if actor.may(Permission.CONTRACT_EDIT):
    if contract.row.state is ContractState.TO_CONFIRM:
        show_award_notes(actor, contract.row.id)
    contract_actions.confirm(actor, contract)
contract_tabs.show(actor, contract, life)
