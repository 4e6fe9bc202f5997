"""Which counts of people may be shown beside what was published before of the same contracts.

Two versions can be subtracted: 20 people in July and 22 in October say that two people came. So a count stays
hidden when it differs by one to four from an earlier one, and so do as many others as it takes, so that no
such difference follows from the tables of both versions reckoned together: the people of all together came to
twelve more, those of one authority to ten more, and two are left for the others. Neither may a number that
was hidden in one version follow from the other. Differences are signed: people also leave the figures.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from crm.sroi.rules.bounds import Bound, Sum, bounds
from crm.sroi.rules.small_numbers import (
    EXISTING,
    OWN_FILE,
    PEOPLE,
    SMALL,
    TOGETHER,
    Cell,
    Counts,
    Number,
    Part,
    Profile,
    place,
    sums_of,
)

When = Literal["now", "then", "change"]
Named = tuple[When, int, Number]
"""A number now, then (in which earlier figure), or the difference between the two."""


@dataclass(frozen=True)
class Earlier:
    """What was published before: the people that it was counted from, and the cells that it tells."""

    people: tuple[Profile, ...]
    shown: frozenset[Cell]


@dataclass(frozen=True)
class _Tables:
    """The numbers now and then with their differences, how they add up, and which were told before."""

    values: Mapping[Named, int]
    sums: Sequence[Sum[Named]]
    lines: Sequence[Sum[Named]]
    told: frozenset[Named]
    changes: frozenset[Named]


@dataclass(frozen=True)
class _Exposed:
    """A number of a few people, or the few that a line of differences leaves for what is not told of it."""

    cell: Cell
    insider: frozenset[int]
    name: Named | None = None
    line: Sum[Named] | None = None

    def follows(self, tables: _Tables, found: Mapping[Named, Bound]) -> bool:
        """Return whether somebody can work it out who knows what these bounds were made of."""
        if self.name is not None:
            bound, own = found[self.name], self._own(tables, self.name)
            is_near = bound.high - own < SMALL and bound.low - own > -SMALL
            return is_near and self.name not in tables.told and _is_few(tables.values[self.name] - own)
        if self.line is None or found[self.line.total].low != found[self.line.total].high:
            return False
        untold = [part for part in self.line.parts if found[part].low != found[part].high]
        return _is_few(sum(tables.values[part] - self._own(tables, part) for part in untold))

    def _own(self, tables: _Tables, name: Named) -> int:
        """Return how much of a number of all together an insider knows from the own authorities."""
        when, at, ((group, part), column) = name
        if group != TOGETHER:
            return 0
        return sum(tables.values.get((when, at, ((one, part), column)), 0) for one in self.insider)


def _is_few(number: int) -> bool:
    return 0 < abs(number) < SMALL


def hidden_beside(
    people: Sequence[Profile],
    groups: int,
    hidden: Iterable[Cell],
    earlier: Iterable[Earlier],
    insiders: Iterable[frozenset[int]] = (),
) -> frozenset[Cell]:
    """Return which cells have to stay hidden beside the earlier figures: those of `hidden`, and others.

    `insiders` are the sets of authorities whose people somebody knows; each single one is among them always.
    """
    found = set(hidden)
    formers = _merged(earlier)
    if not formers:
        return frozenset(found)
    tables, now = _tables(people, groups, formers), Counts(people)
    found |= {cell for cell in _cells(tables) if _is_small(cell, now)}
    knowing = {frozenset[int](), *insiders, *(frozenset({group}) for group in range(1, groups + 1))}
    ordered = sorted(knowing, key=sorted)
    while (exposed := next(_exposed(tables, found, ordered), None)) is not None:
        cell = _to_hide(tables, found, exposed)
        if cell is None:
            break
        found.add(cell)
        if cell[1] == PEOPLE:
            found |= {part for part in _cells(tables) if part[0] == cell[0]}
    return frozenset(found)


def _is_small(cell: Cell, counts: Counts) -> bool:
    return not counts.is_empty(cell[0]) and min(counts.of(cell)) < SMALL


def _merged(earlier: Iterable[Earlier]) -> list[Earlier]:
    """Return the earlier figures, those that were counted from the same people as one."""
    shown: dict[tuple[Profile, ...], frozenset[Cell]] = {}
    for one in earlier:
        people = tuple(sorted(one.people, key=_order))
        shown[people] = shown.get(people, frozenset()) | one.shown
    return [Earlier(people, cells) for people, cells in shown.items()]


def _order(profile: Profile) -> tuple[list[int], list[str]]:
    return sorted(profile.groups), sorted(map(str, profile.parts))


def _tables(people: Sequence[Profile], groups: int, formers: Sequence[Earlier]) -> _Tables:
    places = {part for one in formers for _group, part in one.shown if isinstance(part, tuple)} - {
        place(None)
    }
    parts: list[Part] = [PEOPLE, OWN_FILE, EXISTING, *sorted(places, key=str), place(None)]
    now = Counts(_grouped(people, places))
    filled = range(groups + 1)
    values, sums, lines = dict[Named, int](), list[Sum[Named]](), list[Sum[Named]]()
    told, changes = set[Named](), set[Named]()
    own = list(sums_of(parts, filled, now))
    numbers = dict.fromkeys(number for one in own for number in (one.total, *one.parts))
    values |= {("now", 0, number): _value(number, now) for number in numbers}
    sums += [_of("now", 0, one) for one in own]
    for at, former in enumerate(formers):
        then = Counts(_grouped(former.people, places))
        before = list(sums_of(parts, filled, then))
        sums += [_of("then", at, one) for one in before]
        lines += [
            _of("change", at, Sum(one.total, one.parts, one.more - was.more))
            for one, was in zip(own, before, strict=True)
        ]
        for number in numbers:
            names: list[Named] = [("now", 0, number), ("then", at, number), ("change", at, number)]
            values[names[1]] = _value(number, then)
            values[names[2]] = values[names[0]] - values[names[1]]
            sums.append(Sum(names[0], (names[1], names[2])))
            changes.add(names[2])
            if number[0] in former.shown:
                told.add(names[1])
    return _Tables(values, [*sums, *lines], lines, frozenset(told), frozenset(changes))


def _grouped(people: Iterable[Profile], places: Collection[Part]) -> Iterator[Profile]:
    """Yield people with all places that no earlier figure tells of as one."""
    for one in people:
        kept = frozenset(part for part in one.parts if not isinstance(part, tuple) or part in places)
        is_placed = any(isinstance(part, tuple) for part in kept)
        yield Profile(one.groups, kept if is_placed else kept | {place(None)})


def _of(when: When, at: int, one: Sum[Number]) -> Sum[Named]:
    return Sum((when, at, one.total), tuple((when, at, part) for part in one.parts), one.more)


def _value(number: Number, counts: Counts) -> int:
    cell, column = number
    return counts.of(cell)[column]


def _cells(tables: _Tables) -> set[Cell]:
    """Return the cells that can be asked for."""
    return {number[0] for when, _at, number in tables.values if when == "now" and number[0][1] != place(None)}


def _known(tables: _Tables, hidden: Collection[Cell], insider: frozenset[int]) -> dict[Named, int]:
    told = {name for name in tables.values if name[0] == "now" and _is_shown(name[2][0], hidden)}
    told |= tables.told | {name for name in tables.values if name[2][0][0] in insider}
    return {name: tables.values[name] for name in told}


def _is_shown(cell: Cell, hidden: Collection[Cell]) -> bool:
    return cell not in hidden and cell[1] != place(None)


def _exposed(
    tables: _Tables, hidden: Collection[Cell], knowing: Sequence[frozenset[int]]
) -> Iterator[_Exposed]:
    """Yield each few people that follow, with whose knowledge: those of the public first."""
    for insider in knowing:
        found = bounds(tables.sums, _known(tables, hidden, insider), tables.changes)
        # What the people of one authority let follow inside one version was weighed when that was made.
        for name in tables.changes if insider else tables.values:
            one = _Exposed(name[2][0], insider, name=name)
            if name[2][0][0] not in insider and one.follows(tables, found):
                yield one
        for line in tables.lines:
            one = _Exposed(line.total[2][0], insider, line=line)
            if one.follows(tables, found):
                yield one


def _to_hide(tables: _Tables, hidden: Collection[Cell], exposed: _Exposed) -> Cell | None:
    """Return the cell itself when it is told now, else the smallest one that helps; None without one."""
    can_be_hidden = _cells(tables) - set(hidden)
    if exposed.cell in can_be_hidden and exposed.name is not None:
        return exposed.cell
    others = sorted(
        (cell for cell in can_be_hidden if _is_beside(exposed.cell[1], cell[1])),
        key=lambda cell: (cell[1] == PEOPLE, tables.values["now", 0, (cell, 0)], str(cell)),
    )
    for cell in others:
        found = bounds(tables.sums, _known(tables, {*hidden, cell}, exposed.insider), tables.changes)
        if not exposed.follows(tables, found):
            return cell
    return others[0] if others else None


def _is_beside(part: Part, other: Part) -> bool:
    both_places = isinstance(part, tuple) and isinstance(other, tuple)
    return both_places or part == other or PEOPLE in (part, other)
