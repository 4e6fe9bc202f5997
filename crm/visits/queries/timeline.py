"""The timeline of an employer: its contact moments, who was there, and what comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ScalarSelect, func, tuple_
from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import ContactPerson
from crm.visits.records import Attendance, ContactMoment, FollowUp
from crm.visits.rules import MomentKind, Purpose


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


@dataclass(frozen=True)
class TimelineMoment:
    """A contact moment as the timeline of an employer tells it; `people` are names."""

    id: int
    version: int
    held_on: date
    kind: MomentKind
    purposes: tuple[Purpose, ...]
    summary: str
    author_id: int
    author: str
    people: tuple[str, ...]
    next_steps: tuple[NextStep, ...]
    no_action_reason: str | None
    created_at: datetime

    @property
    def place(self) -> tuple[date, int]:
        """Where this moment stands in the timeline: hand it to `timeline` to read on from here."""
        return self.held_on, self.id


def timeline(
    work: Work, employer_id: int, limit: int = 20, before: tuple[date, int] | None = None
) -> list[TimelineMoment]:
    """Return an employer's contact moments, newest first; `before` is the `place` of the last one shown."""
    found = (
        select(ContactMoment, User.name)
        .join(User, col(User.id) == ContactMoment.author_id)
        .where(ContactMoment.employer_id == employer_id)
        .order_by(col(ContactMoment.held_on).desc(), col(ContactMoment.id).desc())
        .limit(limit)
    )
    if before is not None:
        place = tuple_(col(ContactMoment.held_on), col(ContactMoment.id))
        found = found.where(place < before)
    moments = work.session.exec(found).all()
    ids = [key(moment) for moment, _author in moments]
    people, steps = _people_at(work, ids), steps_from(work, ids)
    return [_told(moment, author, people[key(moment)], steps[key(moment)]) for moment, author in moments]


def last_held_on(employer_id: int) -> ScalarSelect[date | None]:
    """Return the question when somebody last spoke with an employer, to be asked inside a change."""
    latest = select(func.max(ContactMoment.held_on)).where(ContactMoment.employer_id == employer_id)
    return latest.scalar_subquery()


def _told(
    moment: ContactMoment, author: str, people: Sequence[str], steps: Sequence[NextStep]
) -> TimelineMoment:
    return TimelineMoment(
        id=key(moment),
        version=moment.version,
        held_on=moment.held_on,
        kind=moment.kind,
        purposes=tuple(Purpose(purpose) for purpose in moment.purposes),
        summary=moment.summary,
        author_id=moment.author_id,
        author=author,
        people=tuple(people),
        next_steps=tuple(steps),
        no_action_reason=moment.no_action_reason,
        created_at=moment.created_at,
    )


def _people_at(work: Work, moment_ids: Sequence[int]) -> defaultdict[int, list[str]]:
    found = (
        select(Attendance.moment_id, ContactPerson.name)
        .join(ContactPerson, col(ContactPerson.id) == Attendance.contact_person_id)
        .where(col(Attendance.moment_id).in_(moment_ids))
        .order_by(ContactPerson.name)
    )
    people: defaultdict[int, list[str]] = defaultdict(list)
    for moment_id, name in work.session.exec(found):
        people[moment_id].append(name)
    return people


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
