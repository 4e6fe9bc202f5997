"""The end of a placement, and taking it back."""

from __future__ import annotations

from datetime import date

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Invalid
from crm.core.work import Work
from crm.jobcarving.actions import fill_package, vacate_package
from crm.network.inviting import withdraw_invitation
from crm.placements.actions.booking import ENDS_BEFORE_START, IMPLAUSIBLE
from crm.placements.records import Placement
from crm.placements.rules import EndReason, is_plausible


class EndPlacement(Command):
    """The last day of a placement and why it ends; also corrects an end that was noted before."""

    placement_id: int
    version: int
    ended_on: date
    end_reason: EndReason


class ResumePlacement(Command):
    """An end that was noted by mistake."""

    placement_id: int
    version: int


@action(Permission.PLACEMENT_EDIT, EndPlacement)
def end_placement(work: Work, command: EndPlacement) -> int:
    """End a placement on its last day and return its id; its carved job opens for a successor."""
    fields = command.model_dump(include={"ended_on", "end_reason"})
    placement = work.edit(Placement, command.placement_id, command.version, fields)
    if command.ended_on < placement.started_on:
        raise Invalid("ended_on", ENDS_BEFORE_START)
    if not is_plausible(command.ended_on, clock.today()):
        raise Invalid("ended_on", IMPLAUSIBLE)
    if placement.package_id is not None and placement.ended_on is None:
        vacate_package(work, placement.package_id)
    placement.ended_on = command.ended_on
    placement.end_reason = command.end_reason
    if command.end_reason is EndReason.NEVER_STARTED:
        withdraw_invitation(work, placement.employer_id, command.placement_id)
    return command.placement_id


@action(Permission.PLACEMENT_EDIT, ResumePlacement)
def resume_placement(work: Work, command: ResumePlacement) -> int:
    """Take an end back and return the placement's id; refused when its carved job is filled again."""
    placement = work.edit(Placement, command.placement_id, command.version, {"ended_on": None})
    if placement.package_id is not None and placement.ended_on is not None:
        fill_package(work, placement.package_id, placement.employer_id, placement.started_on)
    placement.ended_on = None
    placement.end_reason = None
    return command.placement_id
