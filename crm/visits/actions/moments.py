"""Logging a contact moment, and putting it right afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field
from sqlalchemy import Update, or_, update
from sqlmodel import col

from crm.accounts.drafts import finish_draft
from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.days import Day
from crm.core.errors import Conflict, Forbidden, Invalid, NotFound
from crm.core.privacy import WITHOUT_BSN
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import ContactPerson, Employer
from crm.visits.queries import owners_at
from crm.visits.queries.agreed import last_held_on
from crm.visits.queries.form import everybody_at
from crm.visits.queries.outcomes import kept_outcomes, outcomes_from
from crm.visits.records import Attendance, ContactMoment, FollowUp
from crm.visits.records_outcomes import MomentOutcome
from crm.visits.rules import MomentKind, Purpose, TalkOutcome, lacks_next_step, says_both

DRAFT_FORM = "visit"

Summary = Annotated[str, Field(min_length=1, max_length=8000), WITHOUT_BSN]
PersonName = Annotated[str, Field(min_length=1, max_length=120), WITHOUT_BSN]


class LogVisit(Command):
    """A contact moment as it was held, with a next action or the reason why there is none.

    `people` are contact persons of the employer, `new_people` names of people met for the first time,
    `draft` the token of the draft in which it was typed, if any.
    """

    employer_id: int
    kind: MomentKind
    held_on: Day
    summary: Summary
    purposes: tuple[Purpose, ...] = ()
    outcomes: tuple[TalkOutcome, ...] = ()
    people: tuple[int, ...] = Field(default=(), max_length=50)
    new_people: tuple[PersonName, ...] = Field(default=(), max_length=20)
    next_action: Annotated[str, Field(max_length=200), WITHOUT_BSN] = ""
    next_owner_id: int | None = None
    next_due_on: Day | None = None
    no_action_reason: Annotated[str, Field(max_length=400), WITHOUT_BSN] = ""
    draft: Annotated[str, Field(max_length=40)] | None = None


class EditMoment(Command):
    """What a contact moment says after its author put it right."""

    moment_id: int
    version: int
    kind: MomentKind
    held_on: Day
    summary: Summary
    purposes: tuple[Purpose, ...] = ()
    outcomes: tuple[TalkOutcome, ...] = ()


@action(Permission.VISIT_LOG, LogVisit)
def log_visit(work: Work, command: LogVisit) -> int:
    """Write a contact moment with who was there and what comes next; return its id.

    Raises `NotFound` for an employer or person that is not the actor's, `Invalid` for a day in the
    future, for a next step that is missing, said twice, or has no owner who can do it, and for a draft
    that was saved before.
    """
    employer = work.get(Employer, command.employer_id)
    if command.draft is not None:
        finish_draft(work, DRAFT_FORM, str(command.employer_id), command.draft)
    _not_in_future(command.held_on)
    _one_next_step(command)
    moment = work.add(
        ContactMoment(
            region_id=employer.region_id,
            employer_id=key(employer),
            author_id=work.actor.user_id or 0,
            kind=command.kind,
            held_on=command.held_on,
            purposes=_stored(command.purposes),
            summary=command.summary,
            no_action_reason=command.no_action_reason or None,
            created_at=clock.now(),
        )
    )
    _write_outcomes(work, moment, command.outcomes)
    _write_attendances(work, moment, command)
    _write_next_step(work, moment, command)
    _move_last_contact(work, moment)
    return key(moment)


@action(Permission.VISIT_LOG, EditMoment)
def edit_moment(work: Work, command: EditMoment) -> int:
    """Change what a contact moment says and return its id; the day of the last contact follows.

    Raises `Forbidden` for anyone but its author, `Conflict` when it changed meanwhile, `Invalid` for a
    day in the future.
    """
    if work.get(ContactMoment, command.moment_id).author_id != work.actor.user_id:
        raise Forbidden("Only the author can change this. Ask them, or log a contact of your own.")
    moment = _unchanged(work, command)
    _not_in_future(command.held_on)
    _change_outcomes(work, moment, command.outcomes)
    was_on, moment.held_on = moment.held_on, command.held_on
    moment.kind, moment.summary = command.kind, command.summary
    moment.purposes = _stored(command.purposes)
    work.flush()
    _correct_last_contact(work, moment, was_on)
    return key(moment)


def _unchanged(work: Work, command: EditMoment) -> ContactMoment:
    fields = command.model_dump(exclude={"moment_id", "version"})
    try:
        return work.edit(ContactMoment, command.moment_id, command.version, fields)
    except Conflict as conflict:
        conflict.stored["outcomes"] = outcomes_from(work, [command.moment_id]).get(command.moment_id, ())
        raise


def _not_in_future(held_on: date) -> None:
    if held_on > clock.today():
        raise Invalid("held_on", "This day has yet to come. Choose today or a day before.")


def _one_next_step(command: LogVisit) -> None:
    if lacks_next_step(command.next_action, command.no_action_reason):
        raise Invalid("next_action", "Say what happens next, or why nothing does.")
    if says_both(command.next_action, command.no_action_reason):
        raise Invalid("next_action", "Choose one: what happens next, or why nothing does.")


def _stored(purposes: Iterable[Purpose]) -> list[str]:
    return [purpose.value for purpose in dict.fromkeys(purposes)]


def _change_outcomes(work: Work, moment: ContactMoment, outcomes: Iterable[TalkOutcome]) -> None:
    if set(outcomes_from(work, [key(moment)]).get(key(moment), ())) != set(outcomes):
        _write_outcomes(work, moment, outcomes)
        # They stand in a table of their own, and whoever has the moment open must notice this change too.
        moment.version += 1


def _write_outcomes(work: Work, moment: ContactMoment, outcomes: Iterable[TalkOutcome]) -> None:
    """Keep these outcomes of a moment and no others."""
    wanted = dict.fromkeys(outcomes)
    kept = {one.outcome: one for one in kept_outcomes(work, [key(moment)])}
    for outcome in kept.keys() - wanted.keys():
        work.session.delete(kept[outcome])
    belongs = {"region_id": moment.region_id, "employer_id": moment.employer_id, "moment_id": key(moment)}
    work.session.add_all(
        MomentOutcome(**belongs, outcome=outcome) for outcome in wanted if outcome not in kept
    )


def _write_attendances(work: Work, moment: ContactMoment, command: LogVisit) -> None:
    known = everybody_at(work, moment.employer_id)
    by_id = {key(person): person for person in known}
    by_name = {person.name.casefold(): person for person in known if person.active}
    if not by_id.keys() >= set(command.people):
        raise NotFound()
    present = {person_id: by_id[person_id] for person_id in command.people}
    for name in command.new_people:
        person = by_name.get(name.casefold()) or _met(work, moment, name)
        by_name[name.casefold()] = present[key(person)] = person
    for person_id in present:
        work.session.add(
            Attendance(
                region_id=moment.region_id,
                employer_id=moment.employer_id,
                moment_id=key(moment),
                contact_person_id=person_id,
            )
        )


def _met(work: Work, moment: ContactMoment, name: str) -> ContactPerson:
    return work.add(ContactPerson(region_id=moment.region_id, employer_id=moment.employer_id, name=name))


def _write_next_step(work: Work, moment: ContactMoment, command: LogVisit) -> None:
    if not command.next_action:
        return
    if command.next_due_on is None or command.next_due_on < command.held_on:
        raise Invalid("next_due_on", "Choose a day on or after the day of the contact.")
    if command.next_due_on < clock.today():
        raise Invalid("next_due_on", "This day has passed. Choose today or a later day.")
    if command.next_owner_id not in owners_at(work, moment.region_id):
        raise Invalid("next_owner_id", "Choose a colleague who works in this region.")
    work.session.add(
        FollowUp(
            region_id=moment.region_id,
            employer_id=moment.employer_id,
            moment_id=key(moment),
            what=command.next_action,
            owner_id=command.next_owner_id,
            due_on=command.next_due_on,
        )
    )


# The day follows from the moments, so it is set beside the employer's own version: somebody who has the
# employer open for a change meets no conflict because a colleague logged a call.
def _move_last_contact(work: Work, moment: ContactMoment) -> None:
    later = or_(col(Employer.last_contact_on).is_(None), col(Employer.last_contact_on) < moment.held_on)
    work.session.execute(_employer_of(moment).where(later).values(last_contact_on=moment.held_on))


def _correct_last_contact(work: Work, moment: ContactMoment, was_on: date) -> None:
    ours = col(Employer.last_contact_on) == was_on
    latest = last_held_on(moment.employer_id)
    work.session.execute(_employer_of(moment).where(ours).values(last_contact_on=latest))
    _move_last_contact(work, moment)


def _employer_of(moment: ContactMoment) -> Update:
    return (
        update(Employer)
        .where(col(Employer.id) == moment.employer_id)
        .execution_options(synchronize_session=False)
    )
