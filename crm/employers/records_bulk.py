"""Tables of tags, and of what was changed for many employers at once, so that it can be undone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfEmployer, Record, UtcDateTime, Versioned, choice
from crm.employers.rules_bulk import BulkKind


class EmployerTag(InRegion, OfEmployer, Internal, Record, table=True):
    """A word that the desk put on an employer ("label"), in small letters."""

    __tablename__ = "employer_tags"
    __table_args__ = (UniqueConstraint("employer_id", "tag"),)

    tag: str = Field(max_length=40, index=True)


class BulkChange(Versioned, InRegion, Internal, Record, table=True):
    """One change for many employers; undone at most once."""

    __tablename__ = "bulk_changes"

    kind: BulkKind = Field(sa_column=Column(choice(BulkKind), nullable=False))
    made_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    made_by_id: int | None = Field(default=None, foreign_key="users.id", index=True)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class BulkStep(InRegion, OfEmployer, Internal, Record, table=True):
    """What one change did to one employer: what was there `before`, and `after`; None for nothing."""

    __tablename__ = "bulk_steps"
    __table_args__ = (UniqueConstraint("bulk_id", "employer_id"),)

    bulk_id: int = Field(foreign_key="bulk_changes.id")
    before: str | None = Field(default=None, max_length=40)
    after: str | None = Field(default=None, max_length=40)
