"""The whole network in memory, in a few columns: who is tied to whom, and when we last spoke with each.

An employer is its id; a party that is no employer is its id with a minus sign.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush
from itertools import accumulate
from typing import NamedTuple

from crm.network.rules import acquainted_since
from crm.network.settings import KINDS, Kind, settings

NEVER = 0
_ENOUGH = 12


class Link(NamedTuple):
    """A tie between two parties, told from the first; without a kind the first brought the second into the
    network.
    """

    from_id: int
    to_id: int
    kind: Kind


@dataclass(frozen=True)
class Step:
    """A link as a path walks it: `forward` when it goes the way the link is told."""

    link: Link
    forward: bool

    @property
    def to_id(self) -> int:
        """The party that this step arrives at."""
        return self.link.to_id if self.forward else self.link.from_id


@dataclass(frozen=True)
class Route:
    """The steps from somebody we know to the one we want to meet, and what they cost together (points)."""

    from_id: int
    steps: tuple[Step, ...]
    points: int


class Node(NamedTuple):
    """A party as the network holds it; `region_id` is the boundary of who may see it."""

    id: int
    region_id: int
    last_spoken_on: date | None = None


class Graph:
    """Ties in rows: the neighbours of a place stand together. Five bytes for each end of a tie.

    It never changes once it is made, so that any number of visitors can walk it at once.
    """

    def __init__(self, nodes: Iterable[Node], links: Iterable[Link]) -> None:
        """Hold these nodes and those links that have both ends among them."""
        found = sorted(nodes, key=lambda node: node.id)
        self.ids = array("q", (node.id for node in found))
        self.regions = array("i", (node.region_id for node in found))
        self.spoken = array("i", (_ordinal(node.last_spoken_on) for node in found))
        places = {node_id: place for place, node_id in enumerate(self.ids)}
        codes = {kind: code for code, kind in enumerate(KINDS)}
        ends = [
            (places[link.from_id], places[link.to_id], codes[link.kind])
            for link in links
            if link.from_id in places and link.to_id in places
        ]
        self._fill(ends)

    def _fill(self, ends: Sequence[tuple[int, int, int]]) -> None:
        """Put both directions of every link in rows; a step back has its code below zero."""
        counts = [0] * (len(self.ids) + 1)
        for one, other, _code in ends:
            counts[one + 1] += 1
            counts[other + 1] += 1
        self.offsets = array("i", accumulate(counts))
        self.heads, self.codes = array("i", bytes(8 * len(ends))), array("b", bytes(2 * len(ends)))
        free = array("i", self.offsets)
        for one, other, code in ends:
            for here, there, told in ((one, other, code + 1), (other, one, -code - 1)):
                self.heads[free[here]] = there
                self.codes[free[here]] = told
                free[here] += 1

    def __len__(self) -> int:
        """Return how many parties it holds."""
        return len(self.ids)

    @property
    def ties(self) -> int:
        """How many ties it holds."""
        return len(self.heads) // 2

    @property
    def megabytes(self) -> float:
        """How much memory its columns take."""
        columns = (self.ids, self.regions, self.spoken, self.offsets, self.heads, self.codes)
        return sum(column.itemsize * len(column) for column in columns) / 2**20

    def place(self, party_id: int) -> int | None:
        """Return where a party stands in the columns; None when it is not in the network."""
        at = bisect_left(self.ids, party_id)
        return at if at < len(self.ids) and self.ids[at] == party_id else None

    def neighbours(self, place: int) -> Iterator[tuple[int, int]]:
        """Yield the place and the code of every neighbour, what was told last first."""
        for at in reversed(range(self.offsets[place], self.offsets[place + 1])):
            yield self.heads[at], self.codes[at]

    def links_of(self, place: int) -> Iterator[Link]:
        """Yield the links of a party as they are told."""
        here = self.ids[place]
        for head, code in self.neighbours(place):
            there = self.ids[head]
            kind = KINDS[abs(code) - 1]
            yield Link(here, there, kind) if code > 0 else Link(there, here, kind)

    def routes_to(
        self, target_id: int, regions: Collection[int] | None, today: date, enough: int = _ENOUGH
    ) -> list[Route]:
        """Return the warmest routes to a party from those we spoke with in the last two years, warmest first.

        A route costs the points of its ties, and one point for every so many days since we last spoke with
        whom it begins with. Only parties of these regions are walked (None for all of them), and no further
        than an introduction carries; the search stops once nothing warmer can follow.
        """
        start = self.place(target_id)
        if start is None or not self.is_in(start, regions):
            return []
        points, beyond = settings().code_points, settings().most_points + 1
        heads, codes, offsets, spoken = self.heads, self.codes, self.offsets, self.spoken
        region_of = self.regions
        since = acquainted_since(today).toordinal()
        reached, came, done = {start: 0}, dict[int, tuple[int, int]](), set[int]()
        queue, found = [(0, start)], list[tuple[int, int, int]]()
        while queue:
            cost, here = heappop(queue)
            if here in done:
                continue
            if len(found) >= enough and cost > found[enough - 1][0]:
                break
            done.add(here)
            if spoken[here] >= since:
                found.append((cost + self._age(here, today), cost, here))
                found.sort()
            for at in range(offsets[here], offsets[here + 1]):
                there, code = heads[at], codes[at]
                total = cost + points[abs(code) - 1]
                if total >= reached.get(there, beyond) or (regions and region_of[there] not in regions):
                    continue
                reached[there] = total
                came[there] = here, code
                heappush(queue, (total, there))
        return [Route(self.ids[here], self._steps(came, here), cost) for _, cost, here in found[:enough]]

    def _age(self, place: int, today: date) -> int:
        return max(0, today.toordinal() - self.spoken[place]) // settings().days_per_point

    def is_in(self, place: int, regions: Collection[int] | None) -> bool:
        """Return whether a party lies in one of these regions; None stands for all of them."""
        return regions is None or self.regions[place] in regions

    def _steps(self, came: dict[int, tuple[int, int]], here: int) -> tuple[Step, ...]:
        """Return the steps towards the target; they were found from it, so each is walked the other way."""
        steps = []
        while here in came:
            there, code = came[here]
            one, other, kind = self.ids[there], self.ids[here], KINDS[abs(code) - 1]
            told_from_there = code > 0
            link = Link(one, other, kind) if told_from_there else Link(other, one, kind)
            steps.append(Step(link, forward=not told_from_there))
            here = there
        return tuple(steps)


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else NEVER
