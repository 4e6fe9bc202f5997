"""Putting an employer away without losing anything, taking it back, and a field as it was before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Invalid
from crm.core.privacy import WITHOUT_BSN
from crm.core.records import Record, key
from crm.core.work import Work
from crm.employers.actions.details import EditEmployer, edit_employer
from crm.employers.actions.people import EditContactPerson, edit_contact_person
from crm.employers.actions.places import EditEstablishment, edit_establishment
from crm.employers.queries.archive import archived, value_before
from crm.employers.records import ContactPerson, Employer, Establishment
from crm.employers.records_structure import ArchivedEmployer

# What can be put back, with the form that it goes through again: its rules hold now as they did then.
EDITED: Mapping[str, tuple[type[Any], str, type[Command], Any]] = {
    "employers": (Employer, "employer_id", EditEmployer, edit_employer),
    "contact_persons": (ContactPerson, "contact_person_id", EditContactPerson, edit_contact_person),
    "establishments": (Establishment, "establishment_id", EditEstablishment, edit_establishment),
}


class ArchiveEmployer(Command):
    """We no longer work with an employer: it leaves the lists and keeps everything."""

    employer_id: int
    reason: Annotated[str, Field(min_length=2, max_length=200), WITHOUT_BSN]


class RestoreEmployer(Command):
    """We work with an employer again."""

    employer_id: int


class PutBack(Command):
    """A field gets the value that it had before a change in the history."""

    change_id: int
    field: Annotated[str, Field(max_length=64)]


@action(Permission.EMPLOYER_EDIT, ArchiveEmployer)
def archive_employer(work: Work, command: ArchiveEmployer) -> int:
    """Put an employer away and return its id; twice changes nothing."""
    employer = work.get(Employer, command.employer_id)
    if archived(work, key(employer)) is None:
        work.add(
            ArchivedEmployer(
                region_id=employer.region_id,
                employer_id=key(employer),
                reason=command.reason,
                archived_at=clock.now(),
                archived_by_id=work.actor.user_id,
            )
        )
    return command.employer_id


@action(Permission.EMPLOYER_EDIT, RestoreEmployer)
def restore_employer(work: Work, command: RestoreEmployer) -> int:
    """Take an employer back into the lists and return its id; twice changes nothing."""
    work.get(Employer, command.employer_id)
    if away := archived(work, command.employer_id):
        work.session.delete(away)
    return command.employer_id


@action(Permission.EMPLOYER_EDIT, PutBack)
def put_back(work: Work, command: PutBack) -> int:
    """Put a former value of a field back and return the id of its record.

    It goes through the same checks as when somebody types it, so a KvK number that is taken by now is
    refused. Raises `NotFound` for a change that is not the actor's to see, and `Invalid` for a field that
    cannot be put back.
    """
    was = value_before(work, command.change_id, command.field)
    model, id_name, edited, edit = EDITED[was.table]
    record: Record = work.get(model, was.record_id)
    fields = edited.model_fields.keys() & model.model_fields.keys() - {"employer_id", "version"}
    if command.field not in fields:
        raise Invalid("field", "This field follows from other things and cannot be put back.")
    values = record.model_dump(include=set(fields)) | {command.field: was.value}
    given = edited(**{id_name: was.record_id, "version": getattr(record, "version"), **values})  # noqa: B009
    saved: int = edit.__wrapped__(work, given)
    return saved
