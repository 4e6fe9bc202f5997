"""What a contact person wishes: mail or no mail, and to be left alone; also where they went to work."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Invalid
from crm.core.privacy import WITHOUT_BSN
from crm.core.records import key
from crm.core.work import Work
from crm.employers.queries.people import roles_of, ways_of, wish_of
from crm.employers.records import ContactPerson, Employer
from crm.employers.records_people import PersonMove, PersonRole, PersonWay, PersonWish
from crm.employers.rules import Consent


class NoteWish(Command):
    """Whether somebody agreed to mail ("toestemming") and whether they want to be left alone."""

    contact_person_id: int
    consent: Consent
    do_not_contact: bool = False
    reason: Annotated[str, Field(max_length=200), WITHOUT_BSN] = ""


class MovePerson(Command):
    """Somebody went to work for another employer."""

    contact_person_id: int
    version: int
    employer_id: int


@action(Permission.VISIT_LOG, NoteWish)
def note_wish(work: Work, command: NoteWish) -> int:
    """Note what somebody wishes, from today, and return their id."""
    person = work.get(ContactPerson, command.contact_person_id)
    wish = wish_of(work, key(person)) or PersonWish(
        region_id=person.region_id,
        employer_id=person.employer_id,
        contact_person_id=key(person),
        consent=command.consent,
        noted_on=clock.today(),
    )
    wish.consent, wish.do_not_contact = command.consent, command.do_not_contact
    wish.reason = command.reason or None
    wish.noted_on, wish.noted_by_id = clock.today(), work.actor.user_id
    work.add(wish)
    return command.contact_person_id


@action(Permission.VISIT_LOG, MovePerson)
def move_person(work: Work, command: MovePerson) -> int:
    """Let somebody go on at another employer and return their new id.

    They stay with the old employer as a former person, with what was discussed there; roles, addresses and
    wishes go along. Raises `Invalid` when they work there already.
    """
    person = work.edit(ContactPerson, command.contact_person_id, command.version, {"active": False})
    employer = work.get(Employer, command.employer_id)
    if person.employer_id == key(employer):
        raise Invalid("employer_id", "This person works there already. Choose another employer.")
    person.active = False
    there: dict[str, Any] = {"region_id": employer.region_id, "employer_id": key(employer)}
    known = person.model_dump(include={"name", "job_title", "email", "phone"})
    moved = work.add(ContactPerson(**there, **known))
    _take_along(work, key(person), {**there, "contact_person_id": key(moved)})
    work.add(
        PersonMove(
            **there,
            from_person_id=key(person),
            to_person_id=key(moved),
            from_employer_id=person.employer_id,
            moved_on=clock.today(),
            moved_by_id=work.actor.user_id,
        )
    )
    return key(moved)


def _take_along(work: Work, person_id: int, there: dict[str, Any]) -> None:
    for role in roles_of(work, person_id):
        work.add(PersonRole(**there, role=role.role))
    for way in ways_of(work, person_id):
        work.add(PersonWay(**there, kind=way.kind, value=way.value))
    if wish := wish_of(work, person_id):
        kept = wish.model_dump(include={"consent", "do_not_contact", "reason", "noted_on", "noted_by_id"})
        work.add(PersonWish(**there, **kept))
