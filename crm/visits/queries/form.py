"""What the visit form needs to know before somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from crm.accounts.records import User, UserRegion
from crm.core.access import Role
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import Work
from crm.employers.queries import FoundEmployer
from crm.employers.queries.archive import not_archived
from crm.employers.records import ContactPerson, Employer
from crm.visits.queries.agreed import NextStep, steps_from
from crm.visits.queries.outcomes import outcomes_from
from crm.visits.records import ContactMoment
from crm.visits.rules import MomentKind, Purpose, TalkOutcome

_LOOK_BACK = 60
_OWNERS = (Role.ADVISER, Role.ACCOUNT_MANAGER, Role.SROI_OFFICER)


@dataclass(frozen=True)
class LastContact:
    """The newest contact moment with an employer."""

    held_on: date
    kind: MomentKind
    author: str
    summary: str


@dataclass(frozen=True)
class VisitStart:
    """An employer as the visit form opens on it; `holder` is the account holder ("accounthouder")."""

    id: int
    region_id: int
    name: str
    city: str | None
    holder_id: int | None
    holder: str | None
    last_contact: LastContact | None


@dataclass(frozen=True)
class MomentForm:
    """A contact moment of the actor's own, as it was saved and ready to be put right."""

    id: int
    version: int
    employer_id: int
    employer: str
    kind: MomentKind
    held_on: date
    purposes: tuple[Purpose, ...]
    outcomes: tuple[TalkOutcome, ...]
    summary: str
    next_steps: tuple[NextStep, ...]


def visit_start(work: Work, employer_id: int) -> VisitStart:
    """Return what to show above the visit form; raises `NotFound` for an employer that is not yours."""
    holder = aliased(User)
    found = work.session.exec(
        select(Employer, holder.name)
        .outerjoin(holder, col(holder.id) == Employer.holder_id)
        .where(Employer.id == employer_id)
    ).first()
    if found is None:
        raise NotFound()
    employer, holder_name = found
    return VisitStart(
        id=key(employer),
        region_id=employer.region_id,
        name=employer.name,
        city=employer.city,
        holder_id=employer.holder_id,
        holder=holder_name,
        last_contact=_last_contact(work, employer_id),
    )


def people_at(work: Work, employer_id: int) -> dict[int, str]:
    """Return the names of the people we speak with at an employer, by id; not those who left."""
    found = (
        select(ContactPerson.id, ContactPerson.name)
        .where(ContactPerson.employer_id == employer_id, col(ContactPerson.active))
        .order_by(ContactPerson.name)
    )
    return {int(person_id or 0): name for person_id, name in work.session.exec(found)}


def everybody_at(work: Work, employer_id: int) -> list[ContactPerson]:
    """Return the contact persons of an employer, also those who left."""
    return list(work.session.exec(select(ContactPerson).where(ContactPerson.employer_id == employer_id)))


def owners_at(work: Work, region_id: int) -> dict[int, str]:
    """Return the active colleagues who can own a follow-up in a region, by id."""
    found = (
        select(User.id, User.name)
        .join(UserRegion, col(UserRegion.user_id) == User.id)
        .where(UserRegion.region_id == region_id, col(User.active), col(User.role).in_(_OWNERS))
        .order_by(User.name)
    )
    return {int(user_id or 0): name for user_id, name in work.session.exec(found)}


def recent_employers(work: Work, user_id: int, limit: int = 6) -> list[FoundEmployer]:
    """Return the employers a colleague spoke with last, newest first, from their last sixty contacts."""
    last = (
        select(col(ContactMoment.employer_id), col(ContactMoment.held_on))
        .where(ContactMoment.author_id == user_id)
        .order_by(col(ContactMoment.held_on).desc())
        .limit(_LOOK_BACK)
        .subquery()
    )
    newest = func.max(last.c.held_on)
    shown = col(Employer.id), col(Employer.name), col(Employer.city), col(Employer.kvk_number)
    found = (
        select(*shown)
        .join(last, last.c.employer_id == Employer.id)
        .where(col(Employer.ceased_on).is_(None), not_archived())
        .group_by(*shown)
        .order_by(newest.desc(), col(Employer.name))
        .limit(limit)
    )
    rows = work.session.exec(found)
    return [FoundEmployer(int(found_id or 0), name, city, number) for found_id, name, city, number in rows]


def moment_form(work: Work, moment_id: int) -> MomentForm:
    """Return a contact moment to change; raises `NotFound` unless the actor is its author."""
    found = work.session.exec(
        select(ContactMoment, Employer.name)
        .join(Employer, col(Employer.id) == ContactMoment.employer_id)
        .where(ContactMoment.id == moment_id, ContactMoment.author_id == work.actor.user_id)
    ).first()
    if found is None:
        raise NotFound()
    moment, employer = found
    return MomentForm(
        id=key(moment),
        version=moment.version,
        employer_id=moment.employer_id,
        employer=employer,
        kind=moment.kind,
        held_on=moment.held_on,
        purposes=tuple(Purpose(purpose) for purpose in moment.purposes),
        outcomes=outcomes_from(work, [moment_id]).get(moment_id, ()),
        summary=moment.summary,
        next_steps=tuple(steps_from(work, [moment_id])[moment_id]),
    )


def _last_contact(work: Work, employer_id: int) -> LastContact | None:
    found = work.session.exec(
        select(ContactMoment, User.name)
        .join(User, col(User.id) == ContactMoment.author_id)
        .where(ContactMoment.employer_id == employer_id)
        .order_by(col(ContactMoment.held_on).desc(), col(ContactMoment.id).desc())
        .limit(1)
    ).first()
    if found is None:
        return None
    moment, author = found
    return LastContact(moment.held_on, moment.kind, author, moment.summary)
