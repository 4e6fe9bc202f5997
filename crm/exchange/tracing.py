"""Watching what a transaction changes, so that it can be undone: former and new values, record by record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import InstanceState, Session, SessionTransaction
from sqlalchemy.orm.unitofwork import UOWTransaction

from crm.core.records import Record
from crm.exchange.rules.undoing import plain

_SILENT = frozenset({"id", "version", "search_key"})
"""What follows from the rest, or counts it."""


class Trace:
    """The changes that one session wrote; what is rolled back to a savepoint is forgotten again."""

    def __init__(self, session: Session, tables: tuple[type[Record], ...]) -> None:
        self.session = session
        self.tables = tables
        self.written: list[tuple[Record, dict[str, Any] | None]] = []
        self._marks: dict[SessionTransaction, int] = {}

    def changes(self) -> list[dict[str, Any]]:
        """Return what was changed, one entry a record: `before` is None for what was made.

        Former values are those from before the first write, new ones those after the last.
        """
        first: dict[int, tuple[Record, dict[str, Any] | None]] = {}
        for record, before in self.written:
            _, earlier = first.setdefault(id(record), (record, before))
            if earlier is not None and before is not None:
                earlier.update({name: value for name, value in before.items() if name not in earlier})
        return [_change(record, before) for record, before in first.values()]

    def flushed(self, session: Session, _context: UOWTransaction) -> None:
        """Session event: remember what this flush inserts and changes."""
        self.written += [(record, None) for record in session.new if isinstance(record, self.tables)]
        for record in session.dirty:
            if isinstance(record, self.tables) and (before := _former(record)):
                self.written.append((record, before))

    def begun(self, _session: Session, transaction: SessionTransaction) -> None:
        """Session event: remember where a savepoint begins."""
        self._marks[transaction] = len(self.written)

    def rolled_back(self, _session: Session, transaction: SessionTransaction) -> None:
        """Session event: forget what was written since the savepoint."""
        del self.written[self._marks.get(transaction, 0) :]


@contextmanager
def traced(session: Session, *tables: type[Record]) -> Iterator[Trace]:
    """Watch what happens to records of some tables in a session."""
    trace = Trace(session, tables)
    heard: dict[str, Callable[..., None]] = {
        "after_flush": trace.flushed,
        "after_transaction_create": trace.begun,
        "after_soft_rollback": trace.rolled_back,
    }
    for name, listener in heard.items():
        event.listen(session, name, listener)
    try:
        yield trace
    finally:
        for name, listener in heard.items():
            event.remove(session, name, listener)


def mark(record: Record) -> str:
    """Return what tells whether a record holds what it held: a hash of all its values."""
    state: InstanceState[Any] = inspect(record)
    values = [plain(getattr(record, name)) for name in state.mapper.columns.keys() if name != "version"]  # noqa: SIM118
    return blake2b(repr(values).encode(), digest_size=8).hexdigest()


def _former(record: Record) -> dict[str, Any]:
    state: InstanceState[Any] = inspect(record)
    former: dict[str, Any] = {}
    for name in state.mapper.columns.keys():  # noqa: SIM118
        history = state.attrs[name].history
        if name not in _SILENT and history.has_changes():
            former[name] = plain(next(iter(history.deleted or ()), None))
    return former


def _change(record: Record, before: dict[str, Any] | None) -> dict[str, Any]:
    made = before is None
    employer_id = record.id if record.__tablename__ == "employers" else getattr(record, "employer_id")  # noqa: B009
    return {
        "table": str(record.__tablename__),
        "id": record.id,
        "employer": employer_id,
        "mark": mark(record),
        "before": None if made else before,
        "after": {} if before is None else {name: plain(getattr(record, name)) for name in before},
    }
