"""Tables of how an employer is built up: its mother company, what it does, and whether it was put away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, UniqueConstraint
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfEmployer, Record, UtcDateTime, choice
from crm.employers.rules import SbiEdition


class MotherCompany(InRegion, OfEmployer, Internal, Record, table=True):
    """The company that an employer is a daughter of ("moedermaatschappij"); it has at most one."""

    __tablename__ = "mother_companies"
    __table_args__ = (
        UniqueConstraint("employer_id"),
        CheckConstraint("employer_id <> mother_id", name="not_its_own"),
    )

    mother_id: int = Field(foreign_key="employers.id", index=True)


class EmployerActivity(InRegion, OfEmployer, Internal, Record, table=True):
    """A further business activity of an employer, by its code in the SBI of 2008 or of 2025."""

    __tablename__ = "employer_activities"
    __table_args__ = (UniqueConstraint("employer_id", "edition", "code"),)

    edition: SbiEdition = Field(sa_column=Column(choice(SbiEdition), nullable=False))
    code: str = Field(max_length=8)


class ArchivedEmployer(InRegion, OfEmployer, Internal, Record, table=True):
    """An employer that was put away because we no longer work with it; taking it back removes this record."""

    __tablename__ = "archived_employers"
    __table_args__ = (UniqueConstraint("employer_id"),)

    reason: str = Field(max_length=200)
    archived_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    archived_by_id: int | None = Field(default=None, foreign_key="users.id")
