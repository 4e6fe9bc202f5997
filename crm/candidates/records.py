"""Table of candidates: a profile without identity."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Column
from sqlmodel import Field

from crm.candidates.rules import TargetGroup
from crm.core.records import InRegion, Record, Versioned, choice


class Candidate(Versioned, InRegion, Record, table=True):
    """A person known by a reference only ("kandidaat"); no name, no BSN."""

    __tablename__ = "candidates"

    reference: str = Field(max_length=16, unique=True)
    group: TargetGroup = Field(sa_column=Column("target_group", choice(TargetGroup), nullable=False))
    available_hours: Decimal | None = Field(default=None, max_digits=4, decimal_places=1)
    profile: str = Field(default="", max_length=400)
    registered_on: date
