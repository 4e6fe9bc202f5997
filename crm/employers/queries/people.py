"""The people we speak with at an employer: who they are to us, how to reach them, and whether to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, literal, null, or_, union_all
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import ContactPerson, Employer
from crm.employers.records_people import PersonMerge, PersonMove, PersonRole, PersonWay, PersonWish
from crm.employers.rules import Consent, ContactRole, WayKind


@dataclass(frozen=True)
class PersonRow:
    """A contact person ("contactpersoon"); `active` is false once they left.

    `moved_to` and `came_from` name the other employer they went to or came from; `alone_because` says why
    they want to be left alone, when they do and said so.
    """

    id: int
    version: int
    name: str
    job_title: str | None
    email: str | None
    phone: str | None
    active: bool
    roles: tuple[ContactRole, ...] = ()
    more_emails: tuple[str, ...] = ()
    more_phones: tuple[str, ...] = ()
    consent: Consent = Consent.NOT_ASKED
    do_not_contact: bool = False
    alone_because: str | None = None
    moved_to: str | None = None
    came_from: str | None = None


@dataclass(frozen=True)
class MergeRow:
    """Two persons of an employer that became one and can be taken apart again."""

    id: int
    version: int
    kept: str
    gone: str
    merged_on: date


_LISTS = {"role": "roles", WayKind.MAIL.value: "more_emails", WayKind.PHONE.value: "more_phones"}
_NAMES = frozenset({"moved_to", "came_from"})


@dataclass
class _Around:
    """What is known of a person beside their own record, as it is read."""

    roles: list[ContactRole] = field(default_factory=list)
    more_emails: list[str] = field(default_factory=list)
    more_phones: list[str] = field(default_factory=list)
    consent: Consent = Consent.NOT_ASKED
    do_not_contact: bool = False
    alone_because: str | None = None
    moved_to: str | None = None
    came_from: str | None = None
    merged: bool = False

    def take(self, kind: str, value: str, more: str | None) -> None:
        """Take in one line that was read."""
        if kind in _LISTS:
            getattr(self, _LISTS[kind]).append(ContactRole(value) if kind == "role" else value)
        elif kind == "wish":
            self.consent = Consent(value)
        elif kind == "alone":
            self.do_not_contact, self.alone_because = True, more
        else:
            setattr(self, kind, value if kind in _NAMES else True)

    def known(self) -> dict[str, Any]:
        """Return what a row tells of it."""
        told = {name: value for name, value in vars(self).items() if name != "merged"}
        return {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}


def people(work: Work, employer_id: int) -> list[PersonRow]:
    """Return the contact persons of an employer by name, those who left last; in two questions.

    Somebody who turned out to be one with another is left out.
    """
    found = (
        select(ContactPerson)
        .where(ContactPerson.employer_id == employer_id)
        .order_by(col(ContactPerson.active).desc(), col(ContactPerson.name), col(ContactPerson.id))
    )
    around = _around(work, employer_id)
    return [
        PersonRow(
            key(who),
            who.version,
            who.name,
            who.job_title,
            who.email,
            who.phone,
            who.active,
            **around[key(who)].known(),
        )
        for who in work.session.exec(found)
        if not around[key(who)].merged
    ]


def left_alone(work: Work, employer_id: int) -> list[str]:
    """Return the names of those at an employer who do not want to be contacted by us."""
    found = (
        select(ContactPerson.name)
        .join(PersonWish, col(PersonWish.contact_person_id) == ContactPerson.id)
        .where(
            PersonWish.employer_id == employer_id, col(PersonWish.do_not_contact), col(ContactPerson.active)
        )
        .order_by(ContactPerson.name)
    )
    return list(work.session.exec(found))


def may_be_written_to() -> ColumnElement[bool]:
    """Return the condition that a contact person may stand in a mailing or an export of addresses.

    They work there, they did not refuse mail, and they do not want to be left alone.
    """
    refused = (
        select(PersonWish.id)
        .where(
            PersonWish.contact_person_id == ContactPerson.id,
            or_(col(PersonWish.do_not_contact), col(PersonWish.consent) == Consent.REFUSED),
        )
        .correlate(ContactPerson)
        .exists()
    )
    return and_(col(ContactPerson.active), ~refused)


def merges_at(work: Work, employer_id: int) -> list[MergeRow]:
    """Return which persons of an employer became one, the last first, as far as that was not undone."""
    kept, gone = _named("kept"), _named("gone")
    found = (
        sa_select(PersonMerge, kept.c.name, gone.c.name)
        .join(kept, kept.c.id == PersonMerge.kept_id)
        .join(gone, gone.c.id == PersonMerge.gone_id)
        .where(col(PersonMerge.employer_id) == employer_id, col(PersonMerge.undone_at).is_(None))
        .order_by(col(PersonMerge.id).desc())
    )
    return [
        MergeRow(key(merge), merge.version, kept_name, gone_name, merge.merged_at.date())
        for merge, kept_name, gone_name in work.session.execute(found)
    ]


def roles_of(work: Work, person_id: int) -> list[PersonRole]:
    """Return the records of somebody's roles."""
    return list(work.session.exec(select(PersonRole).where(PersonRole.contact_person_id == person_id)))


def ways_of(work: Work, person_id: int) -> list[PersonWay]:
    """Return the records of somebody's further addresses and numbers."""
    return list(work.session.exec(select(PersonWay).where(PersonWay.contact_person_id == person_id)))


def wish_of(work: Work, person_id: int) -> PersonWish | None:
    """Return the record of what somebody wishes, if they said so."""
    return work.session.exec(select(PersonWish).where(PersonWish.contact_person_id == person_id)).first()


def later_merge(work: Work, merge: PersonMerge) -> PersonMerge | None:
    """Return a merge after this one in which either of the two took part, that still holds."""
    both = (merge.kept_id, merge.gone_id)
    found = select(PersonMerge).where(
        col(PersonMerge.id) > key(merge),
        or_(col(PersonMerge.kept_id).in_(both), col(PersonMerge.gone_id).in_(both)),
        col(PersonMerge.undone_at).is_(None),
    )
    return work.session.exec(found).first()


def _named(name: str) -> Any:
    return sa_select(col(ContactPerson.id), col(ContactPerson.name)).subquery(name)


def _around(work: Work, employer_id: int) -> defaultdict[int, _Around]:
    """Return what is known of the persons of an employer, by id, in one question."""
    around: defaultdict[int, _Around] = defaultdict(_Around)
    each: list[Any] = [
        _of(PersonRole, "role", col(PersonRole.role), PersonRole.contact_person_id, employer_id),
        _of(PersonWay, col(PersonWay.kind), col(PersonWay.value), PersonWay.contact_person_id, employer_id),
        _of(PersonWish, "wish", col(PersonWish.consent), PersonWish.contact_person_id, employer_id),
        _of(
            PersonWish,
            "alone",
            col(PersonWish.consent),
            PersonWish.contact_person_id,
            employer_id,
            col(PersonWish.reason),
        ).where(col(PersonWish.do_not_contact)),
        _of(PersonMerge, "merged", literal(""), PersonMerge.gone_id, employer_id).where(
            col(PersonMerge.undone_at).is_(None)
        ),
        _of(PersonMove, "came_from", col(Employer.name), PersonMove.to_person_id, employer_id).join(
            Employer, col(Employer.id) == PersonMove.from_employer_id
        ),
        _of(PersonMove, "moved_to", col(Employer.name), PersonMove.from_person_id, None)
        .where(col(PersonMove.from_employer_id) == employer_id)
        .join(Employer, col(Employer.id) == PersonMove.employer_id),
    ]
    for person_id, kind, value, more in work.session.execute(union_all(*each)):
        around[person_id].take(kind, value, more)
    return around


def _of(table: Any, kind: Any, value: Any, person_id: Any, employer_id: int | None, more: Any = None) -> Any:
    told: Any = sa_select(
        person_id,
        literal(kind, String) if isinstance(kind, str) else cast(kind, String),
        cast(value, String),
        cast(null(), String) if more is None else more,
    ).select_from(table)
    return told if employer_id is None else told.where(table.employer_id == employer_id)
