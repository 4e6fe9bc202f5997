"""Where a person's time is claimed twice, over all contracts and authorities of the installation.

Who may not see the other effort hears of which authority it is and from when to when, and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import col, select

from crm.core.access import Permission
from crm.core.work import Work, beyond_scope
from crm.employers.records import Employer
from crm.sroi.queries.deciding import COUNTING
from crm.sroi.records import Authority, Contract, DoubleCountDecision, Effort, PersonClaim
from crm.sroi.rules.persons import TimeClaim, overlaps


@dataclass(frozen=True)
class OtherEffort:
    """The effort that claims the same time, for those who may see it."""

    effort_id: int
    contract_id: int
    contract: str
    employer: str


@dataclass(frozen=True)
class DoubleCount:
    """Another effort for the same person, together with which more than 100 % is claimed.

    It runs from `starts_on` to `ends_on`; from `first` to `last` it is too much, all days counted. `other`
    is None for those who may not see that effort.
    """

    authority: str
    starts_on: date
    ends_on: date
    first: date
    last: date
    other: OtherEffort | None = None


@dataclass(frozen=True)
class _Row:
    claim: TimeClaim
    fingerprint: str
    authority: str


def knows_person(work: Work, effort_id: int) -> bool:
    """Return whether it is known whose time an effort claims."""
    return (
        work.session.exec(select(PersonClaim.id).where(PersonClaim.effort_id == effort_id)).first()
        is not None
    )


def double_counts(work: Work, effort_id: int) -> tuple[DoubleCount, ...]:
    """Return which efforts with whatever authority claim the time that this effort claims."""
    own = select(PersonClaim.fingerprint).where(PersonClaim.effort_id == effort_id)
    return _double_counts(work, [effort_id], own).get(effort_id, ())


def double_counts_on(work: Work, contract_id: int) -> dict[int, tuple[DoubleCount, ...]]:
    """Return the same for each effort of a contract that has any, in as many questions as for one."""
    of_contract = PersonClaim.contract_id == contract_id
    efforts = work.session.exec(select(PersonClaim.effort_id).where(of_contract).distinct()).all()
    own = select(PersonClaim.fingerprint).where(of_contract)
    return _double_counts(work, list(efforts), own)


def would_double(
    work: Work, effort_id: int | None, fingerprints: Iterable[str], time: Iterable[TimeClaim]
) -> tuple[DoubleCount, ...]:
    """Return the same for an effort that is not written yet; `effort_id` is the one that it replaces."""
    marks = frozenset(fingerprints)
    if not marks:
        return ()
    mine = effort_id or 0
    rows = _related(work, sorted(marks), but=effort_id)
    claims = [TimeClaim(mine, part.starts_on, part.ends_on, part.share, part.may_double) for part in time]
    rows += [_Row(claim, mark, "") for claim in claims for mark in marks]
    return _told(work, rows, [mine]).get(mine, ())


def decisions_on(work: Work, effort_id: int) -> list[str]:
    """Return why officers let an effort count although its person's time is claimed elsewhere."""
    wanted = select(DoubleCountDecision.reason).where(DoubleCountDecision.effort_id == effort_id)
    return list(work.session.exec(wanted.order_by(col(DoubleCountDecision.id))))


def _double_counts(work: Work, efforts: list[int], own: Any) -> dict[int, tuple[DoubleCount, ...]]:
    return _told(work, _related(work, own), efforts) if efforts else {}


def _related(work: Work, fingerprints: Any, but: int | None = None) -> list[_Row]:
    """Return all counting claims on the persons with these fingerprints.

    Somebody may be known by name here and as a candidate there: an effort that has both ties them together.
    """
    linking, marks = aliased(PersonClaim), aliased(PersonClaim)
    counting = select(Effort.id).where(col(Effort.state).in_(COUNTING))
    linked = select(linking.effort_id).where(
        col(linking.fingerprint).in_(fingerprints),
        col(linking.effort_id).in_(counting),
        col(linking.effort_id) != (but or 0),
    )
    same_person = select(marks.fingerprint).where(col(marks.effort_id).in_(linked))
    wanted: Any = (
        select(PersonClaim, Authority.name)
        .join(Effort, col(Effort.id) == PersonClaim.effort_id)
        .join(Authority, col(Authority.id) == PersonClaim.authority_id)
        .where(
            col(PersonClaim.fingerprint).in_(same_person),
            col(PersonClaim.effort_id) != (but or 0),
            col(PersonClaim.starts_on).is_not(None),
            col(Effort.state).in_(COUNTING),
        )
    )
    with beyond_scope(work.actor, Permission.EFFORT_SUBMIT) as everything:
        return [_row(claim, authority) for claim, authority in everything.session.exec(wanted)]


def _row(claim: PersonClaim, authority: str) -> _Row:
    first, last = claim.starts_on or date.max, claim.ends_on or date.min
    time = TimeClaim(claim.effort_id, first, last, claim.share, claim.may_double)
    return _Row(time, claim.fingerprint, authority)


def _told(work: Work, rows: list[_Row], efforts: list[int]) -> dict[int, tuple[DoubleCount, ...]]:
    by_effort: defaultdict[int, list[_Row]] = defaultdict(list)
    by_mark: defaultdict[str, set[int]] = defaultdict(set)
    for row in rows:
        by_effort[row.claim.effort_id].append(row)
        by_mark[row.fingerprint].add(row.claim.effort_id)
    found = {
        effort: overlaps(
            effort, (row.claim for one in _same_person(effort, by_effort, by_mark) for row in by_effort[one])
        )
        for effort in efforts
        if effort in by_effort
    }
    seen = _seen(work, {overlap.effort_id for some in found.values() for overlap in some})
    return {
        effort: tuple(
            _double_count(by_effort[one.effort_id], one.starts_on, one.ends_on, seen.get(one.effort_id))
            for one in some
        )
        for effort, some in found.items()
        if some
    }


def _same_person(effort: int, by_effort: dict[int, list[_Row]], by_mark: dict[str, set[int]]) -> set[int]:
    same = {effort}
    for _hop in range(2):
        same = {other for one in same for row in by_effort[one] for other in by_mark[row.fingerprint]}
    return same


def _double_count(rows: list[_Row], first: date, last: date, other: OtherEffort | None) -> DoubleCount:
    return DoubleCount(
        authority=rows[0].authority,
        starts_on=min(row.claim.starts_on for row in rows),
        ends_on=max(row.claim.ends_on for row in rows),
        first=first,
        last=last,
        other=other,
    )


def _seen(work: Work, efforts: set[int]) -> dict[int, OtherEffort]:
    """Return those of the efforts that the actor may see by themselves."""
    if not efforts:
        return {}
    wanted: Any = (
        select(Effort.id, Contract.id, Contract.title, Employer.name)
        .join(Contract, col(Contract.id) == Effort.contract_id)
        .join(Employer, col(Employer.id) == Effort.employer_id)
        .where(col(Effort.id).in_(sorted(efforts)))
    )
    return {found[0]: OtherEffort(*found) for found in work.session.exec(wanted)}
