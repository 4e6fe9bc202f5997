"""The benchmark: exactly what was asked for, and a line for every page."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func
from sqlmodel import select

from crm.bench.build import build
from crm.bench.measure import VISITS, Measured
from crm.bench.rows import Size
from crm.bench.run import Benchmark, run
from crm.core.access import system
from crm.core.database import engine_for
from crm.core.errors import Invalid
from crm.core.work import reading
from crm.employers.records import Employer
from crm.migrations import runner
from crm.sroi.records import Contract, Effort
from crm.visits.records import ContactMoment

SMALL = Size(employers=60, moments=120, contracts=12, efforts=30)


@pytest.mark.tampers
def test_the_builder_makes_exactly_what_was_asked_for(database: str) -> None:
    build(engine_for(database), SMALL)
    with reading(system("test")) as unit:
        made = [
            unit.session.exec(select(func.count()).select_from(table)).one()
            for table in (Employer, ContactMoment, Contract, Effort)
        ]
    assert made == [60, 120, 12, 30]


def test_every_page_gets_a_line_with_its_queries(tmp_path: Path) -> None:
    found = run(f"sqlite:///{tmp_path / 'bench.sqlite'}", SMALL, 2, lambda _line: None)
    assert [row.name for row in found.rows] == [visit.name for visit in VISITS]
    assert all(0 < row.queries <= 16 and 0 < row.median <= row.p95 for row in found.rows)


def test_a_database_in_use_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'used.sqlite'}"
    runner.upgrade(engine_for(url))
    with pytest.raises(Invalid):
        run(url, SMALL, 1, lambda _line: None)


def test_the_table_lines_up_its_figures() -> None:
    row = Measured("Today", median=12.34, p95=20.0, queries=4, bare_sql=2.0)
    lines = Benchmark(SMALL, [row], megabytes=200).table().splitlines()
    assert lines[0] == "60 employers, 120 contact moments, 12 contracts, 30 efforts"
    assert lines[2].split() == ["Today", "12.3", "20.0", "4", "2.0", "6.2"]
    assert len(lines[1]) == len(lines[2])
