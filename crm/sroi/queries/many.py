"""Several efforts before they are handed in: what each is worth, and whether it is there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from crm.core.errors import Invalid
from crm.core.work import Work
from crm.sroi import claims, rulebook
from crm.sroi.commands import EffortClaim
from crm.sroi.records import Contract, Effort
from crm.sroi.rules import Explanation
from crm.sroi.states import EffortState


@dataclass(frozen=True)
class Told:
    """What an effort is worth, or what stops it; `known` when the same one stands on the contract."""

    value: Explanation | None = None
    fault: Invalid | None = None
    known: bool = False


def look_at(work: Work, contract_id: int, efforts: Sequence[EffortClaim]) -> list[Told]:
    """Return of each effort what it would be worth on a contract; `NotFound` when that is not yours."""
    contract = work.get(Contract, contract_id)
    ruleset = rulebook.of_contract(work, contract)
    told = []
    for claim, known in zip(efforts, told_already(work, contract_id, efforts), strict=True):
        try:
            told.append(
                Told(claims.value_of(claims.facts_of(claim, contract, ruleset), ruleset), known=known)
            )
        except Invalid as fault:
            told.append(Told(fault=fault, known=known))
    return told


def told_already(work: Work, contract_id: int, efforts: Sequence[EffortClaim]) -> list[bool]:
    """Return of each effort whether the same facts stand on the contract, or further up among these."""
    contract = work.get(Contract, contract_id)
    ruleset = rulebook.of_contract(work, contract)
    standing = select(Effort.subject, Effort.description, col(Effort.facts)).where(
        Effort.contract_id == contract_id, col(Effort.state) != EffortState.WITHDRAWN
    )
    seen = [(subject, description, facts) for subject, description, facts in work.session.exec(standing)]
    known = []
    for claim in efforts:
        try:
            told = (claim.subject, claim.description, claims.facts_of(claim, contract, ruleset))
        except Invalid:
            known.append(False)
            continue
        known.append(told in seen)
        seen.append(told)
    return known
