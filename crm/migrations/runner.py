"""Brings a database to the version of the code, and tells whether the two agree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from crm.core.database import is_sqlite
from crm.core.errors import Invalid
from crm.schema import metadata

_HERE = Path(__file__).parent


@contextmanager
def _config(engine: Engine) -> Iterator[Config]:
    config = _plain_config()
    with engine.execution_options(writes=True).begin() as connection:
        if not is_sqlite(connection):
            connection.exec_driver_sql("SELECT set_config('crm.scope', 'staff', true)")
        config.attributes["connection"] = connection
        yield config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Migrate forward, in one transaction."""
    with _config(engine) as config:
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Migrate back, in one transaction."""
    with _config(engine) as config:
        command.downgrade(config, revision)


def newest_revision() -> str | None:
    """Return the revision that the code needs."""
    return _scripts().get_current_head()


def known_revisions() -> frozenset[str]:
    """Return every revision that the code can migrate from."""
    return frozenset(script.revision for script in _scripts().walk_revisions())


def current_revision(engine: Engine) -> str | None:
    """Return the revision that the database has, or None when it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def require_current(engine: Engine) -> None:
    """Raise `Invalid` unless the database has the revision that the code needs."""
    absent = is_sqlite(engine) and not Path(engine.url.database or "").exists()
    if absent or current_revision(engine) != newest_revision():
        raise Invalid("", "The database is not at the version of the program. Run `crm migrate` first.")


def drift(engine: Engine) -> list[Any]:
    """Return the differences between the code's tables and the database's; empty when they agree."""
    with _config(engine) as config:
        options = {
            "compare_type": True,
            "include_object": lambda _o, name, kind, _r, _c: (
                not (
                    kind in {"table", "index"}
                    and str(name).startswith(("employer_search", "contract_search", "everything_search"))
                )
            ),
        }
        context = MigrationContext.configure(config.attributes["connection"], opts=options)
        return list(compare_metadata(context, metadata()))


def _plain_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.set_main_option("path_separator", "os")
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_plain_config())
