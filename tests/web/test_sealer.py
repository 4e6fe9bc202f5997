"""The sealer: keeps the audit chain close behind, through bad moments, and once more at the end."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable

import pytest
from sqlalchemy.exc import OperationalError

from crm.core.access import Role, system
from crm.core.sealing import verify
from crm.core.work import reading
from crm.web import sealer
from crm.web.server import lifespan
from tests.factories import World, make_user


def waiting() -> int:
    """How many entries have no seal yet."""
    with reading(system("test")) as unit:
        return verify(unit.session.connection()).waiting


def _until(done: Callable[[], bool]) -> bool:
    ends = time.monotonic() + 10
    while time.monotonic() < ends:
        if done():
            return True
        time.sleep(0.02)
    return False


def test_entries_are_sealed_before_long(lite_world: World) -> None:
    assert waiting() > 0
    stop = sealer.start(every=0.01)
    sealed = _until(lambda: waiting() == 0)
    stop()
    assert sealed


def test_what_waits_is_sealed_at_the_end(world: World) -> None:
    stop = sealer.start(every=3600)
    make_user(Role.ADVISER, "Laat")
    assert waiting() > 0
    stop()
    assert waiting() == 0


def test_a_database_that_is_away_for_a_moment_does_not_stop_it(
    lite_world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real, failed = sealer.seal, []

    def sometimes() -> int:
        if len(failed) < 3:
            failed.append(1)
            raise OperationalError("secret statement", {}, Exception("gone"))
        return real()

    monkeypatch.setattr(sealer, "seal", sometimes)
    stop = sealer.start(every=0.01)
    sealed = _until(lambda: waiting() == 0)
    stop()
    assert sealed
    assert len(failed) == 3
    assert "OperationalError" in caplog.text
    assert "secret statement" not in caplog.text


def test_the_lifespan_freezes_what_was_imported_and_seals_at_the_end(lite_world: World) -> None:
    async def live() -> int:
        async with lifespan(None):  # type: ignore[arg-type]
            return gc.get_freeze_count()

    try:
        assert asyncio.run(live()) > 10_000
    finally:
        gc.unfreeze()
    assert waiting() == 0
