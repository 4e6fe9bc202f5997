"""Holding a contract for an effort: one's own, or another company's of which a part was taken over."""

from __future__ import annotations

from crm.core.errors import Invalid, NotFound
from crm.core.work import Work
from crm.sroi import clocks, totals
from crm.sroi.queries.parts import part_of, whole_contract
from crm.sroi.records import Contract


def hold_open(work: Work, contract_id: int) -> Contract:
    """Return a contract that takes efforts of the actor's company, held until this transaction ends.

    Raises `NotFound` for a contract that is neither its own nor one of which it took over a part, and
    `Invalid` once that part was taken back, or when the contract takes no efforts (any more).
    """
    try:
        return totals.hold_open(work, contract_id)
    except NotFound:
        part = part_of(work, contract_id)
    if not part.holds:
        raise Invalid("contract_id", "Your part in this contract was taken back. Ask the municipality why.")
    with whole_contract(work):
        return totals.hold_open(work, contract_id)


def company_of(work: Work, contract: Contract) -> int:
    """Return whose efforts an actor hands in on a contract: its own company's, else the contractor's."""
    return work.actor.employer_id or contract.employer_id


def count_again(work: Work, contract: Contract, *, with_clocks: bool = False) -> None:
    """Add up a contract again with the efforts of all companies on it, and tell what is due next."""
    with whole_contract(work):
        totals.refresh(work, contract)
        if with_clocks:
            clocks.refresh(work, contract)
