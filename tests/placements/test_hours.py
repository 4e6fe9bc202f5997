"""Weekly hours that go up and down."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from crm.core.access import Role
from crm.core.errors import Conflict, Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.placements.actions import ChangeHours, RemoveHours, change_hours, remove_hours
from crm.placements.queries import hours_history, placement_row
from crm.placements.records import Placement
from crm.placements.rules import HoursFrom
from tests.factories import World
from tests.placements.factories import make_placement

START, APRIL, JULY = date(2026, 1, 5), date(2026, 4, 1), date(2026, 7, 1)


@pytest.fixture
def placement(world: World) -> Placement:
    return make_placement(world.employer_a, world.users[Role.ADVISER], started_on=START)


def change(world: World, placement: Placement, from_on: date, hours: str, version: int | None = None) -> None:
    adviser = world.actor(Role.ADVISER)
    with reading(adviser) as work:
        current = placement_row(work, key(placement)).version
    command = ChangeHours(
        placement_id=key(placement), version=version or current, from_on=from_on, hours=Decimal(hours)
    )
    perform(adviser, change_hours, command)


def history(world: World, placement: Placement) -> list[HoursFrom]:
    with reading(world.actor(Role.ADVISER)) as work:
        return hours_history(work, key(placement))


def test_hours_go_up_and_down(world: World, placement: Placement) -> None:
    change(world, placement, JULY, "16.5")
    change(world, placement, APRIL, "32")
    assert history(world, placement) == [
        HoursFrom(START, Decimal(24)),
        HoursFrom(APRIL, Decimal(32)),
        HoursFrom(JULY, Decimal("16.5")),
    ]
    with reading(world.actor(Role.ADVISER)) as work:
        assert placement_row(work, key(placement)).hours == Decimal("16.5")


def test_the_same_day_is_corrected(world: World, placement: Placement) -> None:
    change(world, placement, APRIL, "32")
    change(world, placement, APRIL, "28")
    change(world, placement, START, "20")
    assert history(world, placement) == [HoursFrom(START, Decimal(20)), HoursFrom(APRIL, Decimal(28))]


@pytest.mark.parametrize(
    ("from_on", "hours", "field"),
    [
        (date(2026, 1, 4), "20", "from_on"),
        (date(2206, 4, 1), "20", "from_on"),
        (APRIL, "24", "hours"),
        (APRIL, "61", "hours"),
    ],
)
def test_changes_that_cannot_be_are_refused(
    world: World, placement: Placement, from_on: date, hours: str, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        change(world, placement, from_on, hours)
    assert caught.value.field == field
    assert len(history(world, placement)) == 1


def test_hours_do_not_change_after_the_end(world: World) -> None:
    ended = make_placement(
        world.employer_a, world.users[Role.ADVISER], started_on=START, ended_on=date(2026, 3, 31)
    )
    with pytest.raises(Invalid) as caught:
        change(world, ended, APRIL, "32")
    assert caught.value.field == "from_on"


def test_a_change_that_did_not_happen_is_removed_but_not_the_start(
    world: World, placement: Placement
) -> None:
    change(world, placement, APRIL, "32")
    adviser = world.actor(Role.ADVISER)
    with pytest.raises(Invalid):
        perform(adviser, remove_hours, RemoveHours(placement_id=key(placement), version=2, from_on=START))
    with pytest.raises(NotFound):
        perform(adviser, remove_hours, RemoveHours(placement_id=key(placement), version=2, from_on=JULY))
    perform(adviser, remove_hours, RemoveHours(placement_id=key(placement), version=2, from_on=APRIL))
    assert history(world, placement) == [HoursFrom(START, Decimal(24))]


def test_two_who_change_the_hours_are_told(world: World, placement: Placement) -> None:
    change(world, placement, APRIL, "32", version=1)
    with pytest.raises(Conflict):
        change(world, placement, JULY, "16", version=1)
    assert len(history(world, placement)) == 2


@pytest.mark.parametrize("role", [Role.SROI_OFFICER, Role.MANAGER, Role.PARTNER, Role.EMPLOYER])
def test_who_only_looks_changes_no_hours(lite_world: World, role: Role) -> None:
    placement = make_placement(lite_world.employer_a, lite_world.users[Role.ADVISER], started_on=START)
    command = ChangeHours(placement_id=key(placement), version=1, from_on=APRIL, hours=32)
    with pytest.raises(Forbidden):
        perform(lite_world.actor(role), change_hours, command)
