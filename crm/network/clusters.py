"""The map of a network: who belongs together, laid out once, always the same for the same network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

import networkx as nx

from crm.network.graph import Graph

MOST_PARTIES = 1_000
MOST_CLUSTERS = 24
ROWS = 4
_SEED = 2026

Place = tuple[float, float]


@dataclass(frozen=True)
class Cluster:
    """Parties that are tied to each other more than to the rest; the first is tied to most of them."""

    party_ids: tuple[int, ...]
    place: Place


@dataclass(frozen=True)
class Map:
    """Clusters, the largest first, and how many ties run between two of them (by their places in the list).

    `parties` is how many parties have a tie at all; only the thousand best tied are on the map.
    """

    clusters: tuple[Cluster, ...]
    between: tuple[tuple[int, int, int], ...]
    parties: int

    @property
    def shown(self) -> int:
        """How many parties are on the map."""
        return sum(len(cluster.party_ids) for cluster in self.clusters)


@lru_cache(maxsize=8)
def map_of(graph: Graph, regions: frozenset[int] | None) -> Map:
    """Return the map of these regions: at most a thousand parties in at most two dozen clusters."""
    tied = [
        place
        for place in range(len(graph))
        if graph.offsets[place] < graph.offsets[place + 1] and graph.is_in(place, regions)
    ]
    drawn = _drawn(graph, tied)
    found = nx.community.louvain_communities(drawn, seed=_SEED) if len(drawn) else []
    ordered = sorted(found, key=lambda group: (-len(group), min(group)))[:MOST_CLUSTERS]
    between = _between(drawn, ordered)
    places = _layout(len(ordered), between)
    clusters = tuple(
        Cluster(tuple(graph.ids[one] for one in _best_first(drawn, group)), places[number])
        for number, group in enumerate(ordered)
    )
    return Map(clusters, between, len(tied))


def _drawn(graph: Graph, tied: Collection[int]) -> nx.Graph[int]:
    """Return the best tied as a graph that the library can read."""
    best = sorted(tied, key=lambda place: (graph.offsets[place] - graph.offsets[place + 1], place))
    kept = set(best[:MOST_PARTIES])
    drawn: nx.Graph[int] = nx.Graph()
    for place in sorted(kept):
        for head, _code in graph.neighbours(place):
            if head in kept:
                drawn.add_edge(place, head)
    return drawn


def _best_first(drawn: nx.Graph[int], group: Collection[int]) -> list[int]:
    within = {one: sum(other in group for other in drawn[one]) for one in group}
    return sorted(group, key=lambda one: (-within[one], one))


def _between(drawn: nx.Graph[int], groups: list[set[int]]) -> tuple[tuple[int, int, int], ...]:
    of = {one: number for number, group in enumerate(groups) for one in group}
    counted = Counter(
        (min(of[one], of[other]), max(of[one], of[other]))
        for one, other in drawn.edges
        if one in of and other in of and of[one] != of[other]
    )
    return tuple((one, other, count) for (one, other), count in sorted(counted.items()))


def _layout(count: int, between: Collection[tuple[int, int, int]]) -> list[Place]:
    """Return where each cluster stands, in columns and rows so that no name covers another.

    Springs between those with ties say who stands near whom; the columns are then filled from the left.
    """
    drawn: nx.Graph[int] = nx.Graph()
    drawn.add_nodes_from(range(count))
    drawn.add_weighted_edges_from(between)
    found = nx.spring_layout(drawn, iterations=100, seed=_SEED)
    columns = ceil(count / ROWS) if count > ROWS else count
    rows = ceil(count / columns) if columns else 0
    from_left = sorted(range(count), key=lambda one: (float(found[one][0]), one))
    places: dict[int, Place] = {}
    for column in range(columns):
        here = from_left[column * rows : (column + 1) * rows]
        here.sort(key=lambda one: (float(found[one][1]), one))
        places |= {one: (float(column), float(row) + column % 2 / 2) for row, one in enumerate(here)}
    return [places[one] for one in range(count)]
