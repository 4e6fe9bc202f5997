"""Tables of the plan of action, its lines, and its way from the bid to the site."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field

from crm.core.records import InRegion, OfAuthority, OfEmployer, Record, UtcDateTime, Versioned, choice
from crm.sroi.rules.plan import HandoverStep, PlanState


class Plan(Versioned, InRegion, OfAuthority, OfEmployer, Record, table=True):
    """A plan of action ("plan van aanpak") of a contract; the highest `number` is the current one.

    `changes` counts the changes of its lines, so that whoever has an older plan on screen is told.
    """

    __tablename__ = "plans"
    __table_args__ = (
        UniqueConstraint("contract_id", "number"),
        CheckConstraint("number >= 1 AND total_cents >= 0", name="not_negative"),
    )

    contract_id: int = Field(foreign_key="contracts.id")
    number: int
    state: PlanState = Field(sa_column=Column(choice(PlanState), nullable=False))
    total_cents: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    changes: int = 0
    made_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    made_by_id: int | None = Field(default=None, foreign_key="users.id")
    handed_in_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    handed_in_by_id: int | None = Field(default=None, foreign_key="users.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="users.id")
    reason: str | None = Field(default=None, max_length=400)


class PlanLine(InRegion, OfAuthority, OfEmployer, Record, table=True):
    """A line of a plan: a block, for how many people and when; `value_cents` is for all of them together."""

    __tablename__ = "plan_lines"
    __table_args__ = (
        Index(None, "plan_id", "position"),
        CheckConstraint("people >= 1 AND value_cents >= 0", name="not_negative"),
    )

    plan_id: int = Field(foreign_key="plans.id")
    contract_id: int = Field(foreign_key="contracts.id", index=True)
    position: int
    block: str = Field(max_length=80)
    people: int
    activity: str = Field(default="", max_length=400)
    starts_on: date | None = None
    ends_on: date | None = None
    value_cents: int = Field(sa_column=Column(BigInteger, nullable=False))
    rule_set_hash: str = Field(max_length=64)
    facts: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    explanation: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class Handover(Versioned, InRegion, OfAuthority, OfEmployer, Record, table=True):
    """Who holds the promise from a day on: who made it in the bid, the contract manager, the site contact.

    `confirmed_on` is the day on which that person took it over.
    """

    __tablename__ = "handovers"

    contract_id: int = Field(foreign_key="contracts.id", index=True)
    plan_id: int | None = Field(default=None, foreign_key="plans.id")
    step: HandoverStep = Field(sa_column=Column(choice(HandoverStep), nullable=False))
    name: str = Field(max_length=120)
    function: str = Field(default="", max_length=120)
    note: str = Field(default="", max_length=400)
    handed_on: date
    noted_by_id: int | None = Field(default=None, foreign_key="users.id")
    confirmed_on: date | None = None
    confirmed_by_id: int | None = Field(default=None, foreign_key="users.id")
