"""The board: cards by stage, sums, and what each role gets to see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crm.core.access import Role
from crm.core.records import key
from crm.core.work import reading
from crm.jobcarving.queries import (
    BoardFilter,
    StageSum,
    board_cards,
    case_page,
    cases_of_employer,
    recent_signals,
    stage_list,
    stage_sums,
)
from crm.jobcarving.rules import Releasable, Stage
from tests.counting import statements
from tests.factories import TODAY, World, make_employer
from tests.jobcarving.factories import make_case, make_task

ALL = BoardFilter()


def test_cards_stand_in_their_stage_the_longest_first(world: World) -> None:
    owner = world.users[Role.ADVISER]
    new = make_case(world.employer_a, owner, stage=Stage.ANALYSIS, stage_since=TODAY)
    old = make_case(world.employer_b, owner, stage=Stage.ANALYSIS, stage_since=TODAY - timedelta(days=21))
    make_case(world.employer_b, owner, stage=Stage.STOPPED)
    with reading(world.actor(Role.ADVISER)) as work:
        board = board_cards(work, ALL)
    assert {stage: [card.id for card in cards] for stage, cards in board.items()} == {
        Stage.ANALYSIS: [old.id, new.id]
    }


def test_a_column_stops_at_its_limit_and_the_list_has_the_rest(world: World) -> None:
    for day in range(5):
        make_case(world.employer_a, world.users[Role.ADVISER], stage_since=TODAY - timedelta(days=day))
    with reading(world.actor(Role.ADVISER)) as work:
        assert len(board_cards(work, ALL, per_stage=3)[Stage.SIGNAL]) == 3
        assert len(stage_list(work, ALL, Stage.SIGNAL)) == 5
        assert stage_list(work, ALL, Stage.SIGNAL, page=2) == []


def test_sums_count_cases_once_and_only_hours_that_can_be_released(world: World) -> None:
    case = make_case(world.employer_a, world.users[Role.ADVISER])
    make_task(case, "4.5")
    make_task(case, "8", releasable=Releasable.NO)
    make_task(case, "2.5", releasable=Releasable.WITH_CHANGE)
    make_case(world.employer_b, world.users[Role.ADVISER])
    with reading(world.actor(Role.ADVISER)) as work:
        assert stage_sums(work, ALL) == {Stage.SIGNAL: StageSum(2, 7)}


def test_the_board_can_show_my_cases_or_one_municipality(world: World) -> None:
    mine = make_case(world.employer_a, world.users[Role.ADVISER])
    there = make_employer(key(world.region), municipality_id=key(world.municipality))
    hers = make_case(there, world.users[Role.ACCOUNT_MANAGER])
    own = BoardFilter(owner_id=world.users[Role.ADVISER].id)
    near = BoardFilter(municipality_id=world.municipality.id)
    with reading(world.actor(Role.ADVISER)) as work:
        assert [card.id for card in board_cards(work, own)[Stage.SIGNAL]] == [mine.id]
        assert [card.id for card in board_cards(work, near)[Stage.SIGNAL]] == [hers.id]
        assert [card.id for card in stage_list(work, near, Stage.SIGNAL)] == [hers.id]
        assert stage_sums(work, near) == {Stage.SIGNAL: StageSum(1, 0)}


def test_a_partner_sees_cases_at_shared_employers_only(world: World) -> None:
    shared = make_case(world.employer_a, world.users[Role.ADVISER])
    make_case(world.employer_b, world.users[Role.ADVISER])
    with reading(world.actor(Role.PARTNER)) as work:
        assert [card.id for card in board_cards(work, ALL)[Stage.SIGNAL]] == [shared.id]
        assert stage_sums(work, ALL)[Stage.SIGNAL].cases == 1


def test_an_employer_sees_no_cases_about_itself(world: World) -> None:
    make_case(world.employer_a, world.users[Role.ADVISER])
    with reading(world.actor(Role.EMPLOYER)) as work:
        assert board_cards(work, ALL) == {}
        assert stage_sums(work, ALL) == {}
        assert cases_of_employer(work, key(world.employer_a)) == []


def test_recent_signals_are_those_of_my_employers(world: World) -> None:
    holder = world.users[Role.ACCOUNT_MANAGER]
    held = make_employer(key(world.region), "Bakkerij Smit", holder_id=key(holder))
    mine = make_case(held, world.users[Role.ADVISER], opened_on=TODAY - timedelta(days=2))
    make_case(held, world.users[Role.ADVISER], opened_on=TODAY - timedelta(days=9))
    other = make_case(world.employer_a, world.users[Role.ADVISER])
    week = TODAY - timedelta(days=7)
    with reading(world.actor(Role.ACCOUNT_MANAGER)) as work:
        assert [case.id for case in recent_signals(work, week, key(holder))] == [mine.id]
        assert [case.id for case in recent_signals(work, week)] == [other.id, mine.id]


@pytest.mark.parametrize("number", [3, 60])
def test_questions_do_not_grow_with_the_answers(lite_world: World, number: int) -> None:
    owner = lite_world.users[Role.ADVISER]
    cases = [make_case(lite_world.employer_a, owner) for _ in range(number)]
    for _ in range(number):
        make_task(cases[0])
    with reading(lite_world.actor(Role.ADVISER)) as work:
        for ask, most in [
            (lambda: board_cards(work, ALL, per_stage=100), 1),
            (lambda: stage_sums(work, ALL), 2),
            (lambda: stage_list(work, ALL, Stage.SIGNAL), 1),
            (lambda: cases_of_employer(work, key(lite_world.employer_a)), 1),
            (lambda: case_page(work, key(cases[0])), 4),
        ]:
            with statements() as queries:
                ask()
            assert len(queries) == most
