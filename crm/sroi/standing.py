"""How a contract on record stands, and when it would fall behind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

from crm.core.money import euros
from crm.sroi.rules import Standing, Status, contract_standing
from crm.sroi.states import ContractState

OPEN = (ContractState.RUNNING, ContractState.IN_REPAIR)
CONFIRMED = (*OPEN, ContractState.SETTLED)


class Term(Protocol):
    """The fields of a contract on which its last day depends."""

    @property
    def state(self) -> ContractState:
        """Where it is in its life."""

    @property
    def end_on(self) -> date:
        """Its own last day."""

    @property
    def repair_until(self) -> date | None:
        """The last day of a repair period, when one was granted."""


class Clause(Protocol):
    """The fields of a contract on which its standing depends; amounts in whole cents."""

    state: ContractState
    obligation_cents: int
    approved_cents: int
    submitted_cents: int
    start_on: date
    end_on: date
    repair_until: date | None


def standing_of(contract: Clause, today: date) -> Standing | None:
    """Return the standing on a day; None while it is not confirmed, or when it was withdrawn."""
    if contract.state not in CONFIRMED:
        return None
    in_repair = contract.state is ContractState.IN_REPAIR
    return contract_standing(
        euros(contract.obligation_cents),
        euros(contract.approved_cents),
        euros(contract.submitted_cents),
        today,
        contract.start_on,
        contract.end_on,
        repair_until=contract.repair_until if in_repair else None,
        settled=contract.state is ContractState.SETTLED,
    )


def last_day(contract: Term) -> date:
    """Return the last day for efforts: of the repair period when one was granted, else of the contract."""
    if contract.state is ContractState.IN_REPAIR and contract.repair_until:
        return max(contract.repair_until, contract.end_on)
    return contract.end_on


def first_day_behind(contract: Clause) -> date | None:
    """Return the first day on which the contract is behind when nothing else is handed in.

    None when approved efforts cover the obligation. A repair period is left out of account. Falling behind
    cannot undo itself as time goes by, so the day is found by halving the term.
    """
    if contract.approved_cents >= contract.obligation_cents:
        return None
    low, high = 0, (contract.end_on - contract.start_on).days + 1
    while low < high:
        middle = (low + high) // 2
        if _behind(contract, contract.start_on + timedelta(days=middle)):
            high = middle
        else:
            low = middle + 1
    return contract.start_on + timedelta(days=low)


def _behind(contract: Clause, day: date) -> bool:
    amounts = (contract.obligation_cents, contract.approved_cents, contract.submitted_cents)
    obligation, approved, submitted = (euros(amount) for amount in amounts)
    found = contract_standing(obligation, approved, submitted, day, contract.start_on, contract.end_on)
    return found.status is Status.BEHIND
