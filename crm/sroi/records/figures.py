"""Tables of awards that are no contract yet, of purchasing volumes, and of the figures for the council."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index, Text, UniqueConstraint
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfAuthority, Record, UtcDateTime, Versioned, choice
from crm.sroi.rules.figures import Basis
from crm.sroi.rules.missing import Decision, NoClause


class MissingClause(Versioned, Internal, InRegion, OfAuthority, Record, table=True):
    """An award that is no contract in the register ("vergeten contract"), and what was decided about it.

    `why` is the English message id of what kept it out, with `why_params`. `expected_cents` is what the
    obligation would be, None when that cannot be said yet. `above` is false while it is under the threshold.
    """

    __tablename__ = "missing_clauses"
    __table_args__ = (
        Index(None, "region_id", "decision", "above", "authority_id", "year"),
        CheckConstraint("value_cents >= 0 AND expected_cents >= 0", name="not_negative"),
    )

    award_key: str = Field(max_length=200, unique=True)
    ocid: str = Field(default="", max_length=80)
    title: str = Field(default="", max_length=400)
    supplier_name: str = Field(default="", max_length=200)
    supplier_kvk: str = Field(default="", max_length=8)
    contract_type: str = Field(default="", max_length=16)
    cpv_code: str = Field(default="", max_length=16)
    value_cents: int | None = Field(default=None, sa_column=Column(BigInteger))
    award_on: date | None = None
    start_on: date | None = None
    end_on: date | None = None
    year: int
    why: str = Field(max_length=400)
    why_params: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    expected_cents: int | None = Field(default=None, sa_column=Column(BigInteger))
    above: bool = True
    decision: Decision = Field(sa_column=Column(choice(Decision), nullable=False))
    contract_id: int | None = Field(default=None, foreign_key="contracts.id", index=True)
    no_clause: NoClause | None = Field(default=None, sa_column=Column(choice(NoClause), nullable=True))
    reason: str | None = Field(default=None, max_length=400)
    decided_by_id: int | None = Field(default=None, foreign_key="users.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ClauseThreshold(Versioned, InRegion, OfAuthority, Record, table=True):
    """From which value an authority asks for social return where no rule set says so, and how much."""

    __tablename__ = "clause_thresholds"
    __table_args__ = (
        UniqueConstraint("authority_id"),
        CheckConstraint("amount_cents >= 0", name="not_negative"),
        CheckConstraint("percentage >= 0 AND percentage <= 100", name="percentage"),
    )

    amount_cents: int = Field(sa_column=Column(BigInteger, nullable=False))
    percentage: Decimal = Field(max_digits=5, decimal_places=2)


class PurchasingVolume(Versioned, InRegion, OfAuthority, Record, table=True):
    """What an authority bought in a year ("inkoopvolume"), in whole cents excl. VAT."""

    __tablename__ = "purchasing_volumes"
    __table_args__ = (
        UniqueConstraint("authority_id", "year"),
        CheckConstraint("volume_cents > 0", name="positive"),
    )

    year: int
    volume_cents: int = Field(sa_column=Column(BigInteger, nullable=False))


class FigureSnapshot(Internal, InRegion, Record, table=True):
    """A published council figure: a frozen document with its definition, never changed.

    `subject` is what it is about; the same subject published again gets the next `number` and says what
    changed. `about_id` is the authority, None for all of the region. `content` is JSON text and
    `content_hash` its SHA-256.
    """

    __tablename__ = "figure_snapshots"
    __table_args__ = (
        UniqueConstraint("subject", "number"),
        CheckConstraint("number >= 1", name="counted"),
    )

    subject: str = Field(max_length=120)
    number: int
    about_id: int | None = Field(default=None, foreign_key="authorities.id", index=True)
    year: int
    basis: Basis = Field(sa_column=Column(choice(Basis), nullable=False))
    definition: str = Field(max_length=40)
    content: str = Field(sa_column=Column(Text, nullable=False))
    content_hash: str = Field(max_length=64)
    what_changed: str | None = Field(default=None, max_length=400)
    made_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    made_by_id: int | None = Field(default=None, foreign_key="users.id")
