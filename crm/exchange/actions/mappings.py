"""Keeping what headings mean, and answering whom a line is about."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Invalid, NotFound
from crm.core.records import key
from crm.core.work import Work
from crm.exchange.queries import runs
from crm.exchange.queries.mappings import likeness_at, mapping_named, plan_record
from crm.exchange.reach import reach_of
from crm.exchange.records_undo import ImportMapping
from crm.exchange.rules import RunProblem
from crm.exchange.rules.headings import HEADINGS
from crm.exchange.rules.plans import LEAVE_OUT, NEW

MappingName = Annotated[str, StringConstraints(min_length=1, max_length=80)]
MOST_HEADINGS = 200


class SaveMapping(Command):
    """What the headings of a kind of file mean, under a name; a field of nothing is a column left out."""

    region_id: int
    name: MappingName
    headings: Annotated[
        dict[Annotated[str, StringConstraints(max_length=200)], str], Field(max_length=MOST_HEADINGS)
    ]


class RemoveMapping(Command):
    """A kept meaning of headings is no longer needed."""

    region_id: int
    name: MappingName


class AnswerLikeness(Command):
    """Whom a line is about: the employer it looks like, a new one, or nobody."""

    run_id: int
    place: int
    answer: int


@action(Permission.IMPORT_RUN, SaveMapping)
def save_mapping(work: Work, command: SaveMapping) -> int:
    """Keep what headings mean, in place of what had this name; return its id.

    Raises `Invalid` for a region that is not the actor's or a field that does not exist.
    """
    if not reach_of(work.actor).covers_region(command.region_id):
        raise Invalid("region", RunProblem.UNKNOWN_REGION, code=command.region_id)
    if not set(command.headings.values()) <= {"", *HEADINGS}:
        raise Invalid("headings", "This value is not possible here. Check it and try again.")
    mapping = mapping_named(work, command.region_id, command.name)
    if mapping is None:
        return key(work.add(ImportMapping(**command.model_dump())))
    mapping.headings = command.headings
    return key(mapping)


@action(Permission.IMPORT_RUN, RemoveMapping)
def remove_mapping(work: Work, command: RemoveMapping) -> int:
    """Remove a kept meaning of headings and return the id it had; raises `NotFound` when there is none."""
    mapping = mapping_named(work, command.region_id, command.name)
    if mapping is None or not reach_of(work.actor).covers_region(command.region_id):
        raise NotFound()
    work.session.delete(mapping)
    return key(mapping)


@action(Permission.IMPORT_RUN, AnswerLikeness)
def answer_likeness(work: Work, command: AnswerLikeness) -> int:
    """Keep whom a line is about, for the next time the file is brought in; return the line's number.

    Raises `NotFound` for a line that asks nothing, `Invalid` for an employer it does not look like.
    """
    runs.run(work, command.run_id)
    asked = likeness_at(work, command.run_id, command.place)
    plan = plan_record(work, command.run_id)
    if asked is None or plan is None:
        raise NotFound()
    if command.answer not in (asked.employer, NEW, LEAVE_OUT):
        raise Invalid("answer", "This value is not possible here. Check it and try again.")
    plan.answers = {**plan.answers, str(command.place): command.answer}
    asked.is_answered = True
    return command.place
