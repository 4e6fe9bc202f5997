"""How an employer is built up: the company above it, and what it does beside its main activity."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy.exc import IntegrityError

from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.employers.queries.structure import above, mother_of
from crm.employers.records import Employer
from crm.employers.records_structure import EmployerActivity, MotherCompany
from crm.employers.rules import SbiEdition
from crm.employers.sectors import sbi_name


class SetMother(Command):
    """An employer is a daughter ("dochter") of another one."""

    employer_id: int
    mother_id: int


class RemoveMother(Command):
    """An employer stands on its own again."""

    employer_id: int


class AddActivity(Command):
    """A further activity of an employer, by its SBI code of an edition."""

    employer_id: int
    edition: SbiEdition
    code: Annotated[str, Field(pattern=r"^[0-9]{2,6}$")]


class RemoveActivity(Command):
    """An activity that an employer no longer has."""

    activity_id: int


@action(Permission.EMPLOYER_EDIT, SetMother)
def set_mother(work: Work, command: SetMother) -> int:
    """Put an employer under a mother company and return its id.

    Raises `Invalid` when that company is itself the employer, or stands under it.
    """
    daughter, mother = work.get(Employer, command.employer_id), work.get(Employer, command.mother_id)
    if key(daughter) in {key(mother), *above(work, key(mother))}:
        raise Invalid("mother_id", "This company stands under the employer itself. Choose another one.")
    standing = mother_of(work, key(daughter))
    if standing is None:
        standing = MotherCompany(region_id=daughter.region_id, employer_id=key(daughter), mother_id=0)
    standing.mother_id = key(mother)
    work.add(standing)
    return command.employer_id


@action(Permission.EMPLOYER_EDIT, RemoveMother)
def remove_mother(work: Work, command: RemoveMother) -> int:
    """Let an employer stand on its own and return its id; twice changes nothing."""
    work.get(Employer, command.employer_id)
    if standing := mother_of(work, command.employer_id):
        work.session.delete(standing)
    return command.employer_id


@action(Permission.EMPLOYER_EDIT, AddActivity)
def add_activity(work: Work, command: AddActivity) -> int:
    """Add an activity and return its id; raises `Invalid` for a code that the edition does not have."""
    employer = work.get(Employer, command.employer_id)
    if sbi_name(command.edition, command.code) is None:
        raise Invalid("code", "This code is not in this edition of the SBI. Look it up by a word.")
    activity = EmployerActivity(
        region_id=employer.region_id,
        employer_id=key(employer),
        edition=command.edition,
        code=command.code,
    )
    try:
        return key(work.add(activity))
    except IntegrityError as error:
        raise Invalid("code", "This activity is there already.") from error


@action(Permission.EMPLOYER_EDIT, RemoveActivity)
def remove_activity(work: Work, command: RemoveActivity) -> int:
    """Take an activity away and return the id of the employer."""
    activity = work.get(EmployerActivity, command.activity_id)
    work.session.delete(activity)
    return activity.employer_id
