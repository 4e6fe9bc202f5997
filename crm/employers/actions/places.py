"""The places where an employer works."""

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
from crm.employers.records import Employer, Establishment, Municipality

_TAKEN = N_("This establishment number is already in use. Check it in the trade register.")


class _Place(Command):
    number: fields.EstablishmentNumber
    name: fields.Name
    street: fields.Street = None
    postcode: fields.Postcode = None
    city: fields.City = None
    municipality_id: int | None = None


class AddEstablishment(_Place):
    """A place where an employer works ("vestiging")."""

    employer_id: int


class EditEstablishment(_Place):
    """An establishment as it should become; `ceased_on` once it is closed."""

    establishment_id: int
    version: int
    ceased_on: Day | None = None


@action(Permission.EMPLOYER_EDIT, AddEstablishment)
def add_establishment(work: Work, command: AddEstablishment) -> int:
    """Add an establishment and return its id; raises `Invalid` when its number is taken."""
    employer = work.get(Employer, command.employer_id)
    place = Establishment(region_id=employer.region_id, **command.model_dump())
    _write(work, place)
    return key(place)


@action(Permission.EMPLOYER_EDIT, EditEstablishment)
def edit_establishment(work: Work, command: EditEstablishment) -> int:
    """Change an establishment and return its id.

    Raises `Invalid` when its number is taken, and for a closing day that lies ahead.
    """
    if command.ceased_on is not None and command.ceased_on > clock.today():
        raise Invalid("ceased_on", "This day has not come yet. Choose today or an earlier day.")
    details = command.model_dump(exclude={"establishment_id", "version"})
    place = work.edit(Establishment, command.establishment_id, command.version, details)
    for name, value in details.items():
        setattr(place, name, value)
    _write(work, place)
    return command.establishment_id


def _write(work: Work, place: Establishment) -> None:
    if place.municipality_id is not None:
        with work.session.no_autoflush:
            work.get(Municipality, place.municipality_id)
    try:
        work.add(place)
    except IntegrityError as error:
        raise Invalid("number", _TAKEN) from error
