"""What it costs to find something among everything, by what people type."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from crm.bench.build import build
from crm.bench.ground import REGION, Size, name_of
from crm.bench.network import Timed, table_of
from crm.core.access import Actor, Role
from crm.core.database import using_database
from crm.core.errors import Invalid
from crm.core.work import reading
from crm.demo.words import PLACES
from crm.finding.queries import find_everything
from crm.migrations import runner

RUNS = 20
WITHIN_MILLISECONDS = 50
_SOMEBODY = 45
# What was typed, as what; the numbers stand for an employer of the region and all that belongs to it.
TYPED: tuple[tuple[str, str], ...] = (
    ("a name", name_of(_SOMEBODY)),
    ("a name, half typed", name_of(_SOMEBODY)[:6]),
    ("a name, two letters changed places", "wilgnehoek"),
    ("a name, a letter missing", "wlgenhoek bakkerij"),
    ("a name and a place, both wrong", "wilgnehoek rucpen"),
    ("a name nobody has", "qwertzuiop"),
    ("a word of very many names", "groen"),
    ("a place where thousands are", PLACES[0].villages[0]),
    ("a KvK number", f"{10_000_000 + _SOMEBODY}"),
    ("a KvK number, half typed", "100000"),
    ("a KvK number, a digit wrong", "10009942"),
    ("a phone number", f"06 {20_000_000 + _SOMEBODY}"),
    ("a person", f"persoon {_SOMEBODY}"),
    ("a person, wrongly typed", f"prsoon {_SOMEBODY}"),
    ("an e-mail address", f"persoon{_SOMEBODY}@bench.example"),
    ("a word of every person", "persoon"),
    ("the title of a contract", "groenonderhoud wijk 77"),
    ("the title of a contract, wrongly typed", "groenondrehoud wijk 77"),
    ("an opportunity", "blijft werk liggen"),
    ("a candidate", "K-1042"),
    ("a job", "medewerker"),
    ("a party", "wijkhuis"),
    ("a need", "eenvoudig werk naast de vakkrachten"),
)


def measure_search(url: str, employers: int, tell: Callable[[str], None]) -> str:
    """Return a table: what each thing typed costs, and all together, on the server and for an adviser.

    Raises `Invalid` when the database is in use.
    """
    size = Size(employers, max(50, employers // 10), contracts=max(10, employers // 5), efforts=10)
    with using_database(url) as engine:
        if runner.current_revision(engine) is not None:
            raise Invalid("database", "The benchmark needs an empty database; this one is in use.")
        runner.upgrade(engine)
        build(engine, size, tell)
        rows = timed_searches()
        engine.dispose()
    slowest = max(rows[:-1], key=lambda row: row.p95)
    kept = "yes" if rows[-1].p95 <= WITHIN_MILLISECONDS else "no"
    told = f"p95 of all within {WITHIN_MILLISECONDS} ms: {kept}; the slowest is {slowest.name}"
    return "\n".join([f"{employers} employers", *table_of(rows), told])


def timed_searches() -> list[Timed]:
    """Return what each thing typed costs on the database at hand, and at the end all of them together."""
    adviser = Actor(
        user_id=list(Role).index(Role.ADVISER) + 1,
        name="bench",
        role=Role.ADVISER,
        regions=frozenset({REGION}),
    )
    rows = [Timed(f"{what}: {typed}", list(_times(adviser, typed))) for what, typed in TYPED]
    together = [taken for row in rows for taken in row.milliseconds]
    return [*rows, Timed("all of them", together)]


def _times(actor: Actor, typed: str) -> Iterable[float]:
    for _ in range(RUNS):
        begun = time.perf_counter()
        with reading(actor) as work:
            find_everything(work, typed)
        yield (time.perf_counter() - begun) * 1000
