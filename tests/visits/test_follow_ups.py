"""Follow-ups are done, put off and handed over, by those who work in the region."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crm.core.access import Role, system
from crm.core.errors import AppError, Conflict, Forbidden, Invalid
from crm.core.records import key
from crm.core.work import perform, reading
from crm.visits.actions import (
    CompleteFollowUp,
    PostponeFollowUp,
    ReassignFollowUp,
    ReopenFollowUp,
    complete_follow_up,
    postpone_follow_up,
    reassign_follow_up,
    reopen_follow_up,
)
from crm.visits.records import FollowUp
from tests.factories import TODAY, World
from tests.visits.factories import make_follow_up


def stored(follow_up: FollowUp) -> FollowUp:
    with reading(system("test")) as work:
        return work.get(FollowUp, key(follow_up))


def one(world: World) -> FollowUp:
    return make_follow_up(world.employer_a, world.users[Role.ADVISER])


def test_a_colleague_can_do_it_too(world: World) -> None:
    follow_up = one(world)
    command = CompleteFollowUp(follow_up_id=key(follow_up), version=1)
    perform(world.actor(Role.ACCOUNT_MANAGER), complete_follow_up, command)
    done = stored(follow_up)
    assert (done.done_on, done.done_by_id) == (TODAY, key(world.users[Role.ACCOUNT_MANAGER]))


def test_it_can_be_reopened_with_the_version_it_came_back_with(world: World) -> None:
    follow_up, actor = one(world), world.actor(Role.ADVISER)
    version = perform(actor, complete_follow_up, CompleteFollowUp(follow_up_id=key(follow_up), version=1))
    perform(actor, reopen_follow_up, ReopenFollowUp(follow_up_id=key(follow_up), version=version))
    again = stored(follow_up)
    assert (again.done_on, again.done_by_id) == (None, None)


def test_what_was_done_meanwhile_is_not_done_twice(world: World) -> None:
    follow_up, actor = one(world), world.actor(Role.ADVISER)
    command = CompleteFollowUp(follow_up_id=key(follow_up), version=1)
    version = perform(actor, complete_follow_up, command)
    with pytest.raises(Conflict):
        perform(actor, complete_follow_up, command)
    with pytest.raises(Invalid):
        perform(actor, complete_follow_up, command.model_copy(update={"version": version}))


def test_it_moves_to_another_day(world: World) -> None:
    follow_up = one(world)
    later = TODAY + timedelta(days=7)
    command = PostponeFollowUp(follow_up_id=key(follow_up), version=1, due_on=later)
    perform(world.actor(Role.ADVISER), postpone_follow_up, command)
    assert stored(follow_up).due_on == later


def test_it_does_not_move_into_the_past(world: World) -> None:
    follow_up = one(world)
    command = PostponeFollowUp(follow_up_id=key(follow_up), version=1, due_on=TODAY - timedelta(days=1))
    with pytest.raises(Invalid):
        perform(world.actor(Role.ADVISER), postpone_follow_up, command)
    assert stored(follow_up).due_on == TODAY


def test_a_colleague_takes_over(world: World) -> None:
    follow_up, officer = one(world), key(world.users[Role.SROI_OFFICER])
    command = ReassignFollowUp(follow_up_id=key(follow_up), version=1, owner_id=officer)
    perform(world.actor(Role.ADVISER), reassign_follow_up, command)
    assert stored(follow_up).owner_id == officer


@pytest.mark.parametrize("role", [Role.MANAGER, Role.EMPLOYER, Role.PARTNER, Role.ADMIN])
def test_who_cannot_do_it_does_not_get_it(world: World, role: Role) -> None:
    follow_up = one(world)
    command = ReassignFollowUp(follow_up_id=key(follow_up), version=1, owner_id=key(world.users[role]))
    with pytest.raises(Invalid):
        perform(world.actor(Role.ADVISER), reassign_follow_up, command)
    assert stored(follow_up).owner_id == key(world.users[Role.ADVISER])


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMIN, Role.PARTNER, Role.EMPLOYER])
def test_others_may_touch_none_of_it(world: World, role: Role) -> None:
    follow_up, actor = one(world), world.actor(role)
    known = {"follow_up_id": key(follow_up), "version": 1}
    refusals: list[type[AppError]] = []
    for act, command in [
        (complete_follow_up, CompleteFollowUp(**known)),
        (reopen_follow_up, ReopenFollowUp(**known)),
        (postpone_follow_up, PostponeFollowUp(**known, due_on=TODAY)),
        (reassign_follow_up, ReassignFollowUp(**known, owner_id=actor.user_id)),
    ]:
        with pytest.raises(Forbidden) as caught:
            perform(actor, act, command)  # type: ignore[arg-type]
        refusals.append(type(caught.value))
    assert refusals == [Forbidden] * 4
    assert stored(follow_up).version == 1
