"""The events there are, and how far the candidates of one came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import col, select

from crm.core import clock
from crm.core.records import key
from crm.core.work import Work
from crm.events.records import Event, EventCandidate, EventEmployer, EventTalk
from crm.events.rules import SIGNED_UP, EventKind, Funnel, funnel

MOST = 60


class EventOrder(StrEnum):
    """What comes first in the list of events."""

    LATEST = "latest"
    EARLIEST = "earliest"
    TITLE = "title"


@dataclass(frozen=True)
class EventFilter:
    """Which events to show: of a kind, with a text in the title or place; `coming` only those to come."""

    text: str = ""
    kind: EventKind | None = None
    coming: bool = False
    order: EventOrder = EventOrder.LATEST


ALL = EventFilter()


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


def list_events(work: Work, wanted: EventFilter = ALL) -> list[EventRow]:
    """Return sixty events: the latest first, unless another order is asked for."""
    found: Any = select(Event, _signed_up(EventEmployer), _signed_up(EventCandidate))
    if wanted.kind is not None:
        found = found.where(col(Event.kind) == wanted.kind)
    if wanted.coming:
        found = found.where(col(Event.starts_at) >= clock.now())
    if typed := wanted.text.strip():
        in_place = col(Event.place).icontains(typed, autoescape=True)
        found = found.where(or_(col(Event.title).icontains(typed, autoescape=True), in_place))
    orders: dict[EventOrder, tuple[Any, ...]] = {
        EventOrder.LATEST: (col(Event.starts_at).desc(), col(Event.id).desc()),
        EventOrder.EARLIEST: (col(Event.starts_at), col(Event.id)),
        EventOrder.TITLE: (col(Event.title), col(Event.id)),
    }
    rows = work.session.exec(found.order_by(*orders[wanted.order]).limit(MOST))
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
