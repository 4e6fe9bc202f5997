"""PostgreSQL in and out of an archive: pg_dump on an exported snapshot, pg_restore in one transaction.

Row-level security is forced on the owner too. The dump therefore runs as staff, and in a restore the
policies come after the rows and the foreign keys (pg_dump puts them in its last section).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from crm.core.config import settings
from crm.core.database import engine
from crm.core.errors import AppError, Invalid
from crm.exchange.backup.archive import take_out
from crm.exchange.backup.manifest import Member

_AS_STAFF = text("SELECT set_config('crm.scope', 'staff', true)")
_UNCHECKED = text("SELECT count(*) FROM pg_constraint WHERE NOT convalidated")
_EXTENSIONS = text("SELECT extname FROM pg_extension")


class ToolFailed(AppError):
    """pg_dump or pg_restore is missing or did not succeed."""


@contextmanager
def snapshot(folder: Path) -> Iterator[tuple[Path, Connection]]:
    """Yield a dump of the database as it is at one moment, and a connection that sees the same moment."""
    path = folder / "database.dump"
    with engine().connect() as connection:
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
        connection.execute(_AS_STAFF)
        name = connection.scalar(text("SELECT pg_export_snapshot()"))
        _run("pg_dump", "--format=custom", "--enable-row-security", f"--snapshot={name}", f"--file={path}")
        yield path, connection


def refuse_unless_empty() -> None:
    """Raise `Invalid` when the database holds any table."""
    if inspect(engine()).get_table_names():
        raise Invalid("", "There is a database here already. Restore into an empty place.")


@contextmanager
def arriving(archive: zipfile.ZipFile, member: Member) -> Iterator[Connection]:
    """Yield a connection to the restored database; it is emptied again when the block fails."""
    before = _extensions(engine())
    settings().data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings().data_dir) as folder:
        dump = Path(folder) / member.name
        take_out(archive, member, dump)
        _run("pg_restore", "--single-transaction", "--exit-on-error", str(dump))
    try:
        with engine().connect() as connection:
            connection.execute(_AS_STAFF)
            if connection.scalar(_UNCHECKED):
                raise Invalid("", "The database in this backup is damaged. Choose another backup.")
            yield connection
    except BaseException:
        _empty(engine(), _extensions(engine()) - before)
        raise


def _run(program: str, *arguments: str) -> None:
    url = engine().url
    where = url.set(drivername="postgresql", password=None).render_as_string()
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    found = shutil.which(program)
    if found is None:
        raise ToolFailed("Install the PostgreSQL client programs: {program} is not here.", program=program)
    done = subprocess.run(  # noqa: S603
        [found, "--no-owner", "--no-privileges", "--no-comments", f"--dbname={where}", *arguments],
        env={**os.environ, **secret, "PGOPTIONS": "-c crm.scope=staff"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        reason = done.stderr.strip().partition("\n")[0]
        raise ToolFailed("{program} did not succeed: {reason}", program=program, reason=reason)


def _extensions(bind: Engine) -> set[str]:
    with bind.connect() as connection:
        return set(connection.scalars(_EXTENSIONS))


_OUR_FUNCTIONS = """
    SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'public'
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def _empty(bind: Engine, extensions: set[str]) -> None:
    with bind.begin() as connection:
        for table in inspect(connection).get_table_names():
            connection.exec_driver_sql(f'DROP TABLE "{table}" CASCADE')
        for extension in sorted(extensions):
            connection.exec_driver_sql(f'DROP EXTENSION "{extension}"')
        for function in connection.exec_driver_sql(_OUR_FUNCTIONS).scalars().all():
            connection.exec_driver_sql(f"DROP FUNCTION {function} CASCADE")
