"""Planning an event, changing it and calling it off."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated, Any

from pydantic import Field

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.clock import LOCAL_ZONE
from crm.core.days import Day
from crm.core.errors import Forbidden, Invalid
from crm.core.i18n import N_
from crm.core.privacy import WITHOUT_BSN
from crm.core.records import key
from crm.core.work import Work
from crm.events.queries.stored import asked_candidates, asked_employers, signed_up
from crm.events.records import Event
from crm.events.rules import EventKind

_TAKEN = N_("There are {count} who come already. Give at least as many places.")
Places = Annotated[int, Field(ge=0, le=500)]


class _Details(Command):
    """Times are those of the Dutch clock; zero places stands for no limit."""

    kind: EventKind
    title: Annotated[str, Field(min_length=1, max_length=120), WITHOUT_BSN]
    held_on: Day
    begins: time
    ends: time
    place: Annotated[str, Field(max_length=160), WITHOUT_BSN] = ""
    note: Annotated[str, Field(max_length=400), WITHOUT_BSN] = ""
    candidate_places: Places = 0
    employer_places: Places = 0
    round_minutes: Annotated[int, Field(ge=3, le=60)] = 10


class PlanEvent(_Details):
    """A speedmeet, open day, network breakfast or company visit day."""

    region_id: int


class EditEvent(_Details):
    """An event put right."""

    event_id: int
    version: int


class CancelEvent(Command):
    """An event that is called off, or goes on after all when `again`."""

    event_id: int
    version: int
    again: bool = False


@action(Permission.NETWORK_EDIT, PlanEvent)
def plan_event(work: Work, command: PlanEvent) -> int:
    """Plan an event in one of the actor's regions and return its id."""
    regions = work.scope.regions
    if regions is not None and command.region_id not in regions:
        raise Forbidden()
    return key(work.add(Event(region_id=command.region_id, **_stored(command))))


@action(Permission.NETWORK_EDIT, EditEvent)
def edit_event(work: Work, command: EditEvent) -> int:
    """Put an event right and return its id; refused when fewer places are left than are taken."""
    fields = _stored(command)
    event = work.edit(Event, command.event_id, command.version, fields)
    taken = {
        "candidate_places": signed_up(asked_candidates(work, command.event_id)),
        "employer_places": signed_up(asked_employers(work, command.event_id)),
    }
    for name, count in taken.items():
        if 0 < fields[name] < count:
            raise Invalid(
                name, "There are {count} who come already. Give at least as many places.", count=count
            )
    for name, value in fields.items():
        setattr(event, name, value)
    for asked in asked_employers(work, command.event_id):
        asked.held_on = command.held_on
    return key(event)


@action(Permission.NETWORK_EDIT, CancelEvent)
def cancel_event(work: Work, command: CancelEvent) -> int:
    """Call an event off (or let it go on) and return its id."""
    cancelled_on = None if command.again else clock.today()
    event = work.edit(Event, command.event_id, command.version, {"cancelled_on": cancelled_on})
    event.cancelled_on = cancelled_on
    return key(event)


def _stored(command: _Details) -> dict[str, Any]:
    begins = datetime.combine(command.held_on, command.begins, LOCAL_ZONE)
    ends = datetime.combine(command.held_on, command.ends, LOCAL_ZONE)
    if ends <= begins:
        raise Invalid("ends", "The end lies before the start. Choose a later time.")
    kept = command.model_dump(exclude={"event_id", "version", "region_id", "held_on", "begins", "ends"})
    return {**kept, "starts_at": begins, "ends_at": ends}
