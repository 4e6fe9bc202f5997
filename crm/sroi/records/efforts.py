"""Tables of efforts and the evidence for them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index
from sqlmodel import Field

from crm.core.records import InRegion, OfAuthority, OfEmployer, Record, UtcDateTime, Versioned, choice
from crm.sroi.states import EffortState


class Effort(Versioned, InRegion, OfAuthority, OfEmployer, Record, table=True):
    """What a contractor did for the clause ("inspanning"), valued, and frozen once approved."""

    __tablename__ = "efforts"
    __table_args__ = (
        Index(None, "contract_id", "state"),
        Index(None, "region_id", "submitted_at"),
        # Holds the queue for review in its order, with what tells whose it is and on which contract.
        Index("ix_efforts_queue", "region_id", "state", "submitted_at", "id", "authority_id", "contract_id"),
        CheckConstraint("value_cents >= 0 AND approved_cents >= 0", name="not_negative"),
    )

    contract_id: int = Field(foreign_key="contracts.id")
    placement_id: int | None = Field(default=None, foreign_key="placements.id", index=True)
    block: str = Field(max_length=80)
    description: str = Field(default="", max_length=400)
    subject: str = Field(default="", max_length=120)
    starts_on: date | None = None
    ends_on: date | None = None
    state: EffortState = Field(sa_column=Column(choice(EffortState), nullable=False))
    value_cents: int = Field(sa_column=Column(BigInteger, nullable=False))
    rule_set_hash: str = Field(max_length=64)
    approved_cents: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    submitted_by_id: int | None = Field(default=None, foreign_key="users.id")
    reviewed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reviewed_by_id: int | None = Field(default=None, foreign_key="users.id")
    review_reason: str | None = Field(default=None, max_length=1000)
    facts: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    explanation: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    approved_explanation: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))


class Evidence(InRegion, OfAuthority, OfEmployer, Record, table=True):
    """A file that supports an effort, or the fact that somebody saw one ("bewijsstuk")."""

    __tablename__ = "evidence"
    masked: ClassVar[frozenset[str]] = frozenset({"file_name"})

    effort_id: int = Field(foreign_key="efforts.id", index=True)
    contract_id: int = Field(foreign_key="contracts.id", index=True)
    kind: str = Field(max_length=80)
    sha256: str | None = Field(default=None, max_length=64, index=True)
    file_name: str | None = Field(default=None, max_length=200)
    media_type: str | None = Field(default=None, max_length=100)
    size_bytes: int | None = None
    seen_on: date | None = None
    added_by_id: int | None = Field(default=None, foreign_key="users.id")
    added_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
