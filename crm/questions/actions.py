"""Keeping what an employer answered to a question list, and putting it right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import StrictBool, StrictStr

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.days import Day
from crm.core.errors import Forbidden, Invalid, NotFound
from crm.core.privacy import refuse_bsn
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.questions.lists import question_list
from crm.questions.records import AnswerSet
from crm.questions.rules import QuestionList, is_possible
from crm.visits.records import ContactMoment

Given = Mapping[str, StrictBool | StrictStr]


class KeepAnswers(Command):
    """What an employer answered, by question id; `moment_id` is the visit in which it was asked."""

    employer_id: int
    list_code: str
    list_version: int
    answers: Given
    held_on: Day | None = None
    moment_id: int | None = None


class CorrectAnswers(Command):
    """The answers as they should have been written down."""

    answer_id: int
    version: int
    answers: Given


@action(Permission.VISIT_LOG, KeepAnswers)
def keep_answers(work: Work, command: KeepAnswers) -> int:
    """Keep what an employer answered and return its id.

    Raises `NotFound` for an employer, contact or list that there is not, `Invalid` for no answer at all, for
    one that does not fit its question, and for a day in the future.
    """
    employer = work.get(Employer, command.employer_id)
    answers = _checked(question_list(command.list_code, command.list_version), command.answers)
    held_on = command.held_on or clock.today()
    if held_on > clock.today():
        raise Invalid("held_on", "This day has yet to come. Choose today or a day before.")
    if command.moment_id is not None:
        moment = work.get(ContactMoment, command.moment_id)
        if moment.employer_id != command.employer_id:
            raise NotFound()
        held_on = moment.held_on
    made = AnswerSet(
        region_id=employer.region_id,
        employer_id=key(employer),
        list_code=command.list_code,
        list_version=command.list_version,
        held_on=held_on,
        author_id=work.actor.user_id or 0,
        moment_id=command.moment_id,
        answers=answers,
    )
    return key(work.add(made))


@action(Permission.VISIT_LOG, CorrectAnswers)
def correct_answers(work: Work, command: CorrectAnswers) -> int:
    """Put answers right and return their id; the list and the day stay. Only who asked may do so."""
    if work.get(AnswerSet, command.answer_id).author_id != work.actor.user_id:
        raise Forbidden("Only the author can change this. Ask them, or log a contact of your own.")
    kept = work.edit(AnswerSet, command.answer_id, command.version, {"answers": dict(command.answers)})
    kept.answers = _checked(question_list(kept.list_code, kept.list_version), command.answers)
    return command.answer_id


def _checked(asked: QuestionList, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers in the order of the list, without empty ones."""
    known = {question.id: question for question in asked.questions}
    if not set(given) <= set(known):
        raise NotFound()
    answers = {name: given[name] for name in known if given.get(name) not in (None, "")}
    if not answers:
        raise Invalid("answers", "Fill in at least one answer.")
    for name, answer in answers.items():
        if isinstance(answer, str):
            refuse_bsn(name, answer)
        if not is_possible(known[name], answer):
            raise Invalid(name, "This value is not possible here. Check it and try again.")
    return answers
