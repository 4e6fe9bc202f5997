"""The surroundings of one party in the network: never the whole of it, however large it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import union_all
from sqlmodel import col, select

from crm.accounts.records import User
from crm.core import clock
from crm.core.work import Work
from crm.employers.records import Employer
from crm.network.graph import Graph, Link, Route
from crm.network.paths import Acquaintance, Introduction, ways_in
from crm.network.queries.whole import network
from crm.network.records_parties import Party, PartyTalk
from crm.network.rules import acquainted_since
from crm.visits.queries.acquaintances import Acquaintance as Known
from crm.visits.queries.acquaintances import acquaintances

HOPS = 3
_MOST = 400


@dataclass(frozen=True)
class Neighbourhood:
    """Parties around one: their names, in which ring each lies (0 for the middle), and their links.

    An employer is its id, a party that is no employer is its id with a minus sign.
    """

    target_id: int
    names: Mapping[int, str]
    rings: Mapping[int, int]
    links: tuple[Link, ...]

    def brought_in(self) -> list[str]:
        """Return the names of the employers that the one in the middle brought into the network."""
        mine = (link for link in self.links if link.kind is None and link.from_id == self.target_id)
        return sorted(self.names[link.to_id] for link in mine)


def neighbourhood(work: Work, party_id: int, hops: int = HOPS) -> Neighbourhood:
    """Return the parties that can be reached in a few hops, those nearby first where there are many.

    Parties that the actor may not see are left out, and so is what lies behind them.
    """
    graph = network(work).graph
    rings = _rings(graph, party_id, work.scope.regions, hops)
    return _around(graph, party_id, rings, names_of(work, rings), hops)


def ways_to(work: Work, party_id: int) -> tuple[list[Introduction], Mapping[int, str]]:
    """Return who can introduce us to a party, the warmest way first, and the names of all on the way."""
    routes = _routes(work, party_id)
    names = names_of(work, _on_the_way(routes))
    return _ways(work, routes, names), names


def surroundings(work: Work, party_id: int) -> tuple[Neighbourhood, list[Introduction], Mapping[int, str]]:
    """Return the neighbourhood of a party and who can introduce us, with all names asked once."""
    graph, routes = network(work).graph, _routes(work, party_id)
    rings = _rings(graph, party_id, work.scope.regions, HOPS)
    names = names_of(work, rings.keys() | _on_the_way(routes))
    around = _around(graph, party_id, rings, names, HOPS)
    return around, _ways(work, routes, names), names


def names_of(work: Work, ids: Collection[int]) -> dict[int, str]:
    """Return the names of parties that the actor may see, by id; one query."""
    ids_of_parties, parties = -col(Party.id), [-one for one in ids if one < 0]
    asked: Any = union_all(
        _columns(Employer.id, Employer.name).where(col(Employer.id).in_([one for one in ids if one > 0])),
        _columns(ids_of_parties, Party.name).where(col(Party.id).in_(parties)),
    )
    return dict(work.session.exec(asked).all()) if ids else {}


def _around(
    graph: Graph, party_id: int, rings: Mapping[int, int], names: Mapping[int, str], hops: int
) -> Neighbourhood:
    known = {found: ring for found, ring in rings.items() if found in names}
    links = {
        link
        for found, ring in known.items()
        if ring < hops and (place := graph.place(found)) is not None
        for link in graph.links_of(place)
        if link.from_id in known and link.to_id in known
    }
    in_order = sorted(links, key=lambda link: (link.from_id, link.to_id, link.kind or ""))
    return Neighbourhood(party_id, {one: names[one] for one in known}, known, tuple(in_order))


def _routes(work: Work, party_id: int) -> list[Route]:
    routes = network(work).graph.routes_to(party_id, work.scope.regions, clock.today())
    if any(not route.steps for route in routes):
        return routes
    return [Route(party_id, (), 0), *routes]


def _on_the_way(routes: Sequence[Route]) -> set[int]:
    return {route.from_id for route in routes} | {step.to_id for route in routes for step in route.steps}


def _ways(work: Work, routes: Sequence[Route], names: Mapping[int, str]) -> list[Introduction]:
    seen = [route for route in routes if _on_the_way([route]) <= names.keys()]
    return ways_in(seen, _known_at(work, [route.from_id for route in seen]), clock.today())


def _columns(*columns: Any) -> Any:
    return select(*columns)


def _known_at(work: Work, ids: Collection[int]) -> list[Acquaintance]:
    since = acquainted_since(clock.today())
    known: list[Acquaintance] = list(acquaintances(work, [one for one in ids if one > 0], since))
    others = [-one for one in ids if one < 0]
    if not others:
        return known
    talks = (
        select(PartyTalk, User.name, Party.contact_name)
        .join(User, col(User.id) == PartyTalk.user_id)
        .join(Party, col(Party.id) == PartyTalk.party_id)
        .where(col(PartyTalk.party_id).in_(others), col(PartyTalk.held_on) >= since, col(User.active))
    )
    for talk, user, person in work.session.exec(talks):
        known.append(Known(talk.user_id, user, 0, person or "", -talk.party_id, talk.held_on))
    return known


def _rings(graph: Graph, party_id: int, regions: Collection[int] | None, hops: int) -> dict[int, int]:
    start = graph.place(party_id)
    if start is None:
        return {party_id: 0}
    rings, edge = {start: 0}, [start]
    for hop in range(1, hops + 1):
        found = []
        for here in edge:
            for there, _code in graph.neighbours(here):
                if there not in rings and graph.is_in(there, regions) and len(rings) < _MOST:
                    rings[there] = hop
                    found.append(there)
        edge = found
    return {graph.ids[place]: ring for place, ring in rings.items()}
