"""What it costs to find who can introduce us, in a network of a whole region held in memory."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from crm.bench.build import build
from crm.bench.ground import REGION, Size, spread
from crm.bench.measure import peak_megabytes
from crm.core import clock
from crm.core.access import system
from crm.core.database import using_database
from crm.core.errors import Invalid
from crm.core.work import Work, reading
from crm.migrations import runner
from crm.network.brokers import doors
from crm.network.clusters import map_of
from crm.network.graph import Graph, Link, Node
from crm.network.queries import ways_to
from crm.network.queries.whole import network
from crm.network.settings import KINDS

HEADINGS = ("what", "times", "median ms", "p95 ms", "most ms")
RUNS = 200
_ONE_IN, _TIES = 5, 3


@dataclass(frozen=True)
class Timed:
    """What one question cost, in milliseconds for each time that it was asked."""

    name: str
    milliseconds: Sequence[float]

    @property
    def p95(self) -> float:
        """What all but one in twenty stayed within."""
        return sorted(self.milliseconds)[max(0, -(-95 * len(self.milliseconds) // 100) - 1)]

    def cells(self) -> tuple[str, ...]:
        """Return the figures as a line of the table."""
        taken = self.milliseconds
        figures = (statistics.median(taken), self.p95, max(taken))
        return self.name, str(len(taken)), *(f"{one:.2f}" for one in figures)


def measure_network(url: str, employers: int, tell: Callable[[str], None]) -> str:
    """Return a table: reading the network, finding ways in, brokers and the map, with the memory it takes.

    One in five employers was spoken with; each has three ties. Raises `Invalid` when the database is in use.
    """
    size = Size(employers, max(50, employers // _ONE_IN), contracts=10, efforts=10)
    with using_database(url) as engine:
        if runner.current_revision(engine) is not None:
            raise Invalid("database", "The benchmark needs an empty database; this one is in use.")
        runner.upgrade(engine)
        build(engine, size, tell)
        with reading(system("bench")) as work:
            table = _measured(work, employers)
        engine.dispose()
    return table


def _measured(work: Work, employers: int) -> str:
    before = peak_megabytes()
    read = _timed("read the network into memory", [lambda: network(work)])
    graph = network(work).graph
    grown = peak_megabytes() - before
    cold = _cold(employers)
    today, own = clock.today(), frozenset({REGION})
    targets = [1 + spread(number, 77, employers) for number in range(RUNS)]
    rows = [
        read,
        _timed("find the warmest ways", [partial(graph.routes_to, one, own, today) for one in targets]),
        _timed(
            "the same, anybody tied, nobody known",
            [partial(cold.routes_to, one, own, today) for one in targets],
        ),
        _timed("the whole question, with names", [partial(ways_to, work, one) for one in targets]),
        _timed("who opens doors", [lambda: doors(graph, own, today)]),
        _timed("lay out the map", [lambda: map_of(graph, own)]),
    ]
    told = f"{len(graph)} parties, {graph.ties} ties: {graph.megabytes:.1f} MB in memory"
    memory = f"peak while reading: {grown} MB more; {peak_megabytes()} MB in all"
    return "\n".join([told, *table_of(rows), memory])


def _cold(parties: int) -> Graph:
    """Return as large a network in which we know nobody and anybody may be tied to anybody.

    Every search in it goes to its limit, and what it reaches doubles and redoubles at each step.
    """
    nodes = (Node(party_id, REGION) for party_id in range(1, parties + 1))
    numbers = range(_TIES * parties)
    links = (
        Link(1 + number % parties, 1 + spread(number, 5, parties), KINDS[number % len(KINDS)])
        for number in numbers
    )
    return Graph(nodes, links)


def _timed(name: str, asked: Sequence[Callable[[], object]]) -> Timed:
    taken = []
    for question in asked:
        begun = time.perf_counter()
        question()
        taken.append((time.perf_counter() - begun) * 1000)
    return Timed(name, taken)


def table_of(rows: Sequence[Timed]) -> list[str]:
    """Return the lines of an aligned table."""
    cells = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    return [_aligned(line, widths) for line in cells]


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    rest = (cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))
    return "  ".join([line[0].ljust(widths[0]), *rest])
