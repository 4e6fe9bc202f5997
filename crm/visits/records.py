"""Tables of contact moments, who was there, and what was agreed to do next."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, Text, UniqueConstraint
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfEmployer, Record, UtcDateTime, Versioned, choice
from crm.visits.rules import MomentKind


class ContactMoment(Versioned, InRegion, OfEmployer, Internal, Record, table=True):
    """A visit, call, mail or event with an employer ("contactmoment")."""

    __tablename__ = "contact_moments"
    __table_args__ = (
        Index(None, "employer_id", "held_on", "id"),
        Index(None, "employer_id", "created_at"),
        Index(None, "author_id", "held_on"),
        Index(None, "region_id", "created_at"),
    )

    author_id: int = Field(foreign_key="users.id")
    kind: MomentKind = Field(sa_column=Column(choice(MomentKind), nullable=False))
    held_on: date
    purposes: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    summary: str = Field(sa_column=Column(Text, nullable=False))
    no_action_reason: str | None = Field(default=None, max_length=400)
    created_at: datetime = Field(sa_type=UtcDateTime, nullable=False)


class Attendance(InRegion, OfEmployer, Internal, Record, table=True):
    """A contact person who was there."""

    __tablename__ = "attendances"
    __table_args__ = (UniqueConstraint("moment_id", "contact_person_id"),)

    moment_id: int = Field(foreign_key="contact_moments.id")
    contact_person_id: int = Field(foreign_key="contact_persons.id", index=True)


class FollowUp(Versioned, InRegion, OfEmployer, Internal, Record, table=True):
    """What somebody will do next for an employer ("volgende actie"), and when it is due."""

    __tablename__ = "follow_ups"
    __table_args__ = (
        Index(None, "owner_id", "done_on", "due_on"),
        Index(None, "employer_id", "done_on", "due_on"),
    )

    moment_id: int | None = Field(default=None, foreign_key="contact_moments.id", index=True)
    what: str = Field(max_length=200)
    owner_id: int = Field(foreign_key="users.id")
    due_on: date
    done_on: date | None = None
    done_by_id: int | None = Field(default=None, foreign_key="users.id")
