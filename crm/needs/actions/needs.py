"""Writing down what an employer needs, reacting to it, and ending it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.days import Day
from crm.core.errors import Invalid, NotFound
from crm.core.privacy import WITHOUT_BSN
from crm.core.records import key
from crm.core.work import Work
from crm.core.workdays import working_days_after
from crm.employers.records import Employer
from crm.needs.records import Need
from crm.needs.rules import REACT_WITHIN, NeedKind, NeedUrgency, Outcome, Phase, lacks_reason
from crm.visits.queries import owners_at
from crm.visits.records import ContactMoment

What = Annotated[str, Field(min_length=1, max_length=400), WITHOUT_BSN]
Reason = Annotated[str, Field(max_length=400), WITHOUT_BSN]


class RaiseNeed(Command):
    """Something an employer asks; without an owner it is the actor's, without a day it was asked today."""

    employer_id: int
    kind: NeedKind
    what: What
    urgency: NeedUrgency = NeedUrgency.NORMAL
    phase: Phase = Phase.WEIGHING
    owner_id: int | None = None
    raised_on: Day | None = None
    moment_id: int | None = None


class EditNeed(Command):
    """What is known of a need, and who takes care of it."""

    need_id: int
    version: int
    kind: NeedKind
    what: What
    urgency: NeedUrgency
    phase: Phase
    owner_id: int


class NoteReaction(Command):
    """The employer heard from us for the first time."""

    need_id: int
    version: int
    reacted_on: Day | None = None


class TakeBackReaction(Command):
    """The employer had not heard from us after all."""

    need_id: int
    version: int


class CloseNeed(Command):
    """A need that was met, or that nothing comes of; the latter asks for a reason."""

    need_id: int
    version: int
    outcome: Outcome
    reason: Reason = ""


class ReopenNeed(Command):
    """A need that lives on after all."""

    need_id: int
    version: int


@action(Permission.VISIT_LOG, RaiseNeed)
def raise_need(work: Work, command: RaiseNeed) -> int:
    """Write down what an employer needs and start its first-reaction clock; return its id.

    Raises `NotFound` for an employer or contact that is not the actor's, `Invalid` for a day in the future
    and for an owner who does not work in the region.
    """
    employer = work.get(Employer, command.employer_id)
    raised_on = command.raised_on or clock.today()
    _not_in_future("raised_on", raised_on)
    _belongs(work, command)
    owner_id = _owner(work, employer.region_id, command.owner_id or work.actor.user_id or 0)
    fields = command.model_dump(exclude={"owner_id", "raised_on"})
    need = Need(
        region_id=employer.region_id,
        owner_id=owner_id,
        raised_on=raised_on,
        raised_by_id=work.actor.user_id or 0,
        react_by=working_days_after(raised_on, REACT_WITHIN[command.urgency]),
        **fields,
    )
    return key(work.add(need))


@action(Permission.VISIT_LOG, EditNeed)
def edit_need(work: Work, command: EditNeed) -> int:
    """Change a need and return its id; while nobody reacted, the clock follows its urgency."""
    fields = command.model_dump(exclude={"need_id", "version"})
    need = _open_one(work, command.need_id, command.version, fields)
    _owner(work, need.region_id, command.owner_id)
    if need.kind is NeedKind.VACANCY and command.kind is not NeedKind.VACANCY:
        raise Invalid("kind", "A vacancy stays a vacancy. End it, and write down a new need.")
    for name, value in fields.items():
        setattr(need, name, value)
    if need.reacted_on is None:
        need.react_by = working_days_after(need.raised_on, REACT_WITHIN[need.urgency])
    return command.need_id


@action(Permission.VISIT_LOG, NoteReaction)
def note_reaction(work: Work, command: NoteReaction) -> int:
    """Stop the clock of a need, today when no day is given; return its new version.

    Raises `Invalid` for a day before the need or in the future, and when somebody reacted already.
    """
    day = command.reacted_on or clock.today()
    need = _open_one(work, command.need_id, command.version, {"reacted_on": day})
    if need.reacted_on is not None:
        raise Invalid("reacted_on", "Somebody reacted already. Reload the page to see the latest.")
    _not_in_future("reacted_on", day)
    if day < need.raised_on:
        raise Invalid("reacted_on", "This is before the employer asked. Choose that day or a later one.")
    need.reacted_on, need.reacted_by_id = day, work.actor.user_id
    work.flush()
    return need.version


@action(Permission.VISIT_LOG, TakeBackReaction)
def take_back_reaction(work: Work, command: TakeBackReaction) -> int:
    """Let the clock of a need run on as if nobody had reacted; return its new version."""
    need = _open_one(work, command.need_id, command.version, {"reacted_on": None})
    need.reacted_on = need.reacted_by_id = None
    work.flush()
    return need.version


@action(Permission.VISIT_LOG, CloseNeed)
def close_need(work: Work, command: CloseNeed) -> int:
    """End a need today and return its new version; who ends it has reacted to it as well.

    Raises `Invalid` when nothing comes of it and no reason is given.
    """
    need = _open_one(work, command.need_id, command.version, {"outcome": command.outcome})
    if lacks_reason(command.outcome, command.reason):
        raise Invalid("reason", "Say why nothing comes of it, so that a colleague understands.")
    need.closed_on, need.outcome, need.reason = clock.today(), command.outcome, command.reason
    if need.reacted_on is None:
        need.reacted_on, need.reacted_by_id = clock.today(), work.actor.user_id
    work.flush()
    return need.version


@action(Permission.VISIT_LOG, ReopenNeed)
def reopen_need(work: Work, command: ReopenNeed) -> int:
    """Put a need back among the open ones and return its new version."""
    need = work.edit(Need, command.need_id, command.version, {"outcome": None})
    need.closed_on = need.outcome = None
    need.reason = ""
    work.flush()
    return need.version


def _open_one(work: Work, need_id: int, version: int, yours: Mapping[str, Any]) -> Need:
    need = work.edit(Need, need_id, version, yours)
    if need.closed_on is not None:
        raise Invalid("outcome", "This need has ended. Open it again before you change it.")
    return need


def _owner(work: Work, region_id: int, owner_id: int) -> int:
    if owner_id not in owners_at(work, region_id):
        raise Invalid("owner_id", "Choose a colleague who works in this region.")
    return owner_id


def _belongs(work: Work, command: RaiseNeed) -> None:
    if command.moment_id is None:
        return
    if work.get(ContactMoment, command.moment_id).employer_id != command.employer_id:
        raise NotFound()


def _not_in_future(field: str, day: date) -> None:
    if day > clock.today():
        raise Invalid(field, "This day has yet to come. Choose today or a day before.")
