"""Tables of what employers need, and of the vacancies among it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, Text
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfEmployer, Record, Versioned, choice
from crm.needs.rules import (
    Agreement,
    Application,
    ContractTerm,
    NeedKind,
    NeedUrgency,
    Outcome,
    Phase,
    ShiftWork,
    WorkLevel,
)


class Need(Versioned, InRegion, OfEmployer, Internal, Record, table=True):
    """Something an employer asks of the desk ("behoefte"), with the day it must have heard from us.

    `moment_id` is the contact in which it was heard; `closed_on` and `outcome` go together.
    """

    __tablename__ = "needs"
    __table_args__ = (
        CheckConstraint("(closed_on IS NULL) = (outcome IS NULL)", name="closed_with_outcome"),
        Index(None, "owner_id", "closed_on", "reacted_on", "react_by"),
        Index(None, "employer_id", "closed_on"),
        Index(None, "region_id", "closed_on", "react_by"),
    )

    kind: NeedKind = Field(sa_column=Column(choice(NeedKind), nullable=False))
    what: str = Field(max_length=400)
    urgency: NeedUrgency = Field(sa_column=Column(choice(NeedUrgency), nullable=False))
    phase: Phase = Field(sa_column=Column(choice(Phase), nullable=False))
    owner_id: int = Field(foreign_key="users.id")
    raised_on: date
    raised_by_id: int = Field(foreign_key="users.id")
    moment_id: int | None = Field(default=None, foreign_key="contact_moments.id", index=True)
    react_by: date
    reacted_on: date | None = None
    reacted_by_id: int | None = Field(default=None, foreign_key="users.id")
    closed_on: date | None = None
    outcome: Outcome | None = Field(default=None, sa_column=Column(choice(Outcome), nullable=True))
    reason: str = Field(default="", max_length=400)


class Vacancy(Versioned, InRegion, OfEmployer, Internal, Record, table=True):
    """The vacancy ("vacature") of a need, in the terms of the VUM data standard; hours are a week.

    `open_to_carving` is ours: whether the employer would hand part of the work to somebody else.
    """

    __tablename__ = "vacancies"
    __table_args__ = (CheckConstraint("hours_least <= hours_most", name="hours"),)

    need_id: int = Field(foreign_key="needs.id", unique=True)
    title: str = Field(max_length=120)
    description: str = Field(sa_column=Column(Text, nullable=False))
    occupation: str = Field(default="", max_length=120)
    occupation_code: str = Field(default="", max_length=10)
    sbi_code: str = Field(default="", max_length=8)
    work_level: WorkLevel = Field(sa_column=Column(choice(WorkLevel), nullable=False))
    contract_term: ContractTerm | None = Field(
        default=None, sa_column=Column(choice(ContractTerm), nullable=True)
    )
    agreement: Agreement = Field(sa_column=Column(choice(Agreement), nullable=False))
    hours_least: int
    hours_most: int
    shift_work: ShiftWork = Field(sa_column=Column(choice(ShiftWork), nullable=False))
    starts_on: date | None = None
    closes_on: date | None = None
    licences: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    skills: str = Field(default="", max_length=1000)
    apply_by: Application = Field(sa_column=Column(choice(Application), nullable=False))
    apply_at: str = Field(default="", max_length=200)
    contact_person_id: int | None = Field(default=None, foreign_key="contact_persons.id", index=True)
    open_to_carving: bool = False
    vum_id: str = Field(max_length=36, unique=True)
