"""Records of an event as its actions need them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from sqlmodel import col, select

from crm.core.work import Work
from crm.events.records import EventCandidate, EventEmployer, EventTalk
from crm.events.rules import SIGNED_UP, TAKING_PART, TalkState

Asked = EventEmployer | EventCandidate
A = TypeVar("A", EventEmployer, EventCandidate)


def asked_employers(work: Work, event_id: int) -> list[EventEmployer]:
    """Return the employers that were asked to an event."""
    found = select(EventEmployer).where(EventEmployer.event_id == event_id)
    return list(work.session.exec(found.order_by(col(EventEmployer.id))))


def asked_candidates(work: Work, event_id: int) -> list[EventCandidate]:
    """Return the candidates who were asked to an event."""
    found = select(EventCandidate).where(EventCandidate.event_id == event_id)
    return list(work.session.exec(found.order_by(col(EventCandidate.id))))


def planned_talks(work: Work, event_id: int) -> list[EventTalk]:
    """Return the talks of an event that were planned and not held yet."""
    found = select(EventTalk).where(EventTalk.event_id == event_id, col(EventTalk.state) == TalkState.PLANNED)
    return list(work.session.exec(found))


def talks_of(work: Work, event_id: int) -> list[EventTalk]:
    """Return all talks of an event."""
    return list(work.session.exec(select(EventTalk).where(EventTalk.event_id == event_id)))


def signed_up(asked: Collection[Asked]) -> int:
    """Return how many of those who were asked take a place."""
    return sum(one.answer in SIGNED_UP for one in asked)


def taking_part(asked: Collection[A]) -> list[A]:
    """Return who comes, or is there."""
    return [one for one in asked if one.answer in TAKING_PART]
