"""Nothing about a few people follows from two published versions: worked examples, and an attacker."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import highspy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crm.sroi.rules.small_numbers import (
    EXISTING,
    OWN_FILE,
    PEOPLE,
    SMALL,
    TOGETHER,
    Cell,
    Part,
    Profile,
    hidden_cells,
    place,
)
from crm.sroi.rules.versions import Earlier, hidden_beside
from tests.sroi.test_rules_small_numbers import COUNTS, Table, cells_of, people_of

A, B, C = 1, 2, 3
ALL_PARTS: tuple[Part, ...] = (PEOPLE, OWN_FILE, EXISTING)


def people(*by_authority: int, own: int = 0) -> list[Profile]:
    """So many people of each authority; the first `own` of each come from the own file."""
    return [
        Profile(frozenset({group}), frozenset({OWN_FILE} if one < own else ()))
        for group, number in enumerate(by_authority, 1)
        for one in range(number)
    ]


def told(found: list[Profile], groups: int, *cells: Cell) -> Earlier:
    """What a figure told: these cells, as far as one version allows."""
    return Earlier(tuple(found), frozenset(cells) - hidden_cells(found, groups))


def whole(groups: int) -> list[Cell]:
    return [(group, part) for group in range(groups + 1) for part in ALL_PARTS]


def hidden_people(now: list[Profile], groups: int, *formers: Earlier) -> list[int]:
    hidden = hidden_beside(now, groups, hidden_cells(now, groups), formers)
    return sorted(group for group, part in hidden if part == PEOPLE)


class TestExamples:
    def test_two_people_more_in_the_next_version_are_not_told(self) -> None:
        before = told(people(20), 1, *whole(1))
        assert hidden_people(people(22), 1, before) == [TOGETHER, A]

    def test_five_people_more_are_told_and_so_is_nobody(self) -> None:
        before = told(people(20), 1, *whole(1))
        assert hidden_people(people(25), 1, before) == []
        assert hidden_people(people(20), 1, before) == []

    def test_two_people_fewer_are_not_told_either(self) -> None:
        assert hidden_people(people(18), 1, told(people(20), 1, *whole(1))) == [TOGETHER, A]

    def test_beside_a_version_that_told_too_much_nothing_is_told(self) -> None:
        # Twenty together of whom eighteen of A: two of B, whatever is hidden now.
        before = Earlier(tuple(people(18, 2)), frozenset({(TOGETHER, PEOPLE), (A, PEOPLE)}))
        assert hidden_people(people(30, 20), 2, before) == [TOGETHER, A, B]

    def test_a_third_version_is_laid_beside_the_first_as_well(self) -> None:
        # 20, then 26, then 21: the last is five fewer than the second, and one more than the first.
        formers = told(people(20), 1, *whole(1)), told(people(26), 1, *whole(1))
        assert hidden_people(people(21), 1, formers[1]) == []
        assert hidden_people(people(21), 1, *formers) == [TOGETHER, A]

    def test_a_few_of_one_authority_do_not_follow_from_all_together(self) -> None:
        # Together 12 more, of A 10 more: so of B 2 more, though no version tells of B apart.
        before = told(people(20, 20), 2, *whole(2))
        assert B in hidden_people(people(30, 22), 2, before)
        assert TOGETHER in hidden_people(people(30, 22), 2, before)

    def test_the_figure_of_one_authority_is_laid_beside_that_of_the_region(self) -> None:
        # In July the region told 40 of A and B; in October A alone would tell 22, and in July that was 20.
        before = told(people(20, 20), 2, *whole(2))
        assert A in hidden_people(people(22, 20), 2, before)

    def test_a_part_that_changes_by_a_few_is_hidden_and_the_people_are_not(self) -> None:
        before = told(people(40, own=10), 1, *whole(1))
        hidden = hidden_beside(people(40, own=12), 1, hidden_cells(people(40, own=12), 1), [before])
        assert (A, OWN_FILE) in hidden
        assert (A, PEOPLE) not in hidden

    def test_who_knows_one_authority_learns_no_few_of_the_others(self) -> None:
        # The people of B and C changed by one each; who knows A would find the two of them in the total.
        before = told(people(20, 20, 20), 3, (TOGETHER, PEOPLE))
        assert TOGETHER in hidden_people(people(30, 21, 21), 3, before)


@st.composite
def versions(draw: st.DrawFn) -> tuple[Table, Table]:
    """Two tables of the same authorities and places: the second is the first with some changes."""
    rows, columns = draw(st.sampled_from([(1, 3), (2, 2), (2, 3), (3, 2), (3, 3)]))
    line = st.lists(COUNTS, min_size=columns, max_size=columns)
    first = draw(st.lists(line, min_size=rows, max_size=rows))
    step = st.lists(st.sampled_from([0, 0, 0, 1, 2, 5, 6, 8, -1, -5]), min_size=columns, max_size=columns)
    steps = draw(st.lists(step, min_size=rows, max_size=rows))
    second = [
        [max(0, one + more) for one, more in zip(row, its, strict=True)]
        for row, its in zip(first, steps, strict=True)
    ]
    return [[*row, 0] for row in first], [[*row, 0] for row in second]


def shown_of(table: Table, hidden: Iterable[Cell]) -> set[Cell]:
    cells = cells_of(table)
    empty = {group for (group, part), (number, _its) in cells.items() if part == PEOPLE and not number}
    kept = set(cells) - set(hidden)
    return {cell for cell in kept if cell[0] in empty or cells[cell][0] >= SMALL}


def reach(
    tables: tuple[Table, Table], shown: tuple[set[Cell], set[Cell]], cell: Cell
) -> list[tuple[int, int]]:
    """Return between what the count then, now and the difference lie for who solves all that is shown."""
    found = []
    for signs in ((1, 0), (0, 1), (-1, 1)):
        ends = []
        for way in ("minimize", "maximize"):
            solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
            solver.silent()
            total: Any = 0
            for table, told_cells, sign in zip(tables, shown, signs, strict=True):
                fields = [[solver.addIntegral(lb=0, ub=500) for _ in row] for row in table]
                cells = cells_of(table)
                for known in told_cells:
                    number, its = cells[known]
                    solver.addConstr(sum(fields[row][column] for row, column in its) == number)
                total = total + sign * sum(fields[row][column] for row, column in cells[cell][1])
            getattr(solver, way)(total)
            ends.append(round(solver.getObjectiveValue()))
        found.append((ends[0], ends[1]))
    return found


@given(versions())
@settings(max_examples=8, deadline=None)
@example(([[20, 20, 0]], [[22, 20, 0]]))
@example(([[20, 9, 0], [3, 6, 0]], [[20, 9, 0], [9, 6, 0]]))
def test_no_few_people_follow_from_two_versions(tables: tuple[Table, Table]) -> None:
    first, second = tables
    groups = len(first)
    before = shown_of(first, hidden_cells(people_of(first), groups))
    alone = hidden_cells(people_of(second), groups)
    hidden = hidden_beside(
        people_of(second), groups, alone, [Earlier(tuple(people_of(first)), frozenset(before))]
    )
    shown = before, shown_of(second, hidden)
    assert alone <= hidden
    for cell in cells_of(first):
        was, is_now = cells_of(first)[cell][0], cells_of(second)[cell][0]
        then, now, change = reach(tables, shown, cell)
        assert cell in shown[0] or not 0 < was < SMALL or then[1] >= SMALL
        assert cell in shown[1] or not 0 < is_now < SMALL or now[1] >= SMALL
        assert not 0 < abs(is_now - was) < SMALL or change[0] <= -SMALL or change[1] >= SMALL


def test_places_that_no_version_told_count_as_one() -> None:
    # The first version told of place 1 alone: what came at the other two together is a few.
    first: Table = [[20, 9, 9, 0]]
    second: Table = [[30, 10, 11, 0]]
    before = Earlier(tuple(people_of(first)), frozenset({(A, PEOPLE), (A, place(1))}))
    hidden = hidden_beside(people_of(second), 1, hidden_cells(people_of(second), 1), [before])
    assert not {(A, PEOPLE), (A, place(1))} <= shown_of(second, hidden)
