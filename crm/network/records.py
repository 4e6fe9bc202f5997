"""Tables of the business network ("Bedrijvennetwerk"): members, introductions and ties."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Column, UniqueConstraint
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfEmployer, Record, Versioned, choice
from crm.network.rules import Motive, TieKind


class Membership(Versioned, InRegion, OfEmployer, Internal, Record, table=True):
    """An employer's membership: since when, why, and who introduced it."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("employer_id"),)

    joined_on: date
    motive: Motive = Field(sa_column=Column(choice(Motive), nullable=False))
    introduced_by_employer_id: int | None = Field(default=None, foreign_key="employers.id", index=True)
    introduced_by_user_id: int | None = Field(default=None, foreign_key="users.id")
    left_on: date | None = None


class Tie(Versioned, InRegion, OfEmployer, Internal, Record, table=True):
    """How one employer is tied to another; `employer_id` is the one it is told from."""

    __tablename__ = "ties"
    __table_args__ = (
        UniqueConstraint("employer_id", "other_employer_id", "kind"),
        CheckConstraint("employer_id <> other_employer_id", name="not_itself"),
    )

    other_employer_id: int = Field(foreign_key="employers.id", index=True)
    kind: TieKind = Field(sa_column=Column(choice(TieKind), nullable=False))
    since: date
    note: str | None = Field(default=None, max_length=400)
