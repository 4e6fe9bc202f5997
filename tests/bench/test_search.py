"""The benchmark of search: each thing typed has its line, and finds what it stands for."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm.bench.build import build
from crm.bench.ground import REGION, Size
from crm.bench.search import RUNS, TYPED, measure_search, timed_searches
from crm.core.access import Actor, Role
from crm.core.database import engine_for
from crm.core.work import reading
from crm.finding.queries import find_everything
from crm.finding.rules import Kind

SMALL = Size(employers=60, moments=60, contracts=12, efforts=10)
ADVISER = Actor(user_id=1, name="bench", role=Role.ADVISER, regions=frozenset({REGION}))


@pytest.fixture
def lite_bench(sqlite_url: str) -> None:
    """A small benchmark database."""
    build(engine_for(sqlite_url), SMALL)


@pytest.mark.tampers
def test_each_thing_typed_is_timed_and_all_together(lite_bench: None) -> None:
    rows = timed_searches()
    assert [row.name.split(": ")[0] for row in rows] == [*(what for what, _typed in TYPED), "all of them"]
    assert [len(row.milliseconds) for row in rows] == [*(RUNS for _ in TYPED), RUNS * len(TYPED)]


@pytest.mark.tampers
@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("a name", Kind.EMPLOYER),
        ("a name, two letters changed places", Kind.EMPLOYER),
        ("a KvK number", Kind.EMPLOYER),
        ("a phone number", Kind.PERSON),
        ("a person, wrongly typed", Kind.PERSON),
        ("an e-mail address", Kind.PERSON),
        ("an opportunity", Kind.CASE),
        ("a party", Kind.PARTY),
        ("a need", Kind.NEED),
    ],
)
def test_what_is_typed_finds_what_it_stands_for(lite_bench: None, what: str, kind: Kind) -> None:
    with reading(ADVISER) as unit:
        assert find_everything(unit, dict(TYPED)[what])[kind]


def test_the_table_says_whether_it_is_quick_enough(tmp_path: Path) -> None:
    lines = measure_search(f"sqlite:///{tmp_path / 'bench.sqlite'}", 60, lambda _line: None).splitlines()
    assert lines[0] == "60 employers"
    assert len(lines) == len(TYPED) + 4
    assert lines[-1].startswith("p95 of all within 50 ms: ")
