"""Which counts of people may be shown: none under five, and none from which such a count follows.

A count under five can point at somebody ("kleine aantallen"). Hiding that count alone is not enough: a total
minus the others tells it all the same, and whoever works for one authority knows that one's people and can
take them off too. So as many others are hidden as that takes (complementary suppression), over all the tables
that can be asked for: by authority, by own file, by staff and by district.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

SMALL = 5
"""From this number of people a count is shown."""

PEOPLE, OWN_FILE, EXISTING = "people", "own_file", "existing"
TOGETHER = 0
"""The group of all authorities together; the authorities themselves count from 1."""

Part = str | tuple[str, int | None]
Cell = tuple[int, Part]


@dataclass(frozen=True)
class Profile:
    """What the tables tell of a person: in which groups, and in which part of each table."""

    groups: frozenset[int]
    parts: frozenset[Part]


@dataclass(frozen=True)
class _Line:
    """A total and the cells that add up to it; `columns` is how many numbers of a cell do so."""

    total: Cell
    cells: tuple[Cell, ...]
    columns: int
    is_by_place: bool


def place(municipality_id: int | None) -> Part:
    """Return the part of people at employers in a municipality; None is for those without one."""
    return ("place", municipality_id)


class Counts:
    """How many people each cell holds, beside the rest of its group."""

    def __init__(self, people: Iterable[Profile]) -> None:
        self._people: Counter[Cell] = Counter()
        for profile, number in Counter(people).items():
            for group in {TOGETHER, *profile.groups}:
                for part in {PEOPLE, *profile.parts}:
                    self._people[group, part] += number

    def of(self, cell: Cell) -> tuple[int, ...]:
        """Return the number of people in a cell, and for a part of a group the rest of that group."""
        group, part = cell
        number = self._people[cell]
        return (number,) if part == PEOPLE else (number, self._people[group, PEOPLE] - number)

    def is_empty(self, group: int) -> bool:
        """Return whether nobody is in a group: that is no secret."""
        return not self._people[group, PEOPLE]


def hidden_cells(
    people: Sequence[Profile], groups: int, insiders: Iterable[frozenset[int]] = ()
) -> frozenset[Cell]:
    """Return which cells of all tables have to stay hidden, for this many authorities.

    `insiders` are the sets of authorities whose people somebody knows; each single one is among them always.
    """
    counts = Counts(people)
    sets = {*insiders, *(frozenset({group}) for group in range(1, groups + 1))}
    without = [
        (known, Counts(one for one in people if not one.groups & known)) for known in sorted(sets, key=sorted)
    ]
    places = {part for one in people for part in one.parts if isinstance(part, tuple)} | {place(None)}
    parts: list[Part] = [PEOPLE, OWN_FILE, EXISTING, *sorted(places, key=str)]
    filled = [group for group in range(groups + 1) if not counts.is_empty(group)]
    hidden = {(group, part) for group in filled for part in parts if min(counts.of((group, part))) < SMALL}
    lines = list(_lines(parts, filled))
    size = -1
    while size < len(hidden):
        size = len(hidden)
        for line in lines:
            _protect(line, hidden, counts, without)
        hidden |= {(group, part) for group in filled if (group, PEOPLE) in hidden for part in parts}
    return frozenset(hidden)


def _lines(parts: Sequence[Part], filled: Sequence[int]) -> Iterator[_Line]:
    authorities = [group for group in filled if group != TOGETHER]
    for part in parts:
        cells = tuple((group, part) for group in authorities)
        yield _Line((TOGETHER, part), cells, 1 if part == PEOPLE else 2, is_by_place=False)
    places = [part for part in parts if isinstance(part, tuple)]
    for group in filled:
        yield _Line((group, PEOPLE), tuple((group, part) for part in places), 1, is_by_place=True)


Without = Sequence[tuple[frozenset[int], Counts]]


def _protect(line: _Line, hidden: set[Cell], counts: Counts, without: Without) -> None:
    """Hide the smallest cells that are shown until nothing small follows, or else the total alone."""
    others = [cell for cell in line.cells if cell not in hidden and any(counts.of(cell)[: line.columns])]
    others.sort(key=lambda cell: (sum(counts.of(cell)[: line.columns]), str(cell)))
    for number in range(len(others) + 1):
        trial = hidden.union(others[:number])
        if _is_safe(line, trial, counts, without):
            hidden |= trial
            return
    hidden.add(line.total)


def _is_safe(line: _Line, hidden: set[Cell], counts: Counts, without: Without) -> bool:
    secret = [cell for cell in line.cells if cell in hidden]
    if line.total in hidden:
        return bool(secret) or not line.cells
    if not secret:
        return True
    if not _are_safe(line, secret, counts):
        return False
    if line.is_by_place and line.total[0] != TOGETHER:
        return True
    return all(
        _are_safe(line, unknown, left)
        for known, left in without
        if (unknown := [cell for cell in secret if cell[0] not in known])
        and any(any(left.of(cell)[: line.columns]) for cell in unknown)
    )


def _are_safe(line: _Line, secret: Sequence[Cell], counts: Counts) -> bool:
    """Return whether nothing small follows from the total and the cells that are not secret."""
    values = [counts.of(cell)[: line.columns] for cell in secret]
    if line.is_by_place and not any(map(any, values)):
        return True
    is_all = line.is_by_place and all(cell in secret or not counts.of(cell)[0] for cell in line.cells)
    several = sum(any(value) for value in values) > 1 or is_all
    return several and all(sum(column) >= SMALL for column in zip(*values, strict=True))
