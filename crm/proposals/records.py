"""The table of proposals: whom or what we put forward at an employer, and what came of it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Column, Index
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfEmployer, Record, Versioned, choice
from crm.proposals.rules import ProposalOutcome, Reason, Step


class Proposal(Versioned, InRegion, OfEmployer, Internal, Record, table=True):
    """A candidate or a carved job put forward at an employer ("voorstel"), with the day we want an answer.

    It belongs to a need or to a carving case. `job` is what it was about, as it was called on that day.
    """

    __tablename__ = "proposals"
    __table_args__ = (
        CheckConstraint("(need_id IS NULL) <> (case_id IS NULL)", name="need_or_case"),
        CheckConstraint("candidate_id IS NOT NULL OR package_id IS NOT NULL", name="something_proposed"),
        CheckConstraint("(answered_on IS NULL) = (outcome IS NULL)", name="answered_with_outcome"),
        Index(None, "employer_id", "proposed_on"),
        Index(None, "owner_id", "answered_on", "answer_by"),
    )

    need_id: int | None = Field(default=None, foreign_key="needs.id", index=True)
    case_id: int | None = Field(default=None, foreign_key="carving_cases.id", index=True)
    package_id: int | None = Field(default=None, foreign_key="carving_packages.id", index=True)
    candidate_id: int | None = Field(default=None, foreign_key="candidates.id", index=True)
    candidate_reference: str | None = Field(default=None, max_length=16)
    job: str = Field(max_length=120)
    owner_id: int = Field(foreign_key="users.id")
    proposed_on: date
    answer_by: date
    step: Step = Field(default=Step.PROPOSED, sa_column=Column(choice(Step), nullable=False))
    note: str = Field(default="", max_length=400)
    outcome: ProposalOutcome | None = Field(
        default=None, sa_column=Column(choice(ProposalOutcome), nullable=True)
    )
    answered_on: date | None = None
    reason: Reason | None = Field(default=None, sa_column=Column(choice(Reason), nullable=True))
    placement_id: int | None = Field(default=None, foreign_key="placements.id", index=True)
