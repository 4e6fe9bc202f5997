"""Weekly hours that go up and down."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Invalid, NotFound
from crm.core.i18n import N_
from crm.core.work import Work
from crm.placements.actions.booking import IMPLAUSIBLE, add_hours, note_hours_changed
from crm.placements.queries.stored import stored_hours
from crm.placements.records import Placement
from crm.placements.rules import HoursFault, HoursFrom, hours_fault, is_plausible

FAULTS = {
    HoursFault.BEFORE_START: N_("Hours cannot change before the placement starts."),
    HoursFault.AFTER_END: N_("Hours cannot change after the placement has ended."),
    HoursFault.SAME_HOURS: N_("These are the hours on that day already."),
}
FIRST_HOURS = N_("The hours at the start belong to the placement. Correct them instead.")


class ChangeHours(Command):
    """Other hours a week from a day on; the hours of a day that has them already are corrected."""

    placement_id: int
    version: int
    from_on: date
    hours: Annotated[Decimal, Field(ge=0, le=60, decimal_places=1)]


class RemoveHours(Command):
    """A change of hours that did not happen."""

    placement_id: int
    version: int
    from_on: date


@action(Permission.PLACEMENT_EDIT, ChangeHours)
def change_hours(work: Work, command: ChangeHours) -> int:
    """Change the weekly hours from a day on and return the placement's id; the day must lie within it."""
    asked = HoursFrom(command.from_on, command.hours)
    placement = work.edit(Placement, command.placement_id, command.version, {})
    stored = stored_hours(work, command.placement_id)
    history = [HoursFrom(one.from_on, one.hours) for one in stored]
    if fault := hours_fault(history, placement.started_on, placement.ended_on, asked):
        raise Invalid("hours" if fault is HoursFault.SAME_HOURS else "from_on", FAULTS[fault])
    if not is_plausible(command.from_on, clock.today()):
        raise Invalid("from_on", IMPLAUSIBLE)
    same_day = next((one for one in stored if one.from_on == command.from_on), None)
    if same_day is None:
        add_hours(work, placement, asked)
    else:
        same_day.hours = command.hours
    note_hours_changed(placement)
    return command.placement_id


@action(Permission.PLACEMENT_EDIT, RemoveHours)
def remove_hours(work: Work, command: RemoveHours) -> int:
    """Take away a change of hours and return the placement's id; the hours at the start stay."""
    placement = work.edit(Placement, command.placement_id, command.version, {})
    stored = stored_hours(work, command.placement_id)
    found = next((one for one in stored if one.from_on == command.from_on), None)
    if found is None:
        raise NotFound()
    if found is stored[0]:
        raise Invalid("from_on", FIRST_HOURS)
    work.session.delete(found)
    note_hours_changed(placement)
    return command.placement_id
