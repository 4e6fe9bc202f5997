"""Counts what a test asks of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from crm.core.database import engine

MOST_ON_A_PAGE = 12


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect every SELECT that is sent while the block runs."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")) and "set_config" not in statement:
            seen.append(statement)

    event.listen(engine(), "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine(), "before_cursor_execute", note)
