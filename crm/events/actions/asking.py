"""Asking employers and candidates to an event, and noting what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from crm.candidates.records import Candidate
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.clock import LOCAL_ZONE
from crm.core.errors import Conflict, Invalid
from crm.core.i18n import N_
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.events.queries.stored import Asked, asked_candidates, asked_employers, signed_up
from crm.events.records import Event, EventCandidate, EventEmployer
from crm.events.rules import Answer, fits

Ids = Annotated[tuple[int, ...], Field(min_length=1, max_length=200)]
_FULL = N_("There are only {count} places. Give more places first, or ask fewer to come.")
_OFF = N_("This event is called off. Let it go on first.")


class AskEmployers(Command):
    """Employers that are asked to come; who was asked already stays as they answered."""

    event_id: int
    employer_ids: Ids


class AskCandidates(Command):
    """Candidates who are asked to come; who was asked already stays as they answered."""

    event_id: int
    candidate_ids: Ids


class NewAnswer(Command):
    """What somebody who was asked answered, on the version that was shown."""

    id: int
    version: int
    answer: Answer


class AnswerEmployers(Command):
    """What employers answered, or whether they came."""

    event_id: int
    answers: Annotated[tuple[NewAnswer, ...], Field(max_length=500)]


class AnswerCandidates(Command):
    """What candidates answered, or whether they came."""

    event_id: int
    answers: Annotated[tuple[NewAnswer, ...], Field(max_length=500)]


@action(Permission.NETWORK_EDIT, AskEmployers)
def ask_employers(work: Work, command: AskEmployers) -> int:
    """Ask employers to an event and return how many were asked for the first time."""
    event = _going_on(work, command.event_id)
    known = {one.employer_id for one in asked_employers(work, command.event_id)}
    new = [found for found in dict.fromkeys(command.employer_ids) if found not in known]
    held_on = event.starts_at.astimezone(LOCAL_ZONE).date()
    for employer_id in new:
        employer = work.get(Employer, employer_id)
        _check_region(event, employer.region_id, "employer_ids")
        work.add(
            EventEmployer(
                region_id=employer.region_id,
                employer_id=employer_id,
                event_id=key(event),
                held_on=held_on,
                answer=Answer.INVITED,
            )
        )
    return len(new)


@action(Permission.NETWORK_EDIT, AskCandidates)
def ask_candidates(work: Work, command: AskCandidates) -> int:
    """Ask candidates to an event and return how many were asked for the first time."""
    work.actor.require(Permission.CANDIDATE_VIEW)
    event = _going_on(work, command.event_id)
    known = {one.candidate_id for one in asked_candidates(work, command.event_id)}
    new = [found for found in dict.fromkeys(command.candidate_ids) if found not in known]
    for candidate_id in new:
        candidate = work.get(Candidate, candidate_id)
        _check_region(event, candidate.region_id, "candidate_ids")
        work.add(
            EventCandidate(
                region_id=event.region_id,
                event_id=key(event),
                candidate_id=candidate_id,
                candidate_reference=candidate.reference,
                answer=Answer.INVITED,
            )
        )
    return len(new)


@action(Permission.NETWORK_EDIT, AnswerEmployers)
def answer_employers(work: Work, command: AnswerEmployers) -> int:
    """Note what employers answered and return how many answers changed; raises `Invalid` when full."""
    event = _going_on(work, command.event_id)
    asked = asked_employers(work, command.event_id)
    return _note(asked, command.answers, event.employer_places)


@action(Permission.NETWORK_EDIT, AnswerCandidates)
def answer_candidates(work: Work, command: AnswerCandidates) -> int:
    """Note what candidates answered and return how many answers changed; raises `Invalid` when full."""
    work.actor.require(Permission.CANDIDATE_VIEW)
    event = _going_on(work, command.event_id)
    asked = asked_candidates(work, command.event_id)
    return _note(asked, command.answers, event.candidate_places)


def _note(asked: Sequence[Asked], answers: Sequence[NewAnswer], places: int) -> int:
    by_id = {key(one): one for one in asked}
    before, changed = signed_up(asked), 0
    for given in answers:
        one = by_id.get(given.id)
        if one is None or one.answer is given.answer:
            continue
        if one.version != given.version:
            raise Conflict({"answer": one.answer}, {"answer": given.answer}, one.version)
        one.answer = given.answer
        changed += 1
    more = signed_up(asked) - before
    if more > 0 and not fits(more, before, places):
        raise Invalid("answer", _FULL, count=places)
    return changed


def _check_region(event: Event, region_id: int, field: str) -> None:
    if region_id != event.region_id:
        raise Invalid(field, "An event is for its own region. Choose somebody of that region.")


def _going_on(work: Work, event_id: int) -> Event:
    event = work.get(Event, event_id)
    if event.cancelled_on is not None:
        raise Invalid("event_id", _OFF)
    return event
