"""What came of it that somebody pointed us to an employer, from vacancy and opportunity to SROI value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

YEARS = 2


class OutcomeKind(StrEnum):
    """What an employer led to."""

    VACANCY = "vacancy"
    CASE = "case"
    PROPOSAL = "proposal"
    PLACEMENT = "placement"


@dataclass(frozen=True)
class Referral:
    """Somebody brought an employer in or pointed us to it.

    `by_id` is an employer's id, or a party's with a minus sign.
    """

    by_id: int
    to_id: int
    on: date


@dataclass(frozen=True)
class Outcome:
    """Something that began at an employer on a day; `cents` is the approved SROI value that came of it."""

    kind: OutcomeKind
    employer_id: int
    on: date
    cents: int = 0


@dataclass(frozen=True)
class Harvest:
    """What one party's referrals led to, with the approved SROI value in whole cents."""

    by_id: int
    referrals: int
    vacancies: int
    cases: int
    proposals: int
    placements: int
    cents: int


def harvests(referrals: Iterable[Referral], outcomes: Iterable[Outcome]) -> list[Harvest]:
    """Return what everybody's referrals led to, the most valuable first.

    Each outcome counts once: for the last referral to its employer on or before its day, if that was at most
    two years earlier.
    """
    to: defaultdict[int, list[Referral]] = defaultdict(list)
    of: defaultdict[int, list[Outcome]] = defaultdict(list)
    pointed: defaultdict[int, set[int]] = defaultdict(set)
    for referral in referrals:
        to[referral.to_id].append(referral)
        pointed[referral.by_id].add(referral.to_id)
    for outcome in outcomes:
        credited = credited_to(to[outcome.employer_id], outcome.on)
        if credited is not None:
            of[credited.by_id].append(outcome)
    found = [_harvest(by_id, len(employers), of[by_id]) for by_id, employers in pointed.items()]
    return sorted(found, key=lambda one: (-one.cents, -one.placements, -one.cases, -one.referrals, one.by_id))


def credited_to(referrals: Iterable[Referral], day: date) -> Referral | None:
    """Return the referral that an outcome on a day is credited to, or None."""
    earliest = date(day.year - YEARS, day.month, min(day.day, 28))
    before = [referral for referral in referrals if earliest <= referral.on <= day]
    return max(before, key=lambda referral: (referral.on, referral.by_id), default=None)


def _harvest(by_id: int, referrals: int, outcomes: list[Outcome]) -> Harvest:
    kinds = [outcome.kind for outcome in outcomes]
    return Harvest(
        by_id=by_id,
        referrals=referrals,
        vacancies=kinds.count(OutcomeKind.VACANCY),
        cases=kinds.count(OutcomeKind.CASE),
        proposals=kinds.count(OutcomeKind.PROPOSAL),
        placements=kinds.count(OutcomeKind.PLACEMENT),
        cents=sum(outcome.cents for outcome in outcomes),
    )
