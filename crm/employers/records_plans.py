"""Tables of the account plan of an employer: one for each year, with its goals."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Text, UniqueConstraint
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfEmployer, Record, UtcDateTime, Versioned


class AccountPlan(Versioned, InRegion, OfEmployer, Internal, Record, table=True):
    """What we want to reach with an employer in a year ("accountplan"), and how it went."""

    __tablename__ = "account_plans"
    __table_args__ = (UniqueConstraint("employer_id", "year"),)

    year: int
    services: str = Field(sa_column=Column(Text, nullable=False))
    risks: str = Field(sa_column=Column(Text, nullable=False))
    evaluation: str = Field(sa_column=Column(Text, nullable=False))
    review_on: date | None = None
    made_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    made_by_id: int | None = Field(default=None, foreign_key="users.id")


class AccountGoal(Versioned, InRegion, OfEmployer, Internal, Record, table=True):
    """A goal of an account plan: what, how many of it, by when, and how many there are."""

    __tablename__ = "account_goals"
    __table_args__ = (
        CheckConstraint("target > 0", name="target_counts"),
        CheckConstraint("reached >= 0", name="reached_counts"),
    )

    plan_id: int = Field(foreign_key="account_plans.id", index=True)
    what: str = Field(max_length=200)
    target: int
    reached: int = 0
    due_on: date
