"""The audit log: one entry for each changed record, in the same transaction, sealed in a hash chain.

Entries are written without looking at each other, so that writers never queue; a sealer links them
afterwards (`crm.core.sealing`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Column, Index, Integer, Text, insert, inspect
from sqlalchemy.orm import InstanceState, Session
from sqlalchemy.orm.unitofwork import UOWTransaction
from sqlmodel import Field

from crm.core import clock
from crm.core.access import Actor
from crm.core.records import Record, UtcDateTime

MASK = "•••"


class AuditEntry(Record, table=True):
    """Who did what to which record, when and from where; it outlives the record."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index(None, "object_type", "object_id"), Index(None, "at"))
    audited: ClassVar[bool] = False

    id: int | None = Field(
        default=None,
        sa_column=Column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True),
    )
    at: Any = Field(sa_column=Column(UtcDateTime, nullable=False))
    actor_id: int | None = None
    actor_name: str
    action: str = Field(max_length=32)
    intention: str = Field(max_length=80)
    object_type: str = Field(max_length=64)
    object_id: str = Field(max_length=64)
    origin: str = Field(max_length=32)
    before: str = Field(sa_column=Column(Text, nullable=False))
    after: str = Field(sa_column=Column(Text, nullable=False))
    content_hash: str = Field(max_length=64)


class AuditSeal(Record, table=True):
    """A link of the chain: the hash over the previous link and the entry's own content."""

    __tablename__ = "audit_seals"
    audited: ClassVar[bool] = False

    id: int | None = Field(
        default=None,
        sa_column=Column(
            BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False
        ),
    )
    entry_id: int = Field(sa_column=Column(BigInteger, nullable=False, unique=True))
    chain_hash: str = Field(max_length=64)


def record_changes(session: Session, _context: UOWTransaction) -> None:
    """Session event: write an entry for every record that this flush inserts, changes or deletes."""
    entries = [
        *(_entry(session, "insert", record, {}, _values(record)) for record in _audited(session.new)),
        *(
            _entry(session, "update", record, before, after)
            for record in _audited(session.dirty)
            for before, after in [_difference(record)]
            if after
        ),
        *(_entry(session, "delete", record, _values(record), {}) for record in _audited(session.deleted)),
    ]
    if entries:
        session.connection().execute(insert(AuditEntry.__table__), entries)  # type: ignore[attr-defined]


def write_note(
    session: Session, action: str, kind: str, object_id: str, detail: Mapping[str, Any] | None
) -> None:
    """Write an entry for something that changes no record."""
    values = _line(session, action, kind, object_id, {}, dict(detail or {}))
    session.connection().execute(insert(AuditEntry.__table__), [values])  # type: ignore[attr-defined]


def content_hash(values: Mapping[str, Any]) -> str:
    """Return the hash of an entry's content, whichever database it was read from."""
    named = {name: values[name] for name in _HASHED}
    return hashlib.sha256(plain_json(named).encode()).hexdigest()


_HASHED = (
    "at",
    "actor_id",
    "actor_name",
    "action",
    "intention",
    "object_type",
    "object_id",
    "origin",
    "before",
    "after",
)


def _audited(records: Iterable[object]) -> list[Record]:
    return [record for record in records if isinstance(record, Record) and record.audited]


def _entry(
    session: Session, action: str, record: Record, before: dict[str, Any], after: dict[str, Any]
) -> dict[str, Any]:
    return _line(session, action, str(record.__tablename__), str(record.id), before, after)


def _line(
    session: Session, action: str, kind: str, object_id: str, before: dict[str, Any], after: dict[str, Any]
) -> dict[str, Any]:
    actor: Actor = session.info["actor"]
    values = {
        "at": clock.now(),
        "actor_id": actor.user_id,
        "actor_name": actor.name,
        "action": action,
        "intention": session.info["intention"],
        "object_type": kind,
        "object_id": object_id,
        "origin": actor.origin,
        "before": plain_json(before),
        "after": plain_json(after),
    }
    return {**values, "content_hash": content_hash(values)}


def _values(record: Record) -> dict[str, Any]:
    state: InstanceState[Any] = inspect(record)
    return {
        name: MASK if name in record.masked else getattr(record, name)
        for name in state.mapper.column_attrs.keys()  # noqa: SIM118
    }


def _difference(record: Record) -> tuple[dict[str, Any], dict[str, Any]]:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    state: InstanceState[Any] = inspect(record)
    for name in state.mapper.column_attrs.keys():  # noqa: SIM118
        history = state.attrs[name].history
        if name == "version" or not history.has_changes():
            continue
        hide = name in record.masked
        before[name] = MASK if hide else next(iter(history.deleted or ()), None)
        after[name] = MASK if hide else next(iter(history.added or ()), None)
    return before, after


def plain_json(values: object) -> str:
    """Return values as the log keeps them: sorted by name, enums, days and amounts as text."""
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.isoformat(timespec="microseconds")
        case date() | Decimal():
            return str(value)
    raise TypeError(f"{type(value).__name__} has no place in the audit log")
