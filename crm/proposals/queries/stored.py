"""Stored records that the actions of proposals look at."""

from __future__ import annotations

from datetime import date

from sqlmodel import col, select

from crm.core.work import Work
from crm.needs.queries.stored import vacancy_of
from crm.needs.records import Need
from crm.placements.records import Placement
from crm.proposals.records import Proposal

LONGEST = 120


def is_open(work: Work, proposal: Proposal) -> bool:
    """Return whether the same was put forward for the same already, and still waits for an answer."""
    found = select(Proposal.id).where(
        Proposal.need_id == proposal.need_id,
        Proposal.case_id == proposal.case_id,
        Proposal.package_id == proposal.package_id,
        Proposal.candidate_id == proposal.candidate_id,
        col(Proposal.answered_on).is_(None),
    )
    return work.session.exec(found.limit(1)).first() is not None


def placement_after(work: Work, candidate_id: int, employer_id: int, day: date) -> int | None:
    """Return the placement of a candidate at an employer that began on or after a day, the first of them."""
    found = select(Placement.id).where(
        Placement.candidate_id == candidate_id,
        Placement.employer_id == employer_id,
        col(Placement.started_on) >= day,
    )
    return work.session.exec(found.order_by(col(Placement.started_on), col(Placement.id)).limit(1)).first()


def job_of(work: Work, need: Need) -> str:
    """Return what a need is called: the title of its vacancy, or else what was asked."""
    vacancy = vacancy_of(work, need.id or 0)
    return (vacancy.title if vacancy else need.what)[:LONGEST]
