"""The people we speak with at an employer: new, changed, gone and back."""

from __future__ import annotations

from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.records import key
from crm.core.work import Work
from crm.employers import fields
from crm.employers.records import ContactPerson, Employer


class _Person(Command):
    name: fields.PersonName
    job_title: fields.JobTitle = None
    email: fields.Email = None
    phone: fields.Phone = None


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
    return key(work.add(ContactPerson(region_id=employer.region_id, **command.model_dump())))


@action(Permission.VISIT_LOG, EditContactPerson)
def edit_contact_person(work: Work, command: EditContactPerson) -> int:
    """Change a contact person and return their id."""
    details = command.model_dump(exclude={"contact_person_id", "version"})
    person = work.edit(ContactPerson, command.contact_person_id, command.version, details)
    for name, value in details.items():
        setattr(person, name, value)
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
