"""Doing, putting off and handing over what was agreed to do next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.days import Day
from crm.core.errors import Invalid
from crm.core.work import Work
from crm.visits.queries import owners_at
from crm.visits.records import FollowUp


class CompleteFollowUp(Command):
    """A follow-up that is done."""

    follow_up_id: int
    version: int


class ReopenFollowUp(Command):
    """A follow-up that was not done after all."""

    follow_up_id: int
    version: int


class PostponeFollowUp(Command):
    """A follow-up that gets another day."""

    follow_up_id: int
    version: int
    due_on: Day


class ReassignFollowUp(Command):
    """A follow-up that a colleague takes over."""

    follow_up_id: int
    version: int
    owner_id: int


@action(Permission.VISIT_LOG, CompleteFollowUp)
def complete_follow_up(work: Work, command: CompleteFollowUp) -> int:
    """Mark a follow-up as done today by the actor; return its new version, with which it can be reopened."""
    follow_up = _open_one(work, command.follow_up_id, command.version, {"done_on": clock.today()})
    follow_up.done_on = clock.today()
    follow_up.done_by_id = work.actor.user_id
    work.flush()
    return follow_up.version


@action(Permission.VISIT_LOG, ReopenFollowUp)
def reopen_follow_up(work: Work, command: ReopenFollowUp) -> int:
    """Put a follow-up that was marked as done back on its owner's list; return its new version."""
    follow_up = work.edit(FollowUp, command.follow_up_id, command.version, {"done_on": None})
    follow_up.done_on = follow_up.done_by_id = None
    work.flush()
    return follow_up.version


@action(Permission.VISIT_LOG, PostponeFollowUp)
def postpone_follow_up(work: Work, command: PostponeFollowUp) -> int:
    """Give a follow-up another due date and return its new version.

    Raises `Invalid` for a day that has passed.
    """
    follow_up = _open_one(work, command.follow_up_id, command.version, {"due_on": command.due_on})
    if command.due_on < clock.today():
        raise Invalid("due_on", "This day has passed. Choose today or a later day.")
    follow_up.due_on = command.due_on
    work.flush()
    return follow_up.version


@action(Permission.VISIT_LOG, ReassignFollowUp)
def reassign_follow_up(work: Work, command: ReassignFollowUp) -> int:
    """Hand a follow-up to a colleague and return its new version.

    Raises `Invalid` for a colleague who does not work in its region.
    """
    follow_up = _open_one(work, command.follow_up_id, command.version, {"owner_id": command.owner_id})
    if command.owner_id not in owners_at(work, follow_up.region_id):
        raise Invalid("owner_id", "Choose a colleague who works in this region.")
    follow_up.owner_id = command.owner_id
    work.flush()
    return follow_up.version


def _open_one(work: Work, follow_up_id: int, version: int, yours: Mapping[str, Any]) -> FollowUp:
    follow_up = work.edit(FollowUp, follow_up_id, version, yours)
    if follow_up.done_on is not None:
        raise Invalid("done_on", "This was done already. Reload the page to see the latest.")
    return follow_up
