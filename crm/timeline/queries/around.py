"""What is going on around an employer, for the top of its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_
from sqlalchemy import select as sa_select
from sqlmodel import col

from crm.core import clock
from crm.core.work import Work
from crm.needs.records import Need
from crm.network.records import Membership, Tie
from crm.placements.records import Placement
from crm.visits.records import FollowUp


@dataclass(frozen=True)
class Around:
    """How many needs are open, and of those how many wait too long for a first reaction; who is at work.

    `next_what` is what somebody still has to do first, and `next_on` when it is due.
    """

    open_needs: int
    late_needs: int
    ties: int
    is_member: bool
    at_work: int
    starting: int
    next_on: date | None
    next_what: str | None


def around(work: Work, employer_id: int) -> Around:
    """Return what is going on around an employer, in one question."""
    today = clock.today()
    still_open = (col(Need.employer_id) == employer_id, col(Need.closed_on).is_(None))
    late = (*still_open, col(Need.reacted_on).is_(None), col(Need.react_by) < today)
    either_end = or_(col(Tie.employer_id) == employer_id, col(Tie.other_employer_id) == employer_id)
    member = (col(Membership.employer_id) == employer_id, col(Membership.left_on).is_(None))
    placed, ended = col(Placement.employer_id) == employer_id, col(Placement.ended_on)
    here = (placed, col(Placement.started_on) <= today, or_(ended.is_(None), ended >= today))
    asked: Any = sa_select(
        _count(Need, *still_open),
        _count(Need, *late),
        _count(Tie, either_end),
        _count(Membership, *member),
        _count(Placement, *here),
        _count(Placement, placed, col(Placement.started_on) > today),
        _next(FollowUp.due_on, employer_id),
        _next(FollowUp.what, employer_id),
    )
    needs, late_needs, ties, members, *rest = work.session.execute(asked).one()
    return Around(needs, late_needs, ties, members > 0, *rest)


def _count(table: Any, *conditions: Any) -> Any:
    return sa_select(func.count(col(table.id))).where(*conditions).scalar_subquery()


def _next(column: Any, employer_id: int) -> Any:
    first = sa_select(column).where(col(FollowUp.employer_id) == employer_id, col(FollowUp.done_on).is_(None))
    return first.order_by(col(FollowUp.due_on), col(FollowUp.id)).limit(1).scalar_subquery()
