"""What was agreed at contacts with employers, and when the last one was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ScalarSelect, func
from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.records import key
from crm.core.work import Work
from crm.visits.records import ContactMoment, FollowUp


@dataclass(frozen=True)
class NextStep:
    """What was agreed to do next ("volgende actie"), by whom and when; `done_on` once it is done."""

    id: int
    version: int
    what: str
    owner_id: int
    owner: str
    due_on: date
    done_on: date | None


def last_held_on(employer_id: int) -> ScalarSelect[date | None]:
    """Return the question when somebody last spoke with an employer, to be asked inside a change."""
    latest = select(func.max(ContactMoment.held_on)).where(ContactMoment.employer_id == employer_id)
    return latest.scalar_subquery()


def steps_from(work: Work, moment_ids: Sequence[int]) -> defaultdict[int, list[NextStep]]:
    """Return what was agreed at contact moments, by moment id; the first due comes first."""
    found = (
        select(FollowUp, User.name)
        .join(User, col(User.id) == FollowUp.owner_id)
        .where(col(FollowUp.moment_id).in_(moment_ids))
        .order_by(col(FollowUp.due_on), col(FollowUp.id))
    )
    steps: defaultdict[int, list[NextStep]] = defaultdict(list)
    for follow_up, owner in work.session.exec(found):
        steps[follow_up.moment_id or 0].append(_step(follow_up, owner))
    return steps


def _step(follow_up: FollowUp, owner: str) -> NextStep:
    return NextStep(
        id=key(follow_up),
        version=follow_up.version,
        what=follow_up.what,
        owner_id=follow_up.owner_id,
        owner=owner,
        due_on=follow_up.due_on,
        done_on=follow_up.done_on,
    )
