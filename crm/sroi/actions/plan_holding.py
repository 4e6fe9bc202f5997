"""Holding a contract for its plan: by its contractor, or by a company with a part for its own lines."""

from __future__ import annotations

from crm.core.errors import Invalid
from crm.core.work import Work
from crm.sroi import totals
from crm.sroi.plan_commands import PlanLineFacts
from crm.sroi.queries.parts import Part, contract_for_efforts, term_for, whole_contract
from crm.sroi.records import Contract
from crm.sroi.standing import OPEN


def hold(work: Work, contract_id: int) -> Contract:
    """Return an open contract, held until this transaction ends; raises `Invalid` for another state."""
    contract = totals.hold(work, contract_id)
    if contract.state not in OPEN:
        raise Invalid("contract_id", "A plan can be made and changed only while the contract runs.")
    return contract


def hold_for_lines(work: Work, contract_id: int) -> tuple[Contract, Part | None]:
    """Return a contract like `hold`, also for a company with a part of it, and that part.

    Raises `NotFound` for a contract of others.
    """
    _contract, part = contract_for_efforts(work, contract_id)
    with whole_contract(work):
        return hold(work, contract_id), part


def require_held(part: Part | None) -> None:
    """Raise `Invalid` for a part that was taken back."""
    if part is not None and not part.holds:
        raise Invalid("contract_id", "Your part in this contract was taken back. Ask the municipality why.")


def require_within(part: Part | None, contract: Contract, told: PlanLineFacts) -> None:
    """Raise `Invalid` for days that lie outside the days of a part."""
    first, last = term_for(contract, part)
    for name, day in (("start", told.start), ("end", told.end)):
        if part is not None and day is not None and not first <= day <= last:
            raise Invalid(name, "This day lies outside the days of your part. Choose one within them.")
