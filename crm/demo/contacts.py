"""Three years of contact moments and what was agreed to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from crm.accounts.records import User
from crm.core.records import key
from crm.core.work import Work
from crm.demo.people import Staff
from crm.demo.region import Business
from crm.demo.words import NEXT_STEPS, NO_STEP, SUMMARIES
from crm.employers.rules import CONTACT_EVERY, Segment
from crm.visits.records import Attendance, ContactMoment, FollowUp
from crm.visits.rules import MomentKind, Purpose

YEARS = 3
OPEN_DAYS = 21
"""What was agreed last, and was due less than this ago, is still to be done."""


STRANGE_SECTORS = frozenset({"47110"})


@dataclass(frozen=True)
class Spoken:
    """A contact moment about to be written."""

    business: Business
    author: User
    held_on: date
    latest: bool


def make_contacts(work: Work, chance: Random, businesses: list[Business], staff: Staff, today: date) -> None:
    """Make the moments of every employer, as often as its segment asks and sometimes too seldom."""
    colleagues = [*staff.relations, *staff.officers]
    known = [one for number, one in enumerate(businesses) if not is_stranger(number, one)]
    held = [spoken for one in known for spoken in _spoken(chance, one, colleagues, today)]
    moments = [_moment(chance, spoken) for spoken in held]
    work.session.add_all(moments)
    work.flush()
    for spoken, moment in zip(held, moments, strict=True):
        _add_attendance(work, chance, spoken.business, moment)
        if moment.no_action_reason is None:
            _add_follow_up(work, chance, spoken, moment, today)
    work.flush()


def is_stranger(number: int, business: Business) -> bool:
    """Return whether nobody ever spoke with an employer: some local ones, most of them in a few sectors."""
    local = business.employer.segment is Segment.LOCAL
    return local and (number % 11 == 5 or business.employer.sbi_code in STRANGE_SECTORS)


def _spoken(chance: Random, business: Business, colleagues: list[User], today: date) -> list[Spoken]:
    days = _days(chance, business, today)
    business.employer.last_contact_on = days[-1]
    return [
        Spoken(
            business,
            business.holder if chance.random() < 0.8 else chance.choice(colleagues),
            held_on,
            held_on == days[-1],
        )
        for held_on in days
    ]


def _days(chance: Random, business: Business, today: date) -> list[date]:
    every = CONTACT_EVERY[business.employer.segment].days
    day = today - timedelta(days=365 * YEARS - chance.randrange(every))
    days = []
    while day <= today - timedelta(days=chance.randrange(1, 12)):
        days.append(_working_day(day))
        day += timedelta(days=chance.randrange(every // 3, every + every // 3))
    return days or [_working_day(today - timedelta(days=chance.randrange(5, 300)))]


def _working_day(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _moment(chance: Random, spoken: Spoken) -> ContactMoment:
    department = chance.choice(spoken.business.sector.departments)[0]
    closing = chance.random() < 0.12
    return ContactMoment(
        region_id=spoken.business.employer.region_id,
        employer_id=spoken.business.id,
        author_id=key(spoken.author),
        kind=chance.choices(list(MomentKind), weights=(5, 6, 3, 1))[0],
        held_on=spoken.held_on,
        purposes=[purpose.value for purpose in chance.sample(list(Purpose), chance.choice((1, 1, 2)))],
        summary=chance.choice(SUMMARIES).format(n=chance.randrange(2, 6), department=department),
        no_action_reason=chance.choice(NO_STEP) if closing else None,
        created_at=_after_work(spoken.held_on, chance),
    )


def _add_attendance(work: Work, chance: Random, business: Business, moment: ContactMoment) -> None:
    for person in chance.sample(business.people, chance.randrange(1, len(business.people) + 1)):
        work.session.add(
            Attendance(
                region_id=business.employer.region_id,
                employer_id=business.id,
                moment_id=key(moment),
                contact_person_id=key(person),
            )
        )


def _add_follow_up(work: Work, chance: Random, spoken: Spoken, moment: ContactMoment, today: date) -> None:
    due_on = _working_day(spoken.held_on + timedelta(days=chance.choice((7, 14, 21, 42))))
    if spoken.latest and due_on > today - timedelta(days=OPEN_DAYS):
        due_on = _working_day(today + timedelta(days=chance.randrange(-3, OPEN_DAYS)))
    is_open = due_on > today or (spoken.latest and due_on > today - timedelta(days=6))
    done_on = None if is_open else min(due_on + timedelta(days=chance.randrange(-3, 6)), today)
    work.session.add(
        FollowUp(
            region_id=spoken.business.employer.region_id,
            employer_id=spoken.business.id,
            moment_id=key(moment),
            what=chance.choice(NEXT_STEPS),
            owner_id=key(spoken.author),
            due_on=due_on,
            done_on=done_on,
            done_by_id=key(spoken.author) if done_on else None,
        )
    )


def _after_work(day: date, chance: Random) -> datetime:
    return datetime.combine(day, time(chance.randrange(9, 16), chance.randrange(60)), UTC)
