"""Tables around a contact person: roles, more ways to reach them, what they wish, moves and merges."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfEmployer, Record, UtcDateTime, Versioned, choice
from crm.employers.rules import Consent, ContactRole, WayKind


class PersonRole(InRegion, OfEmployer, Internal, Record, table=True):
    """A role that a contact person has for us."""

    __tablename__ = "person_roles"
    __table_args__ = (UniqueConstraint("contact_person_id", "role"),)

    contact_person_id: int = Field(foreign_key="contact_persons.id")
    role: ContactRole = Field(sa_column=Column(choice(ContactRole), nullable=False))


class PersonWay(InRegion, OfEmployer, Internal, Record, table=True):
    """One more address or number of a contact person, beside the first ones."""

    __tablename__ = "person_ways"
    __table_args__ = (UniqueConstraint("contact_person_id", "kind", "value"),)

    contact_person_id: int = Field(foreign_key="contact_persons.id")
    kind: WayKind = Field(sa_column=Column(choice(WayKind), nullable=False))
    value: str = Field(max_length=200)


class PersonWish(Versioned, InRegion, OfEmployer, Internal, Record, table=True):
    """Whether a contact person agreed to mail, and whether they want to be left alone."""

    __tablename__ = "person_wishes"

    contact_person_id: int = Field(foreign_key="contact_persons.id", unique=True)
    consent: Consent = Field(sa_column=Column(choice(Consent), nullable=False))
    do_not_contact: bool = False
    reason: str | None = Field(default=None, max_length=200)
    noted_on: date
    noted_by_id: int | None = Field(default=None, foreign_key="users.id")


class PersonMove(InRegion, OfEmployer, Internal, Record, table=True):
    """A contact person who went to work for another employer; `employer_id` is the new one."""

    __tablename__ = "person_moves"

    from_person_id: int = Field(foreign_key="contact_persons.id", index=True)
    to_person_id: int = Field(foreign_key="contact_persons.id", unique=True)
    from_employer_id: int = Field(foreign_key="employers.id", index=True)
    moved_on: date
    moved_by_id: int | None = Field(default=None, foreign_key="users.id")


class PersonMerge(Versioned, InRegion, OfEmployer, Internal, Record, table=True):
    """Two records that turned out to be one person.

    `moved` names what went over to the one that is kept (table and record id) and `taken_over` the fields it
    got from the other, so that the merge can be undone.
    """

    __tablename__ = "person_merges"

    kept_id: int = Field(foreign_key="contact_persons.id", index=True)
    gone_id: int = Field(foreign_key="contact_persons.id", index=True)
    moved: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    taken_over: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    gone_was_active: bool
    merged_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    merged_by_id: int | None = Field(default=None, foreign_key="users.id")
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_by_id: int | None = Field(default=None, foreign_key="users.id")
