"""Databases to test on: a fresh copy of a migrated one for every test, SQLite and PostgreSQL."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import Engine
from streamlit.components.v2 import manifest_scanner
from xdist.scheduler import LoadScopeScheduling

from crm.core import clock
from crm.core.config import settings
from crm.core.database import engine_for, using_database
from crm.migrations import runner
from tests import postgres
from tests.factories import World
from tests.replay import unlogged
from tests.snapshots import begin_with

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)

# How long an example takes says more about who else uses the machine than about the rule.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")

# What these tests share is dear to make (a server, a demo region): one worker does all of a folder.
TOGETHER = ("tests/browser/", "tests/demo/")


class ByFolder(LoadScopeScheduling):
    """Sends every test to whichever worker is free, but some folders as a whole."""

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count coverage on SQLite where a test runs on both databases: watching each line doubles the time."""
    for item in items:
        callspec = getattr(item, "callspec", None)
        if callspec is not None and callspec.params.get("database") == "postgres":
            item.add_marker(pytest.mark.uncounted)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Leave coverage out of what is marked so, with all that it needs made for it."""
    coverage = item.config.pluginmanager.get_plugin("_cov")
    if coverage is None or item.get_closest_marker("uncounted") is None:
        return (yield)
    coverage.cov_controller.pause()
    try:
        return (yield)
    finally:
        coverage.cov_controller.resume()


def pytest_collection_finish() -> None:
    """What was imported and collected stays: the garbage collector need not look at it between tests."""
    gc.collect()
    gc.freeze()


# Each session of AppTest reads what every installed package says about itself; that stays the same.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFolder:
    """Choose how tests are divided over the workers."""
    return ByFolder(config, log)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite"
    engine = engine_for(f"sqlite:///{path}")
    runner.upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server, with a migrated database `template_crm` to copy."""
    with postgres.server() as admin:
        url = postgres.make_database(admin, "template_crm")
        engine = engine_for(url)
        runner.upgrade(engine)
        engine.dispose()
        yield admin


@pytest.fixture(autouse=True)
def _installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test is an installation of its own, in its own folder, with its own secret."""
    monkeypatch.setenv("CRM_DATA_DIR", str(tmp_path / "installation"))
    monkeypatch.setenv("CRM_SECRET_KEY", "a-secret-for-tests-only-0123456789")
    monkeypatch.delenv("CRM_DATABASE_URL", raising=False)
    settings.cache_clear()
    yield
    settings.cache_clear()


def _check_the_log(request: pytest.FixtureRequest, engine: Engine) -> None:
    """After every test: whatever it changed through the product stands in the audit log."""
    if request.node.get_closest_marker("tampers") is None:
        assert unlogged(engine) == []


@pytest.fixture
def sqlite_url(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A fresh SQLite database to work on, always at one address: its engine remembers what it compiled."""
    path = tmp_path_factory.getbasetemp() / "test.sqlite"
    for left in path.parent.glob("test.sqlite*"):
        left.unlink()
    shutil.copy(sqlite_template, path)
    url = f"sqlite:///{path}"
    with using_database(url) as engine:
        yield url
        _check_the_log(request, engine)
        engine.dispose()


@pytest.fixture(scope="session")
def postgres_emptied(postgres_server: str) -> Iterator[postgres.Emptied]:
    """The PostgreSQL database that the tests of this worker take turns with."""
    emptied = postgres.Emptied(postgres_server, "test", "template_crm")
    yield emptied
    emptied.close()


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest, postgres_emptied: postgres.Emptied) -> Iterator[str]:
    """An empty PostgreSQL database to work on, always at one address."""
    postgres_emptied.empty()
    with using_database(postgres_emptied.url) as engine:
        yield postgres_emptied.url
        _check_the_log(request, engine)
        engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> str:
    """A fresh database of each kind: the test runs on both."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def now() -> Iterator[datetime]:
    """Stand still at 24 November 2026, half past ten in the Netherlands."""
    with clock.frozen_at(NOW):
        yield NOW


@pytest.fixture
def world(request: pytest.FixtureRequest, database: str, now: datetime) -> World:
    """A small world on both databases: one region, a user of each role, two employers."""
    if database.startswith("sqlite"):
        return begin_with("world", World.build)
    emptied: postgres.Emptied = request.getfixturevalue("postgres_emptied")
    return emptied.begin_with("world", World.build)


@pytest.fixture
def lite_world(sqlite_url: str, now: datetime) -> World:
    """The same small world on SQLite only, for what does not depend on the database."""
    return begin_with("world", World.build)
