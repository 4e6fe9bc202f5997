"""Tables of job carving: the case, its tasks and the packages that become carved jobs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, Index
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfEmployer, Record, UtcDateTime, Versioned, choice
from crm.jobcarving.rules import Releasable, Stage


class CarvingCase(Versioned, InRegion, OfEmployer, Internal, Record, table=True):
    """A chance to carve a job at one department of an employer."""

    __tablename__ = "carving_cases"
    __table_args__ = (Index(None, "region_id", "stage", "stage_since"),)

    department: str = Field(max_length=120)
    signal: str = Field(default="", max_length=1000)
    effect: str = Field(default="", max_length=400)
    stage: Stage = Field(default=Stage.SIGNAL, sa_column=Column(choice(Stage), nullable=False))
    stage_since: date
    owner_id: int = Field(foreign_key="users.id", index=True)
    moment_id: int | None = Field(default=None, foreign_key="contact_moments.id", index=True)
    stop_reason: str | None = Field(default=None, max_length=400)
    opened_on: date


class StageChange(InRegion, OfEmployer, Internal, Record, table=True):
    """The day a case came to a stage, as the work sees it.

    The audit log holds it too, but that is for administrators and has no employer to be scoped by.
    """

    __tablename__ = "carving_stage_changes"
    __table_args__ = (Index(None, "case_id", "changed_at"),)

    case_id: int = Field(foreign_key="carving_cases.id")
    stage: Stage = Field(sa_column=Column(choice(Stage), nullable=False))
    reason: str | None = Field(default=None, max_length=400)
    changed_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    changed_by_id: int = Field(foreign_key="users.id")


class CarvingPackage(Versioned, InRegion, OfEmployer, Internal, Record, table=True):
    """A package of tasks that becomes a carved job: open from a day on, and filled by a placement."""

    __tablename__ = "carving_packages"

    case_id: int = Field(foreign_key="carving_cases.id", index=True)
    name: str = Field(max_length=120)
    opened_on: date | None = None
    filled_on: date | None = None


class CarvingTask(Versioned, InRegion, OfEmployer, Internal, Record, table=True):
    """A task as it is done now: hours a week, and in whose job it sits."""

    __tablename__ = "carving_tasks"
    __table_args__ = (CheckConstraint("hours_per_week > 0", name="some_hours"),)

    case_id: int = Field(foreign_key="carving_cases.id", index=True)
    package_id: int | None = Field(default=None, foreign_key="carving_packages.id", index=True)
    name: str = Field(max_length=160)
    hours_per_week: Decimal = Field(max_digits=5, decimal_places=2)
    current_holder: str = Field(max_length=120)
    releasable: Releasable = Field(
        default=Releasable.YES, sa_column=Column(choice(Releasable), nullable=False)
    )
