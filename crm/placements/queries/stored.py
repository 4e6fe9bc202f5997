"""Records that the actions of placements change, found within the actor's scope."""

from __future__ import annotations

from datetime import date

from sqlmodel import col, select

from crm.core.work import Work
from crm.placements.records import Placement, WeeklyHours


def stored_hours(work: Work, placement_id: int) -> list[WeeklyHours]:
    """Return the hours of a placement as they are stored, the first first."""
    found = select(WeeklyHours).where(WeeklyHours.placement_id == placement_id)
    return list(work.session.exec(found.order_by(col(WeeklyHours.from_on))))


def is_booked(work: Work, candidate_id: int, employer_id: int, started_on: date) -> bool:
    """Return whether a candidate has a placement at an employer that starts on this day."""
    found = select(Placement.id).where(
        Placement.candidate_id == candidate_id,
        Placement.employer_id == employer_id,
        Placement.started_on == started_on,
    )
    return work.session.exec(found).first() is not None
