"""What must be in order before the server starts; each fault is one plain sentence."""

from __future__ import annotations

import fcntl
import sys
from pathlib import Path
from typing import IO

from sqlalchemy.exc import SQLAlchemyError
from streamlit import config

from crm.accounts.queries import has_demo_data
from crm.core.config import DEFAULT_SECRET, Settings, settings
from crm.core.database import engine_for, using_database
from crm.core.errors import AppError
from crm.core.i18n import N_, translate
from crm.migrations import runner

SHORTEST_SECRET = 32
_held: list[IO[str]] = []


class CannotStart(AppError):
    """This installation is not fit to serve; the sentence says what to do."""


def check_can_start(given: Settings) -> None:
    """Check an installation before it serves; raises `CannotStart` with what is wrong.

    In production that is also: no demo data, a secret of its own, no error details on screen, and one
    process at most on SQLite. That process holds `process.lock` in the data directory until it ends.
    """
    if given.oidc_issuer and not given.oidc_client_id:
        raise CannotStart(
            N_("The sign-in of your organisation is set up by half. Set CRM_OIDC_CLIENT_ID as well.")
        )
    _check_database(given)
    if given.is_demo:
        return
    _check_secret(given)
    if config.get_option("client.showErrorDetails") != "none":
        raise CannotStart(
            N_('Error details would be shown to visitors. Set client.showErrorDetails to "none".')
        )
    with using_database(given.url):
        has_demo = has_demo_data()
    if has_demo:
        raise CannotStart(
            N_("This database holds the demo region. Use another one for production (CRM_DATABASE_URL).")
        )
    if given.is_sqlite:
        _check_single_process(given)


def start_or_explain() -> None:
    """Check this installation; on a fault write the sentence and end the process with exit code 2."""
    try:
        check_can_start(settings())
    except CannotStart as fault:
        print(translate(settings().language, fault.message, **fault.params), file=sys.stderr)
        sys.exit(2)


def _check_database(given: Settings) -> None:
    try:
        stored = runner.current_revision(engine_for(given.url))
    except SQLAlchemyError:
        raise CannotStart(
            N_("The database does not answer. Check CRM_DATABASE_URL and whether the database runs.")
        ) from None
    if stored != runner.newest_revision():
        raise CannotStart(N_("The database is not at the version of the program. Run `crm migrate` first."))


def _check_secret(given: Settings) -> None:
    if given.secret_key == DEFAULT_SECRET:
        raise CannotStart(N_("This installation has no secret of its own. Set CRM_SECRET_KEY."))
    if len(given.secret_key) < SHORTEST_SECRET:
        raise CannotStart(
            N_("The secret is too short. Give CRM_SECRET_KEY at least {length} characters."),
            length=SHORTEST_SECRET,
        )


def _check_single_process(given: Settings) -> None:
    if given.processes > 1:
        raise CannotStart(
            N_("SQLite serves one process. Set CRM_PROCESSES to 1, or use PostgreSQL (CRM_DATABASE_URL).")
        )
    if not _hold(given.data_dir / "process.lock"):
        raise CannotStart(
            N_("Another process already serves this data directory. Stop it first, or use PostgreSQL.")
        )


def _hold(path: Path) -> bool:
    """Hold a file for the life of this process; returns whether nobody else holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if any(held.name == str(path) for held in _held):
        return True
    held = path.open("a")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.close()
        return False
    _held.append(held)
    return True
