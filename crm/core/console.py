"""Talking with an administrator at a terminal: plain sentences in the language of the installation."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from crm.core.config import settings
from crm.core.errors import AppError
from crm.core.i18n import translate

USERS_FAULT = 2
MACHINES_FAULT = 1


class PlainGroup(TyperGroup):
    """A group of commands whose faults are one plain sentence, never a trace.

    Exit code 2 for what the user can mend, 1 for a disk or a database that does not answer.
    """

    def invoke(self, ctx: Any) -> object:
        """Run the chosen command."""
        try:
            return super().invoke(ctx)
        except AppError as fault:
            _complain(fault)
            raise typer.Exit(USERS_FAULT) from None
        except Exception as fault:
            if not isinstance(fault, OSError) and not _is_of_database(fault):
                raise
            typer.echo(said("This did not work: {reason}.", reason=_first_line(fault)), err=True)
            raise typer.Exit(MACHINES_FAULT) from None


def say(message: str, **params: object) -> None:
    """Print a message (an English gettext id) in the language of the installation."""
    typer.echo(said(message, **params))


def said(message: str, **params: object) -> str:
    """Return a message in the language of the installation; Dutch when the settings are at fault."""
    try:
        language: str = settings().language
    except AppError:
        language = "nl"
    return translate(language, message, **params)


def require_database() -> None:
    """Raise `Invalid` unless the database of this installation is there, at the program's version."""
    from crm.core.database import engine
    from crm.migrations.runner import require_current

    require_current(engine())


def _complain(fault: AppError) -> None:
    field = getattr(fault, "field", "")
    sentence = said(fault.message, **fault.params)
    typer.echo(f"{field}: {sentence}" if field else sentence, err=True)


def _is_of_database(fault: Exception) -> bool:
    from sqlalchemy.exc import SQLAlchemyError

    return isinstance(fault, SQLAlchemyError)


def _first_line(fault: Exception) -> str:
    cause = getattr(fault, "orig", None) or fault
    return str(cause).strip().partition("\n")[0].rstrip(".")
