"""The people we speak with at an employer."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import ContactPerson


@dataclass(frozen=True)
class PersonRow:
    """A contact person ("contactpersoon"); `active` is false once they left."""

    id: int
    version: int
    name: str
    job_title: str | None
    email: str | None
    phone: str | None
    active: bool


def people(work: Work, employer_id: int) -> list[PersonRow]:
    """Return the contact persons of an employer by name, those who left last."""
    found = (
        select(ContactPerson)
        .where(ContactPerson.employer_id == employer_id)
        .order_by(col(ContactPerson.active).desc(), col(ContactPerson.name), col(ContactPerson.id))
    )
    return [
        PersonRow(key(who), who.version, who.name, who.job_title, who.email, who.phone, who.active)
        for who in work.session.exec(found)
    ]
