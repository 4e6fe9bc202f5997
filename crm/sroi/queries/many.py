"""Several efforts before they are handed in: what each is worth, and whether it is there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from crm.core.access import Permission
from crm.core.errors import Invalid
from crm.core.work import Work
from crm.sroi import claims, earlier, rulebook
from crm.sroi.commands import EffortClaim
from crm.sroi.queries.parts import contract_for_efforts
from crm.sroi.queries.same_person import Seen, Who, counting_work, other_work
from crm.sroi.queries.submitting import who_is_claimed
from crm.sroi.records import Contract, Effort
from crm.sroi.rules import Explanation, RuleSet
from crm.sroi.states import EffortState


@dataclass(frozen=True)
class Told:
    """What an effort is worth, or what stops it; `known` when the same one stands on the contract."""

    value: Explanation | None = None
    fault: Invalid | None = None
    known: bool = False


@dataclass(frozen=True)
class _Line:
    """A claim with its facts, and whose time it is when a limit makes that matter."""

    facts: dict[str, Any]
    who: Who | None
    known: bool


def look_at(work: Work, contract_id: int, efforts: Sequence[EffortClaim]) -> list[Told]:
    """Return of each effort what it would be worth on a contract; `NotFound` when that is not yours.

    What others of these are about the same person goes first as it will when they are handed in.
    """
    contract, _part = contract_for_efforts(work, contract_id)
    ruleset = rulebook.of_contract(work, contract)
    lines = [
        _line(work, contract, ruleset, claim, known)
        for claim, known in zip(efforts, told_already(work, contract_id, efforts), strict=True)
    ]
    people = [line.who for line in lines if isinstance(line, _Line) and line.who]
    everywhere = work.actor.may(Permission.EFFORT_REVIEW)
    seen = counting_work(work, people, everywhere=everywhere)
    seen += [
        _as_handed_in(place, line.facts, line.who)
        for place, line in enumerate(lines)
        if isinstance(line, _Line) and line.who
    ]
    return [_told(place, line, ruleset, seen) for place, line in enumerate(lines)]


def _line(work: Work, contract: Contract, ruleset: RuleSet, claim: EffortClaim, known: bool) -> _Line | Told:
    try:
        facts = claims.facts_of(claim, contract, ruleset)
        limited = not known and earlier.is_limited(facts, ruleset)
        who = who_is_claimed(work, contract, ruleset, claim) if limited else None
    except Invalid as fault:
        return Told(fault=fault, known=known)
    return _Line(facts, who, known)


def _as_handed_in(place: int, facts: dict[str, Any], who: Who) -> Seen:
    start = date.fromisoformat(facts["start"])
    return Seen(earlier.NEWEST + place, who, EffortState.SUBMITTED, start, facts)


def _told(place: int, line: _Line | Told, ruleset: RuleSet, seen: Sequence[Seen]) -> Told:
    if isinstance(line, Told):
        return line
    facts = line.facts
    if line.who is not None:
        facts = earlier.completed(facts, other_work(line.who, seen), earlier.NEWEST + place)
    try:
        return Told(claims.value_of(facts, ruleset), known=line.known)
    except Invalid as fault:
        return Told(fault=fault, known=line.known)


def told_already(work: Work, contract_id: int, efforts: Sequence[EffortClaim]) -> list[bool]:
    """Return of each effort whether the same facts stand on the contract, or further up among these."""
    contract, _part = contract_for_efforts(work, contract_id)
    ruleset = rulebook.of_contract(work, contract)
    standing = select(Effort.subject, Effort.description, col(Effort.facts)).where(
        Effort.contract_id == contract_id, col(Effort.state) != EffortState.WITHDRAWN
    )
    seen = [
        (subject, description, earlier.as_told(facts))
        for subject, description, facts in work.session.exec(standing)
    ]
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
