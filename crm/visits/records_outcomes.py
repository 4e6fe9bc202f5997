"""The table of what came of contact moments."""

from __future__ import annotations

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfEmployer, Record, choice
from crm.visits.rules import TalkOutcome


class MomentOutcome(InRegion, OfEmployer, Internal, Record, table=True):
    """Something that came of a contact moment ("uitkomst"); a moment has as many as it has."""

    __tablename__ = "moment_outcomes"
    __table_args__ = (UniqueConstraint("moment_id", "outcome"),)

    moment_id: int = Field(foreign_key="contact_moments.id")
    outcome: TalkOutcome = Field(sa_column=Column(choice(TalkOutcome), nullable=False))
