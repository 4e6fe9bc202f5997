"""Lists of needs: everywhere, at one employer, heard in one contact, and those that wait for a reaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, case, func
from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import Work
from crm.employers.queries.finding import holds
from crm.employers.records import Employer
from crm.employers.rules import folded
from crm.needs.records import Need, Vacancy
from crm.needs.rules import NeedKind, NeedUrgency, Outcome, Phase, Reaction, reaction

PAGE_SIZE = 50
MOST_COUNTED = 1000


class NeedOrder(StrEnum):
    """What comes first in the list of needs."""

    WAITING = "waiting"
    NEWEST = "newest"
    URGENT = "urgent"
    EMPLOYER = "employer"


@dataclass(frozen=True)
class NeedRow:
    """A need with its employer and owner; `vacancy_id` when it was described as a vacancy."""

    id: int
    version: int
    region_id: int
    employer_id: int
    employer: str
    kind: NeedKind
    what: str
    urgency: NeedUrgency
    phase: Phase
    owner_id: int
    owner: str
    raised_on: date
    moment_id: int | None
    react_by: date
    reacted_on: date | None
    closed_on: date | None
    outcome: Outcome | None
    reason: str
    vacancy_id: int | None
    closes_on: date | None

    def clock(self, today: date) -> Reaction:
        """Return how its first-reaction clock stands."""
        return reaction(self.react_by, self.reacted_on, today)


@dataclass(frozen=True)
class NeedFilter:
    """Which needs to list; `owner_id` and `kind` None for all, `closed` for those that ended."""

    owner_id: int | None = None
    kind: NeedKind | None = None
    closed: bool = False
    text: str = ""
    order: NeedOrder = NeedOrder.WAITING


@dataclass(frozen=True)
class NeedList:
    """A page of needs, with how many there are in all; counted up to `MOST_COUNTED`."""

    rows: list[NeedRow]
    total: int


def needs_list(work: Work, wanted: NeedFilter, page: int = 1) -> NeedList:
    """Return a page of needs: who waits for a first reaction in front, then the oldest.

    Ended ones come newest first, unless another order is asked for.
    """
    conditions = _conditions(work, wanted)
    counted = _matching(conditions).limit(MOST_COUNTED + 1).subquery()
    total = work.session.exec(select(func.count()).select_from(counted)).one()
    found = _rows().where(*conditions).order_by(*_order(wanted.closed, wanted.order))
    return NeedList(_read(work, found.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)), total)


def need_ids(work: Work, wanted: NeedFilter) -> list[int]:
    """Return the ids of the needs that a filter leaves, in its order, no more than a thousand."""
    found = _matching(_conditions(work, wanted)).order_by(*_order(wanted.closed, wanted.order))
    return [int(need_id or 0) for need_id in work.session.exec(found.limit(MOST_COUNTED))]


def needs_at(work: Work, employer_id: int, limit: int = 50) -> list[NeedRow]:
    """Return the needs of an employer: open ones first, then those that ended last."""
    open_first = case((col(Need.closed_on).is_(None), 0), else_=1)
    found = _rows().where(Need.employer_id == employer_id)
    return _read(work, found.order_by(open_first, *_order(closed=False)).limit(limit))


def needs_from(work: Work, moment_id: int) -> list[NeedRow]:
    """Return the needs that were heard in a contact."""
    return _read(work, _rows().where(Need.moment_id == moment_id).order_by(col(Need.id)))


def waiting_for(work: Work, user_id: int, until: date, limit: int = 20) -> list[NeedRow]:
    """Return whom a colleague must give a first reaction by a day, the longest waiting in front."""
    found = _rows().where(
        Need.owner_id == user_id,
        col(Need.closed_on).is_(None),
        col(Need.reacted_on).is_(None),
        Need.react_by <= until,
    )
    return _read(work, found.order_by(col(Need.react_by), col(Need.id)).limit(limit))


def need_row(work: Work, need_id: int) -> NeedRow:
    """Return one need; raises `NotFound` for one that is not the actor's."""
    found = _read(work, _rows().where(Need.id == need_id))
    if not found:
        raise NotFound()
    return found[0]


def _matching(conditions: list[ColumnElement[bool]]) -> Any:
    return select(Need.id).join(Employer, col(Employer.id) == Need.employer_id).where(*conditions)


def _conditions(work: Work, wanted: NeedFilter) -> list[ColumnElement[bool]]:
    closed = col(Need.closed_on)
    conditions: list[ColumnElement[bool]] = [closed.is_not(None) if wanted.closed else closed.is_(None)]
    if wanted.owner_id is not None:
        conditions.append(col(Need.owner_id) == wanted.owner_id)
    if wanted.kind is not None:
        conditions.append(col(Need.kind) == wanted.kind)
    if typed := folded(wanted.text):
        conditions.append(holds(work, typed))
    return conditions


def _order(closed: bool, order: NeedOrder = NeedOrder.WAITING) -> tuple[Any, ...]:
    match order:
        case NeedOrder.NEWEST:
            return col(Need.raised_on).desc(), col(Need.id).desc()
        case NeedOrder.URGENT:
            haste = {NeedUrgency.URGENT: 0, NeedUrgency.SOON: 1, NeedUrgency.NORMAL: 2}
            return case(haste, value=col(Need.urgency)), col(Need.react_by), col(Need.id)
        case NeedOrder.EMPLOYER:
            return col(Employer.search_key), col(Need.id)
    if closed:
        return col(Need.closed_on).desc(), col(Need.id).desc()
    waits = case((col(Need.reacted_on).is_(None), 0), else_=1)
    return waits, col(Need.react_by), col(Need.id)


def _rows() -> Any:
    columns: Any = (Need, Employer.name, User.name, Vacancy.id, Vacancy.closes_on)
    return (
        select(*columns)
        .join(Employer, col(Employer.id) == Need.employer_id)
        .join(User, col(User.id) == Need.owner_id)
        .outerjoin(Vacancy, col(Vacancy.need_id) == Need.id)
    )


def _read(work: Work, found: Any) -> list[NeedRow]:
    return [_row(*one) for one in work.session.exec(found)]


def _row(need: Need, employer: str, owner: str, vacancy_id: int | None, closes_on: date | None) -> NeedRow:
    return NeedRow(
        id=key(need),
        version=need.version,
        region_id=need.region_id,
        employer_id=need.employer_id,
        employer=employer,
        kind=need.kind,
        what=need.what,
        urgency=need.urgency,
        phase=need.phase,
        owner_id=need.owner_id,
        owner=owner,
        raised_on=need.raised_on,
        moment_id=need.moment_id,
        react_by=need.react_by,
        reacted_on=need.reacted_on,
        closed_on=need.closed_on,
        outcome=need.outcome,
        reason=need.reason,
        vacancy_id=vacancy_id,
        closes_on=closes_on,
    )
