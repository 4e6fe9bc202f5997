"""No small count of people follows from counts that are shown, also not from all tables reckoned together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import highspy
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crm.sroi.rules.bounds import Sum, highest
from crm.sroi.rules.small_numbers import (
    PEOPLE,
    SMALL,
    TOGETHER,
    Cell,
    Counts,
    Part,
    Profile,
    hidden_cells,
    hide_by_bounds,
    place,
    sums_of,
)

Table = list[list[int]]
"""The people of each authority (rows) at employers in each municipality (columns); the last has none."""
OF_4: Table = [[6, 0, 7, 0, 0], [7, 0, 1, 0, 0], [9, 2, 9, 12, 0]]
"""The 12 in the last row say that all together are 12 or more there: of 14 that leaves 2 for the others."""
FOUND: tuple[Table, ...] = (
    OF_4,
    [[15, 0, 6, 0, 0], [4, 1, 2, 5, 0], [2, 7, 5, 3, 0]],
    [[12, 15, 3, 7, 0], [3, 2, 0, 0, 0], [15, 7, 15, 1, 0]],
)
COUNTS = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 15])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    authorities, places = draw(st.sampled_from([(1, 3), (2, 3), (3, 3), (3, 4), (4, 3)]))
    rows = draw(
        st.lists(
            st.lists(COUNTS, min_size=places + 1, max_size=places + 1),
            min_size=authorities,
            max_size=authorities,
        )
    )
    return rows if draw(st.booleans()) else [[*row[:-1], 0] for row in rows]


def places_of(table: Table) -> list[Part]:
    return [*map(place, range(1, len(table[0]))), place(None)]


def people_of(table: Table) -> list[Profile]:
    return [
        Profile(frozenset({group}), frozenset({part}))
        for group, row in enumerate(table, 1)
        for part, number in zip(places_of(table), row, strict=True)
        for _one in range(number)
    ]


def cells_of(table: Table) -> dict[Cell, tuple[int, list[tuple[int, int]]]]:
    """Return each count that can be asked for, with the fields of the table that it is the sum of."""
    found: dict[Cell, tuple[int, list[tuple[int, int]]]] = {}
    columns = [(PEOPLE, range(len(table[0]))), *((part, [at]) for at, part in enumerate(places_of(table)))]
    for group in range(len(table) + 1):
        rows = range(len(table)) if group == TOGETHER else [group - 1]
        for part, wanted in columns:
            fields = [(row, column) for row in rows for column in wanted]
            found[group, part] = sum(table[row][column] for row, column in fields), fields
    return {cell: told for cell, told in found.items() if cell[1] != place(None)}


def most(table: Table, shown: Iterable[Cell], asked: Cell) -> int:
    """Return the highest number that a count can be for who knows those that are shown."""
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    cells = cells_of(table)
    fields = [[solver.addIntegral(lb=0, ub=500) for _ in row] for row in table]
    for cell in shown:
        number, its = cells[cell]
        solver.addConstr(sum(fields[row][column] for row, column in its) == number)
    solver.maximize(sum(fields[row][column] for row, column in cells[asked][1]))
    found: float = solver.getObjectiveValue()
    return round(found)


@given(tables())
@settings(max_examples=40, deadline=None)
@example(FOUND[0])
@example(FOUND[1])
@example(FOUND[2])
def test_no_few_people_follow_from_all_that_is_shown(table: Table) -> None:
    hidden = hidden_cells(people_of(table), len(table))
    cells = cells_of(table)
    empty = {group for (group, part), (number, _its) in cells.items() if part == PEOPLE and not number}
    shown = [cell for cell in cells if cell not in hidden and (cell[0] in empty or cells[cell][0] >= SMALL)]
    for cell, (number, _its) in cells.items():
        if 0 < number < SMALL:
            assert cell in hidden
            assert most(table, shown, cell) >= SMALL


@pytest.mark.parametrize("table", FOUND)
def test_the_people_of_all_together_stay_shown(table: Table) -> None:
    assert (TOGETHER, PEOPLE) not in hidden_cells(people_of(table), len(table))


def test_what_gives_a_few_away_by_bounds_hides() -> None:
    # Hidden: whatever is under five, and what protects that in its own row and column.
    counts = Counts(people_of(OF_4))
    parts: list[Part] = [PEOPLE, *places_of(OF_4)]
    shown = {(0, PEOPLE), (1, PEOPLE), (2, PEOPLE), (3, PEOPLE), (0, place(1)), (0, place(3)), (3, place(4))}
    cells = {(group, part) for group in range(4) for part in parts}
    sums = list(sums_of(parts, range(4), counts))
    hidden = cells - shown
    hide_by_bounds(sums, hidden, counts)
    assert cells - hidden == shown - {(3, place(4))}
    hide_by_bounds(sums, hidden, counts)
    assert cells - hidden == shown - {(3, place(4))}


@pytest.mark.parametrize(
    ("sums", "known", "expected"),
    [
        # 14 in two places, of which one has 12 of one authority alone.
        (
            [Sum("all", ("here", "there")), Sum("there", ("a", "b"))],
            {"all": 14, "a": 12},
            {"here": 2, "there": 14, "b": 2},
        ),
        # Of two authorities with 3 people in common nobody has more than all together.
        ([Sum("all", ("a", "b"), 3)], {"all": 10, "a": 6}, {"b": 7}),
        ([Sum("all", ("a", "b"), 3)], {"all": 10}, {"a": 10, "b": 10}),
        # A part that is unknown leaves the total open, and what is known of the total no other part.
        ([Sum("all", ("a", "b"))], {"a": 6}, {"all": float("inf"), "b": float("inf")}),
        ([Sum("all", ("a", "b"))], {"a": 6, "b": 1}, {"all": 7}),
    ],
)
def test_the_highest_that_a_count_can_be(
    sums: list[Sum[str]], known: dict[str, int], expected: dict[str, float]
) -> None:
    found = highest(sums, known)
    assert {name: found[name] for name in expected} == expected
