"""A PostgreSQL server of our own for the length of the test run, from the system's binaries."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

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
            f"-c listen_addresses= -k {folder} -c fsync=off -c full_page_writes=off -c max_connections=120"
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


def _dropped(name: str) -> sql.Composed:
    return sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))


def _run(command: list[object]) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=60)
