"""Tables of events of the network: who is asked, who came, who spoke with whom and what came of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfEmployer, Record, UtcDateTime, Versioned, choice
from crm.events.rules import Answer, EventKind, TalkState


class Event(Versioned, InRegion, Internal, Record, table=True):
    """A speedmeet, open day, network breakfast or company visit day; zero places stands for no limit."""

    __tablename__ = "network_events"
    __table_args__ = (
        Index(None, "region_id", "starts_at"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("candidate_places >= 0 AND employer_places >= 0", name="possible_places"),
    )

    kind: EventKind = Field(sa_column=Column(choice(EventKind), nullable=False))
    title: str = Field(max_length=120)
    starts_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    ends_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    place: str = Field(default="", max_length=160)
    note: str = Field(default="", max_length=400)
    candidate_places: int = 0
    employer_places: int = 0
    round_minutes: int = 10
    cancelled_on: date | None = None


class EventEmployer(Versioned, InRegion, OfEmployer, Internal, Record, table=True):
    """An employer that was asked to an event, and what it answered."""

    __tablename__ = "event_employers"
    __table_args__ = (UniqueConstraint("event_id", "employer_id"),)

    event_id: int = Field(foreign_key="network_events.id")
    held_on: date
    answer: Answer = Field(sa_column=Column(choice(Answer), nullable=False))


class EventCandidate(Versioned, InRegion, Internal, Record, table=True):
    """A candidate who was asked to an event, by reference only."""

    __tablename__ = "event_candidates"
    __table_args__ = (UniqueConstraint("event_id", "candidate_id"),)

    event_id: int = Field(foreign_key="network_events.id")
    candidate_id: int = Field(foreign_key="candidates.id", index=True)
    candidate_reference: str = Field(max_length=16)
    answer: Answer = Field(sa_column=Column(choice(Answer), nullable=False))


class EventTalk(Versioned, InRegion, OfEmployer, Internal, Record, table=True):
    """A conversation of a candidate with an employer at an event, and what came of it."""

    __tablename__ = "event_talks"
    __table_args__ = (UniqueConstraint("event_candidate_id", "employer_id"),)

    event_id: int = Field(foreign_key="network_events.id", index=True)
    event_candidate_id: int = Field(foreign_key="event_candidates.id")
    round_number: int | None = None
    state: TalkState = Field(sa_column=Column(choice(TalkState), nullable=False))
