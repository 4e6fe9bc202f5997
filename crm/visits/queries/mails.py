"""Whom a mail is from and to, among the people we know, and the files that came with contacts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, or_
from sqlmodel import col, select

from crm.core.work import Work
from crm.employers.records import ContactPerson, Employer
from crm.employers.records_people import PersonWay
from crm.visits.records_files import MomentFile


@dataclass(frozen=True)
class KnownPerson:
    """A contact person whose address stands in a mail."""

    id: int
    name: str
    employer_id: int
    employer: str


def people_by_address(work: Work, addresses: Collection[str]) -> list[KnownPerson]:
    """Return the contact persons with one of these mail addresses (in small letters), who have not left."""
    more = select(PersonWay.contact_person_id).where(func.lower(PersonWay.value).in_(addresses))
    found = (
        select(ContactPerson.id, ContactPerson.name, Employer.id, Employer.name)
        .join(Employer, col(Employer.id) == ContactPerson.employer_id)
        .where(
            col(ContactPerson.active),
            or_(func.lower(ContactPerson.email).in_(addresses), col(ContactPerson.id).in_(more)),
        )
        .order_by(col(ContactPerson.id))
        .limit(20)
    )
    rows = work.session.exec(found)
    return [KnownPerson(int(one or 0), name, int(at or 0), firm) for one, name, at, firm in rows]


def files_of(work: Work, moment_id: int) -> list[MomentFile]:
    """Return the files that came with a contact."""
    found = select(MomentFile).where(MomentFile.moment_id == moment_id).order_by(col(MomentFile.id))
    return list(work.session.exec(found))
