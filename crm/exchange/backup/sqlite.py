"""SQLite in and out of an archive: the online backup API, and a file that gets its name last."""

from __future__ import annotations

import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine

from crm.core.database import engine
from crm.core.errors import Invalid
from crm.exchange.backup.archive import publish, take_out
from crm.exchange.backup.manifest import Member

_BESIDE = ("", "-wal", "-shm", "-journal")


@contextmanager
def snapshot(folder: Path) -> Iterator[tuple[Path, Connection]]:
    """Yield a copy of the database as it is at one moment, and a connection to that copy.

    Nobody has to stop working: writers go on while the copy is made.
    """
    path = folder / "database.sqlite"
    with closing(engine().raw_connection()) as live, closing(sqlite3.connect(path)) as copy:
        live.driver_connection.backup(copy)  # type: ignore[union-attr]
    with _opened(path) as connection:
        yield path, connection


def refuse_unless_empty() -> None:
    """Raise `Invalid` when there is a database already, or the remains of one."""
    if any(_place().with_name(_place().name + end).exists() for end in _BESIDE):
        raise Invalid("", "There is a database here already. Restore into an empty place.")


@contextmanager
def arriving(archive: zipfile.ZipFile, member: Member) -> Iterator[Connection]:
    """Yield a connection to the unpacked database; it takes its place when the block ends well.

    Raises `Invalid` when SQLite finds the file damaged or a reference that leads nowhere.
    """
    place = _place()
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=place.parent) as folder:
        draft = Path(folder) / place.name
        take_out(archive, member, draft)
        with _opened(draft) as connection:
            _check(connection)
            yield connection
        publish(draft, place)


def _place() -> Path:
    return Path(engine().url.database or "")


@contextmanager
def _opened(path: Path) -> Iterator[Connection]:
    made = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with made.connect() as connection:
        yield connection


def _check(connection: Connection) -> None:
    try:
        whole = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
        led_astray = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    except Exception:
        raise damaged() from None
    if not whole or led_astray:
        raise damaged()


def damaged() -> Invalid:
    """Return the fault for a database that is not whole."""
    return Invalid("", "The database in this backup is damaged. Choose another backup.")
