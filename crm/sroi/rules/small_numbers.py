"""Which counts of people may be shown: none under five, and none from which such a count follows.

A count under five can point at somebody ("kleine aantallen"). Hiding that count alone is not enough: a total
minus the others tells it all the same, and whoever works for one authority knows that one's people and can
take them off too. So as many others are hidden as that takes (complementary suppression), over all the tables
that can be asked for: by authority, by own file, by staff and by district. A count that is shown of one
authority also says that all together are no fewer, which leaves less for the others; so at the end it is
reckoned between which bounds each hidden count lies, and more is hidden until no few follow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from crm.sroi.rules.bounds import Sum, highest

SMALL = 5
"""From this number of people a count is shown."""

PEOPLE, OWN_FILE, EXISTING = "people", "own_file", "existing"
TOGETHER = 0
"""The group of all authorities together; the authorities themselves count from 1."""

Part = str | tuple[str, int | None]
Cell = tuple[int, Part]
Number = tuple[Cell, int]
"""One of the numbers of a cell: 0 for the people in it, 1 for the rest of its group."""


@dataclass(frozen=True)
class Profile:
    """What the tables tell of a person: in which groups, and in which part of each table."""

    groups: frozenset[int]
    parts: frozenset[Part]


@dataclass(frozen=True)
class _Line:
    """A total and the cells that add up to it; `columns` is how many numbers of a cell do so.

    `below` are the groups whose own counts say what each cell is at least.
    """

    total: Cell
    cells: tuple[Cell, ...]
    columns: int
    is_by_place: bool
    below: tuple[int, ...] = ()


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
    lines, sums = list(_lines(parts, filled)), list(sums_of(parts, filled, counts))
    size = -1
    while size < len(hidden):
        size = len(hidden)
        for line in lines:
            _protect(line, hidden, counts, without)
        hidden |= {(group, part) for group in filled if (group, PEOPLE) in hidden for part in parts}
        if size == len(hidden):
            hide_by_bounds(sums, hidden, counts)
    return frozenset(hidden)


def _lines(parts: Sequence[Part], filled: Sequence[int]) -> Iterator[_Line]:
    authorities = [group for group in filled if group != TOGETHER]
    for part in parts:
        cells = tuple((group, part) for group in authorities)
        yield _Line((TOGETHER, part), cells, 1 if part == PEOPLE else 2, is_by_place=False)
    places = [part for part in parts if isinstance(part, tuple)]
    # All together come last: what their line hides depends on what is shown of each authority.
    for group in reversed(filled):
        cells = tuple((group, part) for part in places)
        below = tuple(authorities) if group == TOGETHER else ()
        yield _Line((group, PEOPLE), cells, 1, is_by_place=True, below=below)


Without = Sequence[tuple[frozenset[int], Counts]]


def _protect(line: _Line, hidden: set[Cell], counts: Counts, without: Without) -> None:
    """Hide the smallest cells that are shown until nothing small follows, or else the total alone."""
    others = _shown(line.cells, line.columns, hidden, counts)
    others += _shown(
        ((group, part) for group in line.below for _all, part in line.cells), line.columns, hidden, counts
    )
    for number in range(len(others) + 1):
        trial = hidden.union(others[:number])
        if _is_safe(line, trial, counts, without):
            hidden |= trial
            return
    hidden.add(line.total)


def _shown(cells: Iterable[Cell], columns: int, hidden: set[Cell], counts: Counts) -> list[Cell]:
    """Return the cells that are shown and not empty, the smallest first."""
    found = [cell for cell in cells if cell not in hidden and any(counts.of(cell)[:columns])]
    return sorted(found, key=lambda cell: (sum(counts.of(cell)[:columns]), str(cell)))


def _is_safe(line: _Line, hidden: set[Cell], counts: Counts, without: Without) -> bool:
    secret = [cell for cell in line.cells if cell in hidden]
    if line.total in hidden:
        return bool(secret) or not line.cells
    if not secret:
        return True
    if not _are_safe(line, secret, hidden, counts):
        return False
    if line.is_by_place and line.total[0] != TOGETHER:
        return True
    return all(
        _are_safe(line, unknown, hidden, left)
        for known, left in without
        if (unknown := [cell for cell in secret if cell[0] not in known])
        and any(any(left.of(cell)[: line.columns]) for cell in unknown)
    )


def _are_safe(line: _Line, secret: Sequence[Cell], hidden: set[Cell], counts: Counts) -> bool:
    """Return whether nothing small follows from the total and the cells that are not secret."""
    values = [counts.of(cell)[: line.columns] for cell in secret]
    if line.is_by_place and not any(map(any, values)):
        return True
    is_all = line.is_by_place and all(cell in secret or not counts.of(cell)[0] for cell in line.cells)
    several = sum(any(value) for value in values) > 1 or is_all
    known = sum(_at_least(line, cell[1], hidden, counts) for cell in secret)
    return several and all(sum(column) - known >= SMALL for column in zip(*values, strict=True))


def _at_least(line: _Line, part: Part, hidden: set[Cell], counts: Counts) -> int:
    """Return the largest count that is shown of one authority: all together are no fewer."""
    return max(
        (counts.of((group, part))[0] for group in line.below if (group, part) not in hidden), default=0
    )


def sums_of(parts: Sequence[Part], filled: Sequence[int], counts: Counts) -> Iterator[Sum[Number]]:
    """Return how the numbers of all tables add up, those that are hidden among them."""
    places = [part for part in parts if isinstance(part, tuple)]
    for group in filled:
        people = ((group, PEOPLE), 0)
        yield _sum(people, [((group, part), 0) for part in places], counts)
        for part in parts[1:]:
            yield _sum(people, [((group, part), 0), ((group, part), 1)], counts)
    for part in parts:
        for column in (0,) if part == PEOPLE else (0, 1):
            cells = [((group, part), column) for group in filled if group != TOGETHER]
            if cells:
                yield _sum(((TOGETHER, part), column), cells, counts)


def _sum(total: Number, parts: Sequence[Number], counts: Counts) -> Sum[Number]:
    together = sum(_value(number, counts) for number in parts)
    return Sum(total, tuple(parts), together - _value(total, counts))


def _value(number: Number, counts: Counts) -> int:
    cell, column = number
    return counts.of(cell)[column]


def hide_by_bounds(sums: Sequence[Sum[Number]], hidden: set[Cell], counts: Counts) -> None:
    """Hide one cell more while a few people follow from bounds: the smallest that prevents it, or that is."""
    values = {name: _value(name, counts) for one in sums for name in (one.total, *one.parts)}
    few = [name for name, value in values.items() if name[0] in hidden and 0 < value < SMALL]
    high = _highest(sums, hidden, values)
    exposed = next((name for name in few if high[name] < SMALL), None)
    if exposed is None:
        return
    (_group, part), _column = exposed
    beside = {cell for cell, _column in values if cell[1] != place(None) and _is_beside(part, cell[1])}
    others = _shown(beside, 1, hidden, counts)
    others.sort(key=lambda cell: cell[1] == PEOPLE)
    helpful = (cell for cell in others if _highest(sums, hidden | {cell}, values)[exposed] >= SMALL)
    hidden.add(next(helpful, others[0]))


def _highest(
    sums: Sequence[Sum[Number]], hidden: set[Cell], values: Mapping[Number, int]
) -> dict[Number, float]:
    # Nobody can ask for the people at employers without a municipality, so their number is never shown.
    shown = {
        name: value for name, value in values.items() if name[0] not in hidden and name[0][1] != place(None)
    }
    return highest(sums, shown)


def _is_beside(part: Part, other: Part) -> bool:
    """Return whether two parts are of one table, or one of them is all people."""
    both_places = isinstance(part, tuple) and isinstance(other, tuple)
    return both_places or part == other or PEOPLE in (part, other)
