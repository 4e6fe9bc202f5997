"""One benchmark: build, measure, and the table that comes of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from crm.bench.build import build
from crm.bench.ground import Size
from crm.bench.measure import Measured, measure, peak_megabytes
from crm.core.database import using_database
from crm.core.errors import Invalid
from crm.migrations import runner

HEADINGS = ("page", "median ms", "p95 ms", "queries", "bare SQL ms", "ratio")


@dataclass(frozen=True)
class Benchmark:
    """What was measured, on how much."""

    size: Size
    rows: list[Measured]
    megabytes: int

    def table(self) -> str:
        """Return the figures as an aligned table."""
        cells = [
            (
                row.name,
                f"{row.median:.1f}",
                f"{row.p95:.1f}",
                str(row.queries),
                f"{row.bare_sql:.1f}",
                f"{row.ratio:.1f}",
            )
            for row in self.rows
        ]
        widths = [max(len(line[column]) for line in (HEADINGS, *cells)) for column in range(len(HEADINGS))]
        lines = [_aligned(line, widths) for line in (HEADINGS, *cells)]
        made = f"{self.size.employers} employers, {self.size.moments} contact moments, "
        made += f"{self.size.contracts} contracts, {self.size.efforts} efforts"
        return "\n".join([made, *lines, f"peak memory of this process: {self.megabytes} MB"])


def run(url: str, size: Size, runs: int, tell: Callable[[str], None]) -> Benchmark:
    """Build the database at this address and measure every page on it.

    Raises `Invalid` when the database is in use already.
    """
    with using_database(url) as engine:
        if runner.current_revision(engine) is not None:
            raise Invalid("database", "The benchmark needs an empty database; this one is in use.")
        runner.upgrade(engine)
        begun = time.perf_counter()
        build(engine, size, tell)
        tell(f"built in {time.perf_counter() - begun:.0f} s")
        rows = measure(engine, runs)
        engine.dispose()
    return Benchmark(size, rows, peak_megabytes())


def _aligned(line: tuple[str, ...], widths: list[int]) -> str:
    first = line[0].ljust(widths[0])
    return "  ".join([first, *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))])
