"""What else is going on around an employer, counted for the top of its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_
from sqlalchemy import select as sa_select
from sqlmodel import col

from crm.core import clock
from crm.core.work import Work
from crm.needs.records import Need
from crm.network.records import Membership, Tie


@dataclass(frozen=True)
class Around:
    """How many needs are open and how many still wait too long for a first reaction; ties and membership."""

    open_needs: int = 0
    late_needs: int = 0
    ties: int = 0
    is_member: bool = False


def around(work: Work, employer_id: int) -> Around:
    """Return what is going on around an employer, in one question."""
    still_open = (col(Need.employer_id) == employer_id, col(Need.closed_on).is_(None))
    late = (*still_open, col(Need.reacted_on).is_(None), col(Need.react_by) < clock.today())
    either_end = or_(col(Tie.employer_id) == employer_id, col(Tie.other_employer_id) == employer_id)
    member = (col(Membership.employer_id) == employer_id, col(Membership.left_on).is_(None))
    asked: Any = sa_select(
        _count(Need, *still_open), _count(Need, *late), _count(Tie, either_end), _count(Membership, *member)
    )
    needs, late_needs, ties, members = work.session.execute(asked).one()
    return Around(needs, late_needs, ties, members > 0)


def _count(table: Any, *conditions: Any) -> Any:
    return sa_select(func.count(col(table.id))).where(*conditions).scalar_subquery()
