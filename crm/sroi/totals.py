"""What the efforts of a contract add up to, kept on the contract itself."""

from __future__ import annotations

from sqlalchemy import case, func
from sqlmodel import col, select

from crm.core.errors import Invalid, NotFound
from crm.core.records import key
from crm.core.work import Work
from crm.sroi import rulebook
from crm.sroi.counting import Amount, counted_cents
from crm.sroi.records import Contract, Effort
from crm.sroi.rules import RuleSet
from crm.sroi.standing import OPEN, first_day_behind
from crm.sroi.states import EffortState


def hold(work: Work, contract_id: int) -> Contract:
    """Return a contract that nobody else can change until this transaction ends.

    Everything that moves an effort holds its contract first, so that two at a time never lose one of both
    from the totals. Raises `NotFound` when it is not the actor's.
    """
    found = work.session.get(Contract, contract_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound()
    return found


def hold_open(work: Work, contract_id: int) -> Contract:
    """Return a contract like `hold`; raises `Invalid` when it takes no efforts (any more)."""
    contract = hold(work, contract_id)
    if contract.state not in OPEN:
        raise Invalid("contract_id", "This contract takes no efforts now. Only a running contract does.")
    return contract


def refresh(work: Work, contract: Contract) -> None:
    """Add up what counts of the contract's efforts again, and tell when it would fall behind.

    What a limit of the rule set cuts off is not in the totals; what waits for review is what it would add.
    """
    work.flush()
    ruleset = rulebook.of_contract(work, contract)
    contract.approved_cents, contract.submitted_cents = (
        _under_limits(work, contract, ruleset) if ruleset.caps else _sums(work, contract)
    )
    contract.behind_on = first_day_behind(contract)
    work.flush()


def _sums(work: Work, contract: Contract) -> tuple[int, int]:
    approved = case((col(Effort.state) == EffortState.APPROVED, col(Effort.approved_cents)), else_=0)
    submitted = case((col(Effort.state) == EffortState.SUBMITTED, col(Effort.value_cents)), else_=0)
    sums = select(func.coalesce(func.sum(approved), 0), func.coalesce(func.sum(submitted), 0)).where(
        Effort.contract_id == key(contract)
    )
    approved_cents, submitted_cents = work.session.exec(sums).one()
    return int(approved_cents), int(submitted_cents)


def _under_limits(work: Work, contract: Contract, ruleset: RuleSet) -> tuple[int, int]:
    counting = (EffortState.APPROVED, EffortState.SUBMITTED)
    of_contract = select(Effort).where(Effort.contract_id == key(contract), col(Effort.state).in_(counting))
    approved, submitted = [], []
    for one in work.session.exec(of_contract):
        if one.state is EffortState.APPROVED:
            approved.append(Amount(key(one), one.block, one.approved_cents, one.facts))
        else:
            submitted.append(Amount(key(one), one.block, one.value_cents, one.facts))
    return counted_cents(ruleset, contract.obligation_cents, approved, submitted)
