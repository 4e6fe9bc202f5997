"""The table of aftercare: who was spoken with about a placement, and how it goes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfEmployer, Record, choice
from crm.placements.rules_aftercare import SpokenWith


class AftercareTalk(InRegion, OfEmployer, Internal, Record, table=True):
    """A talk about how a placement goes ("nazorg"), for one of its moments: `month` after the start."""

    __tablename__ = "aftercare_talks"
    __table_args__ = (UniqueConstraint("placement_id", "month"),)

    placement_id: int = Field(foreign_key="placements.id")
    month: int
    held_on: date
    spoken_with: SpokenWith = Field(sa_column=Column(choice(SpokenWith), nullable=False))
    at_risk: bool = False
    note: str = Field(default="", max_length=400)
    author_id: int = Field(foreign_key="users.id")
