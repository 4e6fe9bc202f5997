"""What it costs to value a whole portfolio, beside the sum that the database itself takes."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable

from sqlalchemy import Engine, func, select
from sqlmodel import col

from crm.bench.build import build
from crm.bench.ground import Size
from crm.core.access import system
from crm.core.database import using_database
from crm.core.errors import Invalid
from crm.core.work import reading
from crm.migrations import runner
from crm.sroi.records import Effort
from crm.sroi.recount import Recount, recount

HEADINGS = ("what", "efforts", "seconds", "µs each")


def measure_portfolio(url: str, size: Size, tell: Callable[[str], None]) -> str:
    """Return a table: valuing all efforts with all processors, with one, and the bare sum.

    Raises `Invalid` when the database is in use already.
    """
    with using_database(url) as engine:
        if runner.current_revision(engine) is not None:
            raise Invalid("database", "The benchmark needs an empty database; this one is in use.")
        runner.upgrade(engine)
        build(engine, size, tell)
        rows = [
            ("valued, all processors", *_timed(lambda: _recount(None))),
            ("valued, one processor", *_timed(lambda: _recount(1))),
            ("bare SQL sum", *_timed(lambda: _sum(engine))),
        ]
        engine.dispose()
    return _table(rows)


def _recount(processes: int | None) -> int:
    with reading(system("bench")) as work:
        found: Recount = recount(work, processes)
    if found.differing:
        raise Invalid("efforts", "{count} efforts differ from what their rules give.", count=found.differing)
    return found.efforts


def _sum(engine: Engine) -> int:
    wanted = select(func.count(), func.sum(col(Effort.value_cents)), func.sum(col(Effort.approved_cents)))
    with engine.connect() as connection:
        return int(connection.execute(wanted).one()[0])


def _timed(what: Callable[[], int]) -> tuple[int, float]:
    begun = time.perf_counter()
    efforts = what()
    return efforts, time.perf_counter() - begun


def _table(rows: list[tuple[str, int, float]]) -> str:
    told = [
        (name, str(efforts), f"{seconds:.2f}", f"{seconds / max(efforts, 1) * 1_000_000:.1f}")
        for name, efforts, seconds in rows
    ]
    lines = [f"{a:<24}{b:>10}{c:>10}{d:>10}" for a, b, c, d in (HEADINGS, *told)]
    used = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    here, largest = (resource.getrusage(who).ru_maxrss // 1024 for who in used)
    return "\n".join([*lines, f"peak memory: {here} MB here, {largest} MB in the largest other process"])
