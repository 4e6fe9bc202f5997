"""Who opens doors: through whom we know we reach most employers that we do not know yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from crm.network.graph import Graph
from crm.network.rules import acquainted_since


@dataclass(frozen=True)
class Broker:
    """A party we spoke with: `opens` employers tied to it that we do not know, `only` those that nobody else
    we know is tied to.
    """

    party_id: int
    opens: int
    only: int


@dataclass(frozen=True)
class Doors:
    """Who opens most doors, and which employers lie one introduction away."""

    brokers: tuple[Broker, ...]
    within_reach: frozenset[int]


def doors(graph: Graph, regions: Collection[int] | None, today: date, most: int = 20) -> Doors:
    """Return who opens most doors in these regions, those with doors of their own first.

    One pass over the ties: simpler to explain than how many shortest paths run through somebody
    ("betweenness"), and it counts what an adviser can act on.
    """
    since = acquainted_since(today).toordinal()
    opens, only, reached = Counter[int](), Counter[int](), set[int]()
    for place, party_id in enumerate(graph.ids):
        if party_id < 0 or graph.spoken[place] >= since or not graph.is_in(place, regions):
            continue
        near = {head for head, _code in graph.neighbours(place)}
        known = [one for one in near if graph.spoken[one] >= since and graph.is_in(one, regions)]
        if known:
            reached.add(party_id)
            opens.update(known)
        if len(known) == 1:
            only.update(known)
    found = [Broker(graph.ids[place], count, only[place]) for place, count in opens.items()]
    found.sort(key=lambda broker: (-broker.opens, -broker.only, broker.party_id))
    return Doors(tuple(found[:most]), frozenset(reached))
