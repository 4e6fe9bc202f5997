"""The events there are, and how far the candidates of one came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from crm.core.records import key
from crm.core.work import Work
from crm.events.records import Event, EventCandidate, EventEmployer, EventTalk
from crm.events.rules import SIGNED_UP, EventKind, Funnel, funnel

MOST = 60


@dataclass(frozen=True)
class EventRow:
    """An event in the list, with how many employers and candidates signed up."""

    id: int
    kind: EventKind
    title: str
    starts_at: datetime
    place: str
    employers: int
    candidates: int
    cancelled_on: date | None


@dataclass(frozen=True)
class EventView:
    """One event; zero places stands for no limit."""

    id: int
    version: int
    region_id: int
    kind: EventKind
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    note: str
    candidate_places: int
    employer_places: int
    round_minutes: int
    cancelled_on: date | None


def list_events(work: Work) -> list[EventRow]:
    """Return the sixty latest events, what is still to come first."""
    found: Any = select(Event, _signed_up(EventEmployer), _signed_up(EventCandidate))
    rows = work.session.exec(found.order_by(col(Event.starts_at).desc(), col(Event.id).desc()).limit(MOST))
    return [
        EventRow(
            id=key(event),
            kind=event.kind,
            title=event.title,
            starts_at=event.starts_at,
            place=event.place,
            employers=employers,
            candidates=candidates,
            cancelled_on=event.cancelled_on,
        )
        for event, employers, candidates in rows
    ]


def event_view(work: Work, event_id: int) -> EventView:
    """Return one event; raises `NotFound` when it is not yours."""
    return EventView(**work.get(Event, event_id).model_dump())


def funnel_of(work: Work, event_id: int) -> Funnel:
    """Return how far the candidates of an event came; counts only, so for everybody who sees the event."""
    answers: Any = select(EventCandidate.answer).where(EventCandidate.event_id == event_id)
    talks: Any = select(EventTalk.event_candidate_id, EventTalk.state).where(EventTalk.event_id == event_id)
    return funnel(work.session.exec(answers).all(), work.session.exec(talks).all())


def _signed_up(table: type[EventEmployer] | type[EventCandidate]) -> Any:
    counted = select(func.count(col(table.id))).where(
        col(table.event_id) == Event.id, col(table.answer).in_(list(SIGNED_UP))
    )
    return counted.correlate(Event).scalar_subquery()
