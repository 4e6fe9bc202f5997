"""Tables of placements ("plaatsing") and the history of their weekly hours."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field

from crm.candidates.rules import TargetGroup
from crm.core.records import InRegion, OfEmployer, Record, UtcDateTime, Versioned, choice
from crm.placements.rules import ContractForm, EndReason


class Placement(Versioned, InRegion, OfEmployer, Record, table=True):
    """A candidate at work at an employer; each change of its hours counts up `hours_changes`."""

    __tablename__ = "placements"
    __table_args__ = (
        Index(None, "employer_id", "started_on"),
        Index(None, "region_id", "started_on"),
        Index(None, "region_id", "target_group", "started_on"),
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="ends_after_start"),
    )

    candidate_id: int = Field(foreign_key="candidates.id", index=True)
    candidate_reference: str = Field(max_length=16)
    group: TargetGroup = Field(sa_column=Column("target_group", choice(TargetGroup), nullable=False))
    job_title: str = Field(max_length=120)
    contract_form: ContractForm = Field(sa_column=Column(choice(ContractForm), nullable=False))
    started_on: date
    planned_end_on: date | None = None
    ended_on: date | None = None
    end_reason: EndReason | None = Field(default=None, sa_column=Column(choice(EndReason), nullable=True))
    package_id: int | None = Field(default=None, foreign_key="carving_packages.id", index=True)
    booked_by_id: int = Field(foreign_key="users.id")
    hours_changed_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    hours_changes: int = 0


class WeeklyHours(InRegion, OfEmployer, Record, table=True):
    """Hours a week that hold from a day on; hours may go up and down."""

    __tablename__ = "weekly_hours"
    __table_args__ = (
        UniqueConstraint("placement_id", "from_on"),
        CheckConstraint("hours >= 0 AND hours <= 60", name="possible_hours"),
    )

    placement_id: int = Field(foreign_key="placements.id")
    from_on: date
    hours: Decimal = Field(max_digits=4, decimal_places=1)
