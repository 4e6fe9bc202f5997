"""Adding an employer, changing its details, and putting it away when it has ceased."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.days import Day
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.records import key
from crm.core.work import Work
from crm.employers import fields
from crm.employers.actions.team import give_to
from crm.employers.queries.finding import employer_with_kvk
from crm.employers.records import Employer, Municipality
from crm.employers.rules import Segment, search_key

_TAKEN = N_("This KvK number is already in use. Check the number, or ask your administrator who has it.")


class _Details(Command):
    name: fields.Name
    kvk_number: fields.KvkNumber = None
    sbi_code: fields.SbiCode = None
    staff_size: fields.StaffSize = None
    street: fields.Street = None
    postcode: fields.Postcode = None
    city: fields.City = None
    municipality_id: int | None = None
    segment: Segment = Segment.LOCAL
    phone: fields.Phone = None
    website: fields.Website = None


class AddEmployer(_Details):
    """A new employer, and who holds the account from today."""

    holder_id: int | None = None


class EditEmployer(_Details):
    """The details of an employer as they should become."""

    employer_id: int
    version: int


class CeaseEmployer(Command):
    """An employer has ceased ("opgeheven"): it leaves the lists and keeps its history."""

    employer_id: int
    version: int
    ceased_on: Day


class ReviveEmployer(Command):
    """An employer turns out to work after all."""

    employer_id: int
    version: int


@action(Permission.EMPLOYER_EDIT, AddEmployer)
def add_employer(work: Work, command: AddEmployer) -> int:
    """Add an employer and return its id; raises `Invalid` when its KvK number is taken."""
    details = command.model_dump(exclude={"holder_id"})
    employer = Employer(region_id=_region_for(work, command.municipality_id), **details)
    _refuse_taken(work, command.kvk_number, None)
    _write(work, employer)
    if command.holder_id is not None:
        give_to(work, employer, command.holder_id)
    return key(employer)


@action(Permission.EMPLOYER_EDIT, EditEmployer)
def edit_employer(work: Work, command: EditEmployer) -> int:
    """Change the details of an employer and return its id; raises `Invalid` when its KvK number is taken."""
    details = command.model_dump(exclude={"employer_id", "version"})
    employer = work.edit(Employer, command.employer_id, command.version, details)
    _refuse_taken(work, command.kvk_number, command.employer_id)
    if command.municipality_id is not None:
        _same_region(work.get(Municipality, command.municipality_id), employer.region_id)
    for name, value in details.items():
        setattr(employer, name, value)
    _write(work, employer)
    return command.employer_id


@action(Permission.EMPLOYER_EDIT, CeaseEmployer)
def cease_employer(work: Work, command: CeaseEmployer) -> int:
    """Put an employer away from the day it ceased, which cannot lie ahead; return its id."""
    if command.ceased_on > clock.today():
        raise Invalid("ceased_on", "This day has not come yet. Choose today or an earlier day.")
    found = {"ceased_on": command.ceased_on}
    work.edit(Employer, command.employer_id, command.version, found).ceased_on = command.ceased_on
    return command.employer_id


@action(Permission.EMPLOYER_EDIT, ReviveEmployer)
def revive_employer(work: Work, command: ReviveEmployer) -> int:
    """Bring a ceased employer back to the lists and return its id."""
    work.edit(Employer, command.employer_id, command.version, {"ceased_on": None}).ceased_on = None
    return command.employer_id


def _region_for(work: Work, municipality_id: int | None) -> int:
    if municipality_id is not None:
        return work.get(Municipality, municipality_id).region_id
    if len(work.actor.regions) != 1:
        raise Invalid("municipality_id", "Choose the municipality: it says in which region the employer is.")
    return next(iter(work.actor.regions))


def _same_region(municipality: Municipality, region_id: int) -> None:
    if municipality.region_id != region_id:
        raise Invalid("municipality_id", "This municipality is in another region. Choose one of this region.")


def _refuse_taken(work: Work, kvk_number: str | None, own_id: int | None) -> None:
    if kvk_number is None:
        return
    namesake = employer_with_kvk(work, kvk_number)
    if namesake is not None and namesake.id != own_id:
        raise Invalid(
            "kvk_number",
            "{name} already has KvK number {number}. Open that employer, or check the number.",
            name=namesake.name,
            number=kvk_number,
        )


def _write(work: Work, employer: Employer) -> None:
    employer.search_key = search_key(employer.name, employer.city, employer.kvk_number)
    try:
        work.add(employer)
    except IntegrityError as error:
        # Taken by an employer in a region that the actor does not see, so nothing more is said.
        raise Invalid("kvk_number", _TAKEN) from error
