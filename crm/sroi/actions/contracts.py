"""What happens to a contract: registered, confirmed, changed, repaired, withdrawn."""

from __future__ import annotations

from decimal import Decimal

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Invalid, NotFound
from crm.core.money import cents
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.employers.rules import folded
from crm.sroi import changing, claims, clocks, persons, revaluing, rulebook, tendering, totals
from crm.sroi.actions.contract_hours import add_hours, follow_contractor, keep_hours
from crm.sroi.commands import (
    ConfirmObligation,
    ContractTerms,
    EditContract,
    RefreshAward,
    RegisterContract,
    StartRepair,
    WithdrawAward,
    WithdrawContract,
)
from crm.sroi.queries import deciding
from crm.sroi.queries.certificates import covering_certificates
from crm.sroi.queries.changes import changes_of, in_force
from crm.sroi.records import Authority, Contract
from crm.sroi.rules import Explanation, RuleSet
from crm.sroi.standing import OPEN
from crm.sroi.states import ContractState, EffortState

TERMS = tuple(name for name in ContractTerms.model_fields if name != "rule_set_code")
MOVED_BY_CHANGES = ("value_cents", "end_on", "percentage")
AFTER_CONFIRMING = frozenset({"title", "reference", "start_on", "end_on"})


@action(Permission.CONTRACT_EDIT, RegisterContract)
def register_contract(work: Work, command: RegisterContract) -> int:
    """Put a contract in the register, its obligation computed and still to be confirmed; return its id.

    Raises `Invalid` for a fault in the terms, `NotFound` for an authority or employer that is not yours.
    """
    return register(work, command)


@action(Permission.IMPORT_RUN, RegisterContract)
def register_award(work: Work, command: RegisterContract) -> int:
    """Put an award from an import in the register, to be confirmed by an officer; return its id."""
    return register(work, command)


@action(Permission.IMPORT_RUN, RefreshAward)
def refresh_award(work: Work, command: RefreshAward) -> None:
    """Take over a later notice; raises `Invalid` for `contract_id` once the obligation was confirmed."""
    contract = _untouched(work, command.contract_id)
    contract.employer_id = key(work.get(Employer, command.employer_id))
    contract.cpv_code = command.cpv_code
    follow_contractor(work, contract)
    _change_terms(work, contract, command)


@action(Permission.IMPORT_RUN, WithdrawAward)
def withdraw_award(work: Work, command: WithdrawAward) -> None:
    """Take back an award that a later notice cancels; raises `Invalid` for `contract_id` like a refresh.

    The award lets go of the contract, so that it can be registered again when it is awarded after all.
    """
    contract = _untouched(work, command.contract_id)
    contract.state = ContractState.WITHDRAWN
    contract.withdrawn_reason = command.reason
    contract.award_key = None


@action(Permission.CONTRACT_EDIT, EditContract)
def edit_contract(work: Work, command: EditContract) -> int:
    """Change a contract; raises `Invalid` for a term that the confirmed obligation rests on.

    What dated changes moved (value, end, percentage) moves only by another of those.
    """
    yours = command.model_dump(include=set(TERMS))
    contract = work.edit(Contract, command.contract_id, command.version, yours)
    require_state(contract, ContractState.TO_CONFIRM, *OPEN)
    if contract.state in OPEN:
        _refuse_frozen(contract, command)
    _refuse_changed(work, contract, command)
    keep_hours(work, contract, command.contract_hours)
    _change_terms(work, contract, command)
    return command.contract_id


@action(Permission.CONTRACT_EDIT, ConfirmObligation)
def confirm_obligation(work: Work, command: ConfirmObligation) -> int:
    """Compute the obligation with what the clause says, fix it on the contract and let it run."""
    yours = command.model_dump(include={"percentage", "labour_share"})
    contract = work.edit(Contract, command.contract_id, command.version, yours)
    require_state(contract, ContractState.TO_CONFIRM)
    contract.percentage = command.percentage
    contract.labour_share = command.labour_share
    by_hand = claims.was_chosen_by_hand(contract.obligation_explanation)
    _value(work, contract, rulebook.of_contract(work, contract), by_hand=by_hand)
    contract.state = ContractState.RUNNING
    contract.confirmed_on = clock.today()
    contract.officer_id = contract.officer_id or work.actor.user_id
    totals.refresh(work, contract)
    clocks.refresh(work, contract)
    return command.contract_id


@action(Permission.CONTRACT_EDIT, StartRepair)
def start_repair(work: Work, command: StartRepair) -> int:
    """Grant a repair period, or move its last day; raises `Invalid` when that day has passed."""
    contract = unchanged(work, command.contract_id, command.version)
    require_state(contract, *OPEN)
    if command.until < clock.today():
        raise Invalid("until", "Choose a day that has not passed yet.")
    contract.state = ContractState.IN_REPAIR
    contract.repair_until = command.until
    clocks.refresh(work, contract)
    return command.contract_id


@action(Permission.CONTRACT_EDIT, WithdrawContract)
def withdraw_contract(work: Work, command: WithdrawContract) -> int:
    """Take a contract out of the register with its open efforts; raises `Invalid` once some is approved."""
    contract = unchanged(work, command.contract_id, command.version)
    require_state(contract, ContractState.TO_CONFIRM, *OPEN)
    for effort in deciding.efforts_on(work, command.contract_id):
        if effort.state is EffortState.APPROVED:
            raise Invalid("contract_id", "Efforts were approved on this contract. Settle it instead.")
        effort.state = EffortState.WITHDRAWN
        persons.forget_person(work, effort)
    contract.state = ContractState.WITHDRAWN
    contract.withdrawn_reason = command.reason
    totals.refresh(work, contract)
    clocks.refresh(work, contract)
    return command.contract_id


def unchanged(work: Work, contract_id: int, version: int) -> Contract:
    """Hold a contract for a change; raises `Invalid` when somebody changed it since it was looked at."""
    contract = totals.hold(work, contract_id)
    if contract.version != version:
        raise Invalid("contract_id", "Somebody changed this contract meanwhile. Look at it again and decide.")
    return contract


def require_state(contract: Contract, *states: ContractState) -> None:
    """Raise `Invalid` unless a contract is in one of the states."""
    if contract.state not in states:
        raise Invalid("contract_id", "That is not possible for a contract in this state.")


def authority_of(work: Work, authority_id: int) -> Authority:
    """Return an authority that this unit of work reaches; raises `NotFound` for another's."""
    authority = work.get(Authority, authority_id)
    own = work.scope.authorities
    if own is not None and authority_id not in own:
        raise NotFound()
    return authority


def register(work: Work, command: RegisterContract, agreed_cents: int | None = None) -> int:
    """Make a contract that waits to be confirmed; `agreed_cents` is the amount that its tender said.

    For actions only: whoever calls it has asked for the permission.
    """
    authority = authority_of(work, command.authority_id)
    employer = work.get(Employer, command.employer_id)
    _check_term(command)
    _refuse_double(work, command.award_key)
    dates = rulebook.Dates(command.award_on, command.start_on, command.published_on)
    ruleset = rulebook.choose(work, command.authority_id, dates, command.rule_set_code)
    contract = Contract(
        region_id=authority.region_id,
        authority_id=command.authority_id,
        employer_id=command.employer_id,
        **command.model_dump(include=set(TERMS)),
        rule_set_id=key(rulebook.keep(work, ruleset)),
        obligation_cents=0,
        obligation_explanation={},
        state=ContractState.TO_CONFIRM,
        award_key=command.award_key,
        ocid=command.ocid,
        cpv_code=command.cpv_code,
        search_key=_search_key(command, employer.name, authority.name),
    )
    by_hand = command.rule_set_code is not None
    if agreed_cents is None:
        _value(work, contract, ruleset, by_hand=by_hand, hours=command.contract_hours)
    else:
        _keep_obligation(
            contract, tendering.agreed_obligation(contract, ruleset, agreed_cents, by_hand=by_hand)
        )
    work.add(contract)
    add_hours(work, contract, command.contract_hours)
    return key(contract)


def _change_terms(work: Work, contract: Contract, command: ContractTerms) -> None:
    _check_term(command)
    names = (work.get(Employer, contract.employer_id).name, work.get(Authority, contract.authority_id).name)
    decided = revaluing.decides(contract)
    for name in TERMS:
        setattr(contract, name, getattr(command, name))
    contract.search_key = _search_key(command, *names)
    if contract.state is ContractState.TO_CONFIRM:
        _choose_again(work, contract, command.rule_set_code)
    if revaluing.decides(contract) != decided:
        revaluing.revalue(work, contract)
    totals.refresh(work, contract)
    clocks.refresh(work, contract)


def _choose_again(work: Work, contract: Contract, code: str | None) -> None:
    by_hand = claims.was_chosen_by_hand(contract.obligation_explanation)
    if code is None and by_hand:
        ruleset = rulebook.of_contract(work, contract)
    else:
        ruleset = rulebook.choose(work, contract.authority_id, rulebook.dates_of(contract), code)
        contract.rule_set_id = key(rulebook.keep(work, ruleset))
    _value(work, contract, ruleset, by_hand=by_hand or code is not None)


def _value(
    work: Work, contract: Contract, ruleset: RuleSet, *, by_hand: bool, hours: Decimal | None = None
) -> None:
    held = covering_certificates(work, contract)
    if contract.id is None:
        explanation = claims.obligation_of(contract, ruleset, by_hand=by_hand, certificates=held, hours=hours)
    else:
        explanation = changing.obligation_now(work, contract, ruleset, by_hand=by_hand, certificates=held)
    _keep_obligation(contract, explanation)


def _keep_obligation(contract: Contract, explanation: Explanation) -> None:
    contract.obligation_cents = cents(explanation.amount)
    contract.obligation_explanation = explanation.to_json()


def _check_term(command: ContractTerms) -> None:
    if command.end_on < command.start_on:
        raise Invalid("end_on", "The contract ends before it starts. Choose a later day.")


def _refuse_double(work: Work, award_key: str | None) -> None:
    if award_key is not None and deciding.award_is_registered(work, award_key):
        raise Invalid("award_key", "This award stands in the register already.")


def _refuse_frozen(contract: Contract, command: EditContract) -> None:
    for name in TERMS:
        if name not in AFTER_CONFIRMING and getattr(contract, name) != getattr(command, name):
            raise Invalid(
                name, "The obligation is confirmed. Take the confirmation back before you change this."
            )


def _refuse_changed(work: Work, contract: Contract, command: ContractTerms) -> None:
    """Refuse to move by hand what dated changes moved: taking one back would undo it unseen."""
    moved = [name for name in MOVED_BY_CHANGES if getattr(contract, name) != getattr(command, name)]
    if moved and in_force(changes_of(work, key(contract))):
        raise Invalid(
            moved[0],
            "Changes with a date stand on this contract. Note a change under “Course”, or take one back.",
        )


def _untouched(work: Work, contract_id: int) -> Contract:
    """Hold a contract that waits to be confirmed for the first time.

    One that was taken back can have efforts and changes.
    """
    contract = totals.hold(work, contract_id)
    require_state(contract, ContractState.TO_CONFIRM)
    if deciding.has_efforts(work, contract_id) or changes_of(work, contract_id):
        raise Invalid("contract_id", "That is not possible for a contract in this state.")
    return contract


def _search_key(command: ContractTerms, employer: str, authority: str) -> str:
    parts = (command.title, command.reference, employer, authority)
    return folded(" ".join(part for part in parts if part))[:700]
