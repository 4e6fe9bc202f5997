"""Lists of placements: filters, what each role sees, and questions that do not grow."""

from __future__ import annotations

from datetime import date

import pytest

from crm.accounts.records import Region
from crm.candidates.rules import TargetGroup
from crm.core.access import Role
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import reading
from crm.placements.queries import (
    PlacementFilter,
    count_placements,
    hours_history,
    placement_row,
    placements,
    placements_of_employer,
)
from crm.placements.rules import PlacementState
from tests.candidates.factories import make_candidate
from tests.counting import statements
from tests.factories import TODAY, World, make_employer, save
from tests.placements.factories import make_hours, make_placement

ALL = PlacementFilter()


@pytest.mark.parametrize(
    ("state", "started", "ended"),
    [
        (PlacementState.PLANNED, date(2026, 12, 1), None),
        (PlacementState.RUNNING, date(2026, 1, 5), TODAY),
        (PlacementState.ENDED, date(2026, 1, 5), date(2026, 11, 23)),
    ],
)
def test_the_list_filters_on_how_a_placement_stands(
    world: World, state: PlacementState, started: date, ended: date | None
) -> None:
    booker = world.users[Role.ADVISER]
    wanted = make_placement(world.employer_a, booker, started_on=started, ended_on=ended)
    with reading(world.actor(Role.ADVISER)) as work:
        for asked in PlacementState:
            found = [one.id for one in placements(work, PlacementFilter(state=asked))]
            assert found == ([wanted.id] if asked is state else [])
        assert placements(work, ALL)[0].state is state


def test_the_list_filters_on_employer_and_group(world: World) -> None:
    booker = world.users[Role.ADVISER]
    at_a = make_placement(world.employer_a, booker)
    pupil = make_placement(world.employer_b, booker, group=TargetGroup.WORK_BASED_PUPIL)
    with reading(world.actor(Role.ADVISER)) as work:
        assert [one.id for one in placements(work, PlacementFilter(employer="linde groen"))] == [at_a.id]
        pupils = PlacementFilter(group=TargetGroup.WORK_BASED_PUPIL)
        assert [one.id for one in placements(work, pupils)] == [pupil.id]
        assert count_placements(work, pupils) == 1
        assert [one.id for one in placements_of_employer(work, key(world.employer_a))] == [at_a.id]


def test_the_last_started_comes_first_and_pages_follow(world: World) -> None:
    booker = world.users[Role.ADVISER]
    old = make_placement(world.employer_a, booker, started_on=date(2025, 1, 6))
    new = make_placement(world.employer_a, booker, started_on=date(2026, 11, 2))
    with reading(world.actor(Role.ADVISER)) as work:
        assert [one.id for one in placements(work, ALL)] == [new.id, old.id]
        assert placements(work, ALL, page=2) == []
        assert count_placements(work, ALL) == 2


def test_the_hours_shown_are_those_of_today_or_of_the_first_or_last_day(world: World) -> None:
    booker = world.users[Role.ADVISER]
    running = make_placement(world.employer_a, booker, started_on=date(2026, 1, 5), hours="24")
    make_hours(running, date(2026, 4, 1), "32")
    make_hours(running, date(2026, 12, 1), "12")
    coming = make_placement(world.employer_b, booker, started_on=date(2026, 12, 1), hours="20")
    gone = make_placement(world.employer_b, booker, ended_on=date(2026, 9, 30), hours="18")
    make_hours(gone, date(2026, 10, 15), "36")
    with reading(world.actor(Role.ADVISER)) as work:
        assert placement_row(work, key(running)).hours == 32
        assert placement_row(work, key(coming)).hours == 20
        assert placement_row(work, key(gone)).hours == 18


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.ADVISER, True),
        (Role.ACCOUNT_MANAGER, True),
        (Role.SROI_OFFICER, True),
        (Role.EMPLOYER, True),
        (Role.MANAGER, False),
        (Role.PARTNER, False),
    ],
)
def test_who_may_not_know_candidates_sees_no_reference(lite_world: World, role: Role, sees: bool) -> None:
    candidate = make_candidate(key(lite_world.region), reference="K-2041")
    placement = make_placement(lite_world.employer_a, lite_world.users[Role.ADVISER], candidate)
    with reading(lite_world.actor(role)) as work:
        row = placement_row(work, key(placement))
    assert row.reference == ("K-2041" if sees else None)
    assert row.group is TargetGroup.PARTICIPATION_ACT


@pytest.mark.parametrize("role", [Role.PARTNER, Role.EMPLOYER])
def test_outsiders_see_placements_at_their_own_employers(world: World, role: Role) -> None:
    booker = world.users[Role.ADVISER]
    own = make_placement(world.employer_a, booker)
    other = make_placement(world.employer_b, booker)
    with reading(world.actor(role)) as work:
        assert [one.id for one in placements(work, ALL)] == [own.id]
        assert count_placements(work, ALL) == 1
        assert hours_history(work, key(other)) == []
        with pytest.raises(NotFound):
            placement_row(work, key(other))


def test_placements_of_another_region_are_not_found(world: World) -> None:
    elsewhere = make_employer(key(save(Region(code="AM01", name="Elders"))))
    placement = make_placement(elsewhere, world.users[Role.ADVISER])
    with reading(world.actor(Role.MANAGER)) as work, pytest.raises(NotFound):
        placement_row(work, key(placement))


@pytest.mark.parametrize("number", [3, 40])
def test_questions_do_not_grow_with_the_answers(lite_world: World, number: int) -> None:
    candidate = make_candidate(key(lite_world.region))
    for _ in range(number):
        made = make_placement(lite_world.employer_a, lite_world.users[Role.ADVISER], candidate)
    with reading(lite_world.actor(Role.ADVISER)) as work:
        for ask in (
            lambda: placements(work, PlacementFilter(state=PlacementState.RUNNING, employer="linde")),
            lambda: count_placements(work, ALL),
            lambda: placements_of_employer(work, key(lite_world.employer_a)),
            lambda: placement_row(work, key(made)),
            lambda: hours_history(work, key(made)),
        ):
            with statements() as asked:
                ask()
            assert len(asked) == 1
