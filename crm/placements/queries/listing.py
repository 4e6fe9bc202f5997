"""Questions about placements, always for an actor: the list, those of an employer, one with its hours.

Who may not see candidates sees a placement without its reference: only the group.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, case, func, or_
from sqlmodel import col, select

from crm.candidates.rules import TargetGroup
from crm.core import clock
from crm.core.access import Actor, Permission
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import Work
from crm.employers.queries.finding import holds
from crm.employers.records import Employer
from crm.employers.rules import folded
from crm.placements.queries.stored import stored_hours
from crm.placements.records import Placement, WeeklyHours
from crm.placements.rules import ContractForm, EndReason, HoursFrom, PlacementState, state_on

PAGE_SIZE = 50
MOST_COUNTED = 1000


class PlacementOrder(StrEnum):
    """What comes first in the list of placements."""

    LAST_STARTED = "last_started"
    ENDS_FIRST = "ends_first"
    EMPLOYER = "employer"


@dataclass(frozen=True)
class PlacementRow:
    """A placement in a list; `reference` is None for whoever may not see candidates.

    `hours` a week are those of today, or of the first or last day when it has not started or has ended.
    """

    id: int
    version: int
    employer_id: int
    employer: str
    candidate_id: int
    reference: str | None
    group: TargetGroup
    job_title: str
    contract_form: ContractForm
    started_on: date
    planned_end_on: date | None
    ended_on: date | None
    end_reason: EndReason | None
    package_id: int | None
    hours: Decimal
    state: PlacementState


@dataclass(frozen=True)
class PlacementFilter:
    """Which placements to show; `employer` is what was typed of a name, place or KvK number."""

    state: PlacementState | None = None
    employer: str = ""
    group: TargetGroup | None = None
    order: PlacementOrder = PlacementOrder.LAST_STARTED


def placements(work: Work, wanted: PlacementFilter, page: int = 1) -> list[PlacementRow]:
    """Return one page of 50 placements in the order that was asked for."""
    found = _only(work, _rows(), wanted).order_by(*_order(wanted.order))
    found = found.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    return [_row(work, *parts) for parts in work.session.exec(found)]


def count_placements(work: Work, wanted: PlacementFilter) -> int:
    """Return how many placements there are, counting no further than 1,001."""
    matching = select(Placement.id).join(Employer, col(Employer.id) == Placement.employer_id)
    capped = _only(work, matching, wanted).limit(MOST_COUNTED + 1).subquery()
    return work.session.exec(select(func.count()).select_from(capped)).one()


def placement_ids(work: Work, wanted: PlacementFilter) -> list[int]:
    """Return the ids of the placements that a filter leaves, in its order, no more than a thousand."""
    matching = select(Placement.id).join(Employer, col(Employer.id) == Placement.employer_id)
    found = _only(work, matching, wanted).order_by(*_order(wanted.order)).limit(MOST_COUNTED)
    return [int(placement_id or 0) for placement_id in work.session.exec(found)]


def placements_of_employer(work: Work, employer_id: int, limit: int = 50) -> list[PlacementRow]:
    """Return the placements at an employer, the last started first."""
    found = _rows().where(Placement.employer_id == employer_id).order_by(*_LAST_STARTED).limit(limit)
    return [_row(work, *parts) for parts in work.session.exec(found)]


def placement_row(work: Work, placement_id: int) -> PlacementRow:
    """Return one placement; raises `NotFound` when there is none or it is not the actor's."""
    parts = work.session.exec(_rows().where(Placement.id == placement_id)).first()
    if parts is None:
        raise NotFound()
    return _row(work, *parts)


def hours_history(work: Work, placement_id: int) -> list[HoursFrom]:
    """Return the weekly hours of a placement, each from the day on which it holds, the first first."""
    return [HoursFrom(step.from_on, step.hours) for step in stored_hours(work, placement_id)]


def shows_reference(actor: Actor) -> bool:
    """Return whether an actor sees who a placement is of: relation staff, reviewers, the employer itself."""
    seen_by = (Permission.CANDIDATE_VIEW, Permission.EFFORT_REVIEW, Permission.PORTAL_VIEW)
    return any(actor.may(permission) for permission in seen_by)


_LAST_STARTED = (col(Placement.started_on).desc(), col(Placement.id).desc())


def _order(order: PlacementOrder) -> tuple[Any, ...]:
    match order:
        case PlacementOrder.ENDS_FIRST:
            ends = func.coalesce(Placement.ended_on, Placement.planned_end_on)
            return ends.asc().nulls_last(), *_LAST_STARTED
        case PlacementOrder.EMPLOYER:
            return col(Employer.search_key), *_LAST_STARTED
    return _LAST_STARTED


def _rows() -> Any:
    return select(Placement, Employer.name, _hours_now()).join(
        Employer, col(Employer.id) == Placement.employer_id
    )


def _hours_now() -> ScalarSelect[Any]:
    started, ended = col(Placement.started_on), col(Placement.ended_on)
    today = clock.today()
    day = case((started > today, started), (ended < today, ended), else_=today)
    return (
        select(col(WeeklyHours.hours))
        .where(WeeklyHours.placement_id == Placement.id, col(WeeklyHours.from_on) <= day)
        .order_by(col(WeeklyHours.from_on).desc())
        .limit(1)
        .correlate(Placement)
        .scalar_subquery()
    )


def _only(work: Work, found: Any, wanted: PlacementFilter) -> Any:
    if wanted.state is not None:
        found = found.where(_in_state(wanted.state))
    if wanted.group is not None:
        found = found.where(Placement.group == wanted.group)
    if typed := folded(wanted.employer):
        found = found.where(holds(work, typed))
    return found


def _in_state(state: PlacementState) -> ColumnElement[bool]:
    today = clock.today()
    started, ended = col(Placement.started_on), col(Placement.ended_on)
    match state:
        case PlacementState.PLANNED:
            return started > today
        case PlacementState.RUNNING:
            return (started <= today) & or_(ended.is_(None), ended >= today)
        case PlacementState.ENDED:
            return ended < today


def _row(work: Work, placement: Placement, employer: str, hours: Decimal) -> PlacementRow:
    return PlacementRow(
        id=key(placement),
        version=placement.version,
        employer_id=placement.employer_id,
        employer=employer,
        candidate_id=placement.candidate_id,
        reference=placement.candidate_reference if shows_reference(work.actor) else None,
        group=placement.group,
        job_title=placement.job_title,
        contract_form=placement.contract_form,
        started_on=placement.started_on,
        planned_end_on=placement.planned_end_on,
        ended_on=placement.ended_on,
        end_reason=placement.end_reason,
        package_id=placement.package_id,
        hours=hours,
        state=state_on(placement.started_on, placement.ended_on, clock.today()),
    )
