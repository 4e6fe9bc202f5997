"""Writing down how a placement goes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.days import Day
from crm.core.errors import Conflict, Invalid
from crm.core.privacy import WITHOUT_BSN
from crm.core.records import key
from crm.core.work import Work
from crm.placements.queries.aftercare import talk_of
from crm.placements.records import Placement
from crm.placements.records_aftercare import AftercareTalk
from crm.placements.rules_aftercare import MOMENTS, SpokenWith


class NoteAftercare(Command):
    """How a placement goes after some months; held today when no day is given."""

    placement_id: int
    month: int
    spoken_with: SpokenWith = SpokenWith.EMPLOYER
    held_on: Day | None = None
    at_risk: bool = False
    note: Annotated[str, Field(max_length=400), WITHOUT_BSN] = ""


@action(Permission.PLACEMENT_EDIT, NoteAftercare)
def note_aftercare(work: Work, command: NoteAftercare) -> int:
    """Write down a talk about how a placement goes and return its id.

    Raises `Invalid` for a moment that there is not, a day before the start or in the future, and
    `Conflict` when somebody wrote this talk down already.
    """
    placement = work.get(Placement, command.placement_id)
    held_on = command.held_on or clock.today()
    if command.month not in MOMENTS:
        raise Invalid("month", "Aftercare is after one, three, six or twelve months.")
    if not placement.started_on <= held_on <= clock.today():
        raise Invalid("held_on", "Choose a day between the start of the placement and today.")
    if talk_of(work, command.placement_id, command.month) is not None:
        raise Conflict({}, {}, 0, "A colleague wrote this talk down already. Reload the page to see it.")
    fields = command.model_dump(exclude={"held_on"})
    talk = AftercareTalk(
        region_id=placement.region_id,
        employer_id=placement.employer_id,
        held_on=held_on,
        author_id=work.actor.user_id or 0,
        **fields,
    )
    return key(work.add(talk))
