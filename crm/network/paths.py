"""Who can introduce us: the warmest way from a colleague, through employers, to the one we want to meet.

Works on facts that it is handed: who knows whom, and how employers are linked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Protocol

import networkx as nx

from crm.network.rules import TieKind

COSTS: Mapping[TieKind | None, int] = {
    TieKind.SAME_CONCERN: 10,
    None: 12,
    TieKind.PERSON_MOVED: 12,
    TieKind.REFERRAL: 15,
    TieKind.SUPPLIER: 15,
    TieKind.SUBCONTRACTOR: 15,
    TieKind.NEIGHBOUR: 20,
    TieKind.BRANCH_ASSOCIATION: 25,
}
_DAYS_PER_POINT = 73


class Acquaintance(Protocol):
    """A colleague who spoke with somebody at an employer, and when for the last time."""

    @property
    def user_id(self) -> int:
        """The colleague."""

    @property
    def user(self) -> str:
        """The colleague's name."""

    @property
    def person(self) -> str:
        """The contact person's name."""

    @property
    def employer_id(self) -> int:
        """Where that person works."""

    @property
    def last_spoken_on(self) -> date:
        """When they last spoke."""


@dataclass(frozen=True)
class Link:
    """A tie between two employers, told from the first; without a kind the first brought the second into the
    network.
    """

    from_id: int
    to_id: int
    kind: TieKind | None


@dataclass(frozen=True)
class Step:
    """A link as a path walks it: `forward` when it goes the way the link is told."""

    link: Link
    forward: bool

    @property
    def to_id(self) -> int:
        """The employer that this step arrives at."""
        return self.link.to_id if self.forward else self.link.from_id


@dataclass(frozen=True)
class Introduction:
    """A way in: a colleague, whom they know, and the steps from there to the employer."""

    acquaintance: Acquaintance
    steps: tuple[Step, ...]
    cost: int

    @property
    def is_direct(self) -> bool:
        """Whether the colleague knows somebody at the employer itself."""
        return not self.steps


def ways_in(
    target_id: int,
    acquaintances: Iterable[Acquaintance],
    links: Sequence[Link],
    today: date,
    most: int = 3,
) -> list[Introduction]:
    """Return the warmest ways in, at most one for each colleague, direct acquaintances first.

    A way costs points for each tie by its kind, and one more point for every 73 days since the colleague
    and the contact person last spoke (so 10 for two years).
    """
    graph = _graph(target_id, links)
    distances = nx.single_source_dijkstra_path_length(graph, target_id, weight="cost")
    routes = nx.single_source_dijkstra_path(graph, target_id, weight="cost")
    best: dict[int, Introduction] = {}
    for known in acquaintances:
        if known.employer_id not in distances:
            continue
        cost = int(distances[known.employer_id]) + (today - known.last_spoken_on).days // _DAYS_PER_POINT
        way = Introduction(known, _steps(graph, routes[known.employer_id]), cost)
        if known.user_id not in best or _rank(way) < _rank(best[known.user_id]):
            best[known.user_id] = way
    return sorted(best.values(), key=_rank)[:most]


def _rank(way: Introduction) -> tuple[bool, int, int, str, str]:
    known = way.acquaintance
    return not way.is_direct, way.cost, -known.last_spoken_on.toordinal(), known.user, known.person


def _graph(target_id: int, links: Iterable[Link]) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_node(target_id)
    for link in links:
        cost = COSTS[link.kind]
        known = graph.get_edge_data(link.from_id, link.to_id)
        if known is None or cost < known["cost"]:
            graph.add_edge(link.from_id, link.to_id, cost=cost, link=link)
    return graph


def _steps(graph: nx.Graph[int], route: Sequence[int]) -> tuple[Step, ...]:
    """Return the steps of a route that was found from the target, walked towards it."""
    walked = route[::-1]
    steps = []
    for here, there in pairwise(walked):
        link: Link = graph.edges[here, there]["link"]
        steps.append(Step(link, forward=link.from_id == here))
    return tuple(steps)
