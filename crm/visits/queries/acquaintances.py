"""Which colleagues know whom at which employers, from who was there when they spoke."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from crm.accounts.records import User
from crm.core.work import Work
from crm.employers.records import ContactPerson
from crm.visits.records import Attendance, ContactMoment


@dataclass(frozen=True)
class Acquaintance:
    """A colleague who spoke with a contact person, and when for the last time."""

    user_id: int
    user: str
    person_id: int
    person: str
    employer_id: int
    last_spoken_on: date


def acquaintances(work: Work, employer_ids: Collection[int], since: date) -> list[Acquaintance]:
    """Return who knows whom at these employers, from conversations since a day, the latest first.

    Only colleagues and contact persons who are still there count. One query, however many employers.
    """
    latest = func.max(ContactMoment.held_on)
    who = (
        col(User.id),
        col(User.name),
        col(ContactPerson.id),
        col(ContactPerson.name),
        col(ContactPerson.employer_id),
    )
    found: Any = (
        select(*who, latest)
        .select_from(Attendance)
        .join(ContactMoment, col(ContactMoment.id) == Attendance.moment_id)
        .join(ContactPerson, col(ContactPerson.id) == Attendance.contact_person_id)
        .join(User, col(User.id) == ContactMoment.author_id)
        .where(
            col(Attendance.employer_id).in_(sorted(employer_ids)),
            col(ContactMoment.held_on) >= since,
            col(ContactPerson.active),
            col(User.active),
        )
        .group_by(*who)
        .order_by(latest.desc(), col(User.name), col(ContactPerson.name))
    )
    return [Acquaintance(*row) for row in work.session.execute(found)]
