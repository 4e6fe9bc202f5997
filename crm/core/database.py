"""The database handle: one engine a process, SQLite or PostgreSQL by its address alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection

from crm.core.config import settings

_BUSY_MILLISECONDS = 20_000


@lru_cache(maxsize=8)
def engine_for(url: str) -> Engine:
    """Return the engine for a database address; the same one every time."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite_engine(url)
    return create_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True, hide_parameters=True)


_override: str | None = None


def engine() -> Engine:
    """Return the engine of the database this process works on."""
    return engine_for(_override or settings().url)


@contextmanager
def using_database(url: str) -> Iterator[Engine]:
    """Work on another database for the length of the block: restore checks, the benchmark, tests."""
    global _override
    before, _override = _override, url
    try:
        yield engine_for(url)
    finally:
        _override = before


def is_sqlite(bind: Engine | Connection) -> bool:
    """Return whether this is SQLite."""
    return bind.dialect.name == "sqlite"


def _sqlite_engine(url: str) -> Engine:
    database = make_url(url).database
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    made = create_engine(url, pool_size=10, max_overflow=40, hide_parameters=True)
    event.listen(made, "connect", _prepare_sqlite)
    event.listen(made, "begin", _begin_sqlite)
    return made


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "foreign_keys=ON",
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={_BUSY_MILLISECONDS}",
        "cache_size=-16384",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that turns into a writer loses updates silently; writers queue at the door.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
