"""The table of the certificates that employers hold."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from crm.core.records import InRegion, OfEmployer, Record, Versioned


class EmployerCertificate(Versioned, InRegion, OfEmployer, Record, table=True):
    """A certificate of an employer ("PSO", "Code Sociale Ondernemingen"), seen by an officer on a day.

    `code` is that of the rule sets; both days count. Ended early, `valid_until` is the day that it ended on.
    """

    __tablename__ = "employer_certificates"
    __table_args__ = (
        CheckConstraint("valid_until >= valid_from", name="term"),
        Index(None, "region_id", "valid_until"),
    )

    code: str = Field(max_length=80)
    valid_from: date
    valid_until: date
    number: str = Field(default="", max_length=80)
    seen_on: date
    seen_by_id: int | None = Field(default=None, foreign_key="users.id")
    end_reason: str = Field(default="", max_length=400)
