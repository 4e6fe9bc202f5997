"""The people we speak with at an employer: new, changed, gone and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.records import Record, key
from crm.core.work import Work
from crm.employers import fields
from crm.employers.queries.people import roles_of, ways_of
from crm.employers.records import ContactPerson, Employer
from crm.employers.records_people import PersonRole, PersonWay
from crm.employers.rules import ContactRole, WayKind

# What is kept beside the person; left out of a command, it stays as it is.
_AROUND = {"roles", "more_emails", "more_phones"}


class _Person(Command):
    name: fields.PersonName
    job_title: fields.JobTitle = None
    email: fields.Email = None
    phone: fields.Phone = None
    roles: frozenset[ContactRole] | None = None
    more_emails: fields.Emails | None = None
    more_phones: fields.Phones | None = None


class AddContactPerson(_Person):
    """Somebody new to speak with at an employer."""

    employer_id: int


class EditContactPerson(_Person):
    """A contact person as they should become."""

    contact_person_id: int
    version: int


class ContactPersonLeft(Command):
    """Somebody no longer works there."""

    contact_person_id: int
    version: int


class ContactPersonReturned(Command):
    """Somebody works there again."""

    contact_person_id: int
    version: int


@action(Permission.VISIT_LOG, AddContactPerson)
def add_contact_person(work: Work, command: AddContactPerson) -> int:
    """Add a contact person to an employer and return their id."""
    employer = work.get(Employer, command.employer_id)
    details = command.model_dump(exclude=_AROUND)
    person = work.add(ContactPerson(region_id=employer.region_id, **details))
    _keep_around(work, person, command)
    return key(person)


@action(Permission.VISIT_LOG, EditContactPerson)
def edit_contact_person(work: Work, command: EditContactPerson) -> int:
    """Change a contact person and return their id."""
    details = command.model_dump(exclude={"contact_person_id", "version"} | _AROUND)
    person = work.edit(ContactPerson, command.contact_person_id, command.version, details)
    for name, value in details.items():
        setattr(person, name, value)
    _keep_around(work, person, command)
    return command.contact_person_id


@action(Permission.VISIT_LOG, ContactPersonLeft)
def contact_person_left(work: Work, command: ContactPersonLeft) -> int:
    """Note that a contact person left: kept with what was discussed, no longer offered in forms."""
    work.edit(ContactPerson, command.contact_person_id, command.version, {"active": False}).active = False
    return command.contact_person_id


@action(Permission.VISIT_LOG, ContactPersonReturned)
def contact_person_returned(work: Work, command: ContactPersonReturned) -> int:
    """Note that a contact person is back."""
    work.edit(ContactPerson, command.contact_person_id, command.version, {"active": True}).active = True
    return command.contact_person_id


def _keep_around(work: Work, person: ContactPerson, command: _Person) -> None:
    """Make the roles and the further addresses and numbers of a person as they were given."""
    if command.roles is not None:
        held = {record.role: record for record in roles_of(work, key(person))}
        _replace(work, held, {role: _role(person, role) for role in sorted(command.roles)})
    for kind, given in ((WayKind.MAIL, command.more_emails), (WayKind.PHONE, command.more_phones)):
        if given is not None:
            known = {record.value: record for record in ways_of(work, key(person)) if record.kind is kind}
            _replace(work, known, {value: _way(person, kind, value) for value in given})


def _replace(work: Work, held: Mapping[Any, Record], wanted: Mapping[Any, Record]) -> None:
    for name in held.keys() - wanted.keys():
        work.session.delete(held[name])
    for name, record in wanted.items():
        if name not in held:
            work.add(record)


def _role(person: ContactPerson, role: ContactRole) -> PersonRole:
    return PersonRole(
        region_id=person.region_id, employer_id=person.employer_id, contact_person_id=key(person), role=role
    )


def _way(person: ContactPerson, kind: WayKind, value: str) -> PersonWay:
    return PersonWay(
        region_id=person.region_id,
        employer_id=person.employer_id,
        contact_person_id=key(person),
        kind=kind,
        value=value,
    )
