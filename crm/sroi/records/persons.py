"""Tables against counting one person's time twice."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, Column
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfAuthority, OfEmployer, Record, UtcDateTime, choice


class KnownBy(StrEnum):
    """What a person's fingerprint was made of: surname and date of birth, or a candidate's reference."""

    NAME = "name"
    CANDIDATE = "candidate"


class PersonClaim(InRegion, OfAuthority, OfEmployer, Record, table=True):
    """A stretch of one person's time that an effort claims; the person is a fingerprint and nothing else.

    Without days it only remembers of whom a draft is. `share` runs from 0 to 1.
    """

    __tablename__ = "person_claims"
    __table_args__ = (
        CheckConstraint("share >= 0 AND share <= 1", name="possible_share"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )
    masked: ClassVar[frozenset[str]] = frozenset({"fingerprint"})

    effort_id: int = Field(foreign_key="efforts.id", index=True)
    contract_id: int = Field(foreign_key="contracts.id", index=True)
    known_by: KnownBy = Field(sa_column=Column(choice(KnownBy), nullable=False))
    fingerprint: str = Field(max_length=64, index=True)
    starts_on: date | None = None
    ends_on: date | None = None
    share: Decimal = Field(max_digits=5, decimal_places=4)
    may_double: bool = False


class DoubleCountDecision(Internal, InRegion, OfAuthority, OfEmployer, Record, table=True):
    """Why an officer approved an effort although its person's time is claimed elsewhere as well."""

    __tablename__ = "double_count_decisions"

    effort_id: int = Field(foreign_key="efforts.id", index=True)
    reason: str = Field(max_length=400)
    decided_by_id: int | None = Field(default=None, foreign_key="users.id")
    decided_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
