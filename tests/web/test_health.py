"""`/healthz`: open to anybody, and honest about the database."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm.core.database import using_database
from tests.factories import World
from tests.web.asking import get


def test_it_is_well_when_the_database_answers(world: World) -> None:
    answer = get("/healthz")
    assert (answer.status, answer.text) == (200, '{"status":"ok"}')


def test_it_is_not_when_the_database_is_gone(tmp_path: Path) -> None:
    (tmp_path / "broken.sqlite").write_bytes(b"this is not a database" * 100)
    with using_database(f"sqlite:///{tmp_path}/broken.sqlite") as engine:
        answer = get("/healthz")
        engine.dispose()
    assert (answer.status, answer.text) == (503, '{"status":"down"}')


@pytest.mark.parametrize("cookie", ["crm_session=" + "x" * 43])
def test_it_looks_nobody_up(lite_world: World, cookie: str) -> None:
    assert get("/healthz", cookie).status == 200
