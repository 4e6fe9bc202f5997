"""Watching what a transaction changes, so that it can be undone: former and new values, record by record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from sqlalchemy import Date, Numeric, event, inspect
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.orm import InstanceState, Session, SessionTransaction
from sqlalchemy.orm.unitofwork import UOWTransaction

from crm.core.records import Record
from crm.exchange.rules.undoing import plain

_SILENT = frozenset({"id", "version"})
"""What counts the rest."""

_FOLLOWS = {"employers": frozenset({"search_key"})}
"""What is worked out anew from the rest when that is put back."""


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


def put_back(record: Record, former: Mapping[str, Any]) -> None:
    """Give a record the values that it had, as JSON kept them."""
    columns = inspect(type(record)).columns
    for name, value in former.items():
        setattr(record, name, _from_json(columns[name].type, value))


def _from_json(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, SqlEnum) and kind.enum_class is not None:
        return kind.enum_class(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(kind, Numeric) else value


def _former(record: Record) -> dict[str, Any]:
    state: InstanceState[Any] = inspect(record)
    former: dict[str, Any] = {}
    silent = _SILENT | _FOLLOWS.get(str(record.__tablename__), frozenset())
    for name in state.mapper.columns.keys():  # noqa: SIM118
        history = state.attrs[name].history
        if name not in silent and history.has_changes():
            former[name] = plain(next(iter(history.deleted or ()), None))
    return former


def _change(record: Record, before: dict[str, Any] | None) -> dict[str, Any]:
    made = before is None
    return {
        "table": str(record.__tablename__),
        "id": record.id,
        "employer": record.id if record.__tablename__ == "employers" else getattr(record, "employer_id", 0),
        "award": _award_of(record, before or {}),
        "mark": mark(record),
        "before": None if made else before,
        "after": {} if before is None else {name: plain(getattr(record, name)) for name in before},
    }


def _award_of(record: Record, before: Mapping[str, Any]) -> str:
    """Return the award a record is about, empty for none; a withdrawn contract is about the former one."""
    table = str(record.__tablename__)
    if table == "imported_awards":
        return str(getattr(record, "key"))  # noqa: B009
    return str(before.get("award_key") or getattr(record, "award_key", None) or "")
