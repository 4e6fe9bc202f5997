"""The map of the network with names: its clusters, and who stands in one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crm.core.work import Work
from crm.network.clusters import Map, map_of
from crm.network.graph import Graph, Link
from crm.network.queries.nearby import names_of
from crm.network.queries.whole import network


@dataclass(frozen=True)
class NamedMap:
    """A map, the names of all that stand on it, and the network it was made from."""

    map: Map
    names: Mapping[int, str]
    graph: Graph

    def label(self, number: int) -> str:
        """Return the name of a cluster: whoever is tied to most of it."""
        members = self.map.clusters[number].party_ids
        return next((self.names[one] for one in members if one in self.names), "")

    def ties_in(self, number: int) -> list[Link]:
        """Return the ties within a cluster, between those who may be seen."""
        members = {one for one in self.map.clusters[number].party_ids if one in self.names}
        places = [self.graph.place(one) for one in sorted(members)]
        found = {link for place in places if place is not None for link in self.graph.links_of(place)}
        inside = [link for link in found if {link.from_id, link.to_id} <= members]
        return sorted(inside, key=lambda link: (link.from_id, link.to_id, link.kind or ""))


def named_map(work: Work) -> NamedMap:
    """Return the map of the actor's regions; it is laid out once for each state of the network."""
    graph = network(work).graph
    found = map_of(graph, work.scope.regions)
    ids = [one for cluster in found.clusters for one in cluster.party_ids]
    return NamedMap(found, names_of(work, ids), graph)
