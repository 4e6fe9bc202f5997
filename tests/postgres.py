"""A PostgreSQL server of our own for the length of the test run, from the system's binaries."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest
from psycopg import sql

T = TypeVar("T")

WHY_NOT = "no PostgreSQL here: install the package `postgresql`; the tests marked postgres wait for it"


def binaries() -> Path | None:
    """Return the folder with `initdb`, or None when no server is installed."""
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True):
        return found.parent
    found_in_path = shutil.which("initdb")
    return Path(found_in_path).resolve().parent if found_in_path else None


@contextmanager
def server() -> Iterator[str]:
    """Yield the address of the superuser's connection; the server is gone afterwards."""
    if given := os.environ.get("CRM_TEST_PG_URL"):
        yield given
        return
    programs = binaries()
    if programs is None:
        pytest.skip(WHY_NOT)
    with tempfile.TemporaryDirectory(prefix="crm-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        as_server = []
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
            as_server = ["runuser", "-u", "postgres", "--"]
        data = folder / "data"
        _run([*as_server, programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"])
        options = (
            f"-c listen_addresses= -k {folder} -c fsync=off -c full_page_writes=off -c autovacuum=off "
            "-c max_connections=120"
        )
        control = [*as_server, programs / "pg_ctl", "-D", data, "-w"]
        _run([*control, "-o", options, "-l", folder / "log", "start"])
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            _run([*control, "-m", "immediate", "stop"])


def make_database(admin: str, name: str, template: str | None = None) -> str:
    """Create a database anew, owned by an ordinary user (superusers walk through row security)."""
    with psycopg.connect(admin, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'crm_app'").fetchone() is None:
            connection.execute("CREATE ROLE crm_app LOGIN")
        connection.execute(_dropped(name))
        made = sql.SQL("CREATE DATABASE {} OWNER crm_app").format(sql.Identifier(name))
        if template:
            made += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
            if connection.info.server_version >= 150_000:
                made += sql.SQL(" STRATEGY FILE_COPY")
        connection.execute(made)
    return admin.replace("postgres@/postgres", f"crm_app@/{name}")


def drop_database(admin: str, name: str) -> None:
    """Remove a database, with whoever is still connected to it."""
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(_dropped(name))


# What was taken out still takes room: after so many tests the database is made anew.
AT_MOST = 100


class Emptied:
    """A database that is emptied for each test: much quicker than making it anew.

    It is made anew after a test that touched its tables themselves, or what the migrations put in them.
    """

    def __init__(self, admin: str, name: str, template: str) -> None:
        self._made_of = admin, name, template
        self._worlds: dict[str, tuple[bytes, dict[str, bytes], list[tuple[object, ...]]]] = {}
        self._make()

    def begin_with(self, name: str, make: Callable[[], T]) -> T:
        """Return what `make` made, and leave the empty database of this test as `make` leaves it."""
        if name not in self._worlds:
            made = make()
            rows = {table: self._copied(table) for table in self._filled() if table not in self._kept}
            self._worlds[name] = pickle.dumps(made), rows, self._numbers()
        else:
            for table, copied in self._worlds[name][1].items():
                self._put_back(table, copied)
            for sequence, number in self._worlds[name][2]:
                self._connection.execute("SELECT setval(%s::regclass, %s)", (sequence, number))
        return pickle.loads(self._worlds[name][0])  # type: ignore[no-any-return]

    def _copied(self, table: str) -> bytes:
        told = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
        with self._connection.cursor() as cursor, cursor.copy(told) as copy:
            return b"".join(bytes(part) for part in copy)

    def _put_back(self, table: str, copied: bytes) -> None:
        told = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
        with self._connection.cursor() as cursor, cursor.copy(told) as copy:
            copy.write(copied)

    def _numbers(self) -> list[tuple[object, ...]]:
        return self._connection.execute(
            "SELECT format('%I.%I', schemaname, sequencename), last_value FROM pg_sequences "
            "WHERE schemaname = 'public' AND last_value IS NOT NULL"
        ).fetchall()

    def _make(self) -> None:
        admin, name, template = self._made_of
        self.url = make_database(admin, name, template)
        self._connection = psycopg.connect(admin.replace("/postgres?", f"/{name}?"), autocommit=True)
        # Foreign keys and triggers stand still here, so that the order of the tables does not matter.
        self._connection.execute("SET session_replication_role = replica")
        self._connection.execute("SET lock_timeout = '20s'")
        self._times, self._as_made = 0, self._listed()
        self._kept = {name: self._rows(name) for name in self._filled()}

    def empty(self) -> None:
        """Take out whatever a test put in, and let the numbers begin at one again."""
        self._connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        self._times += 1
        if self._times == AT_MOST or self._is_changed():
            self.close()
            self._make()
            return
        for name in self._filled():
            if name not in self._kept:
                self._connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
        self._connection.execute(
            "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) "
            "FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
        )

    def _is_changed(self) -> bool:
        return self._listed() != self._as_made or any(
            self._rows(name) != rows for name, rows in self._kept.items()
        )

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def _listed(self) -> list[tuple[object, ...]]:
        """Return all tables and indexes as they are made, and what the planner was told of them."""
        asked = (
            "SELECT relname, relkind::text, oid::int, relnatts, reltuples FROM pg_class "
            "WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace ORDER BY relname"
        )
        return self._connection.execute(asked).fetchall()

    def _rows(self, name: str) -> list[tuple[object, ...]]:
        return self._connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(name))).fetchall()

    def _filled(self) -> list[str]:
        asked = (
            sql.SQL("SELECT {} WHERE EXISTS (SELECT 1 FROM {})").format(
                sql.Literal(name), sql.Identifier(name)
            )
            for name, kind, *_rest in self._as_made
            if kind == "r"
        )
        return [str(row[0]) for row in self._connection.execute(sql.SQL(" UNION ALL ").join(asked))]


def _dropped(name: str) -> sql.Composed:
    return sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))


def _run(command: list[object]) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=60)
