"""What happened to a record, field by field, read from the audit."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, literal, or_, union_all
from sqlmodel import col, select

from crm.core.audit import AuditEntry
from crm.core.errors import NotFound
from crm.core.records import Record, key
from crm.core.work import Work

_SILENT = frozenset({"id", "version", "region_id", "search_key"})


@dataclass(frozen=True)
class FieldChange:
    """One field of a record: what it held before and after, as the audit wrote them down."""

    field: str
    before: object
    after: object


@dataclass(frozen=True)
class Change:
    """One change of one record: by whom, when, and which fields."""

    id: int
    at: datetime
    who: str
    action: str
    intention: str
    object_type: str
    object_id: int
    fields: tuple[FieldChange, ...]


def history_of(
    work: Work,
    about: Mapping[type[Record], ColumnElement[bool]],
    limit: int = 20,
    before: int | None = None,
) -> list[Change]:
    """Return what happened to records of some tables, newest first; raises `NotFound` when there are none.

    It takes conditions and no ids, and looks the records up in the actor's scope, because the audit itself
    knows no scope. `before` is the id of the last change already shown.
    """
    found = [
        and_(col(AuditEntry.object_type) == table, col(AuditEntry.object_id).in_(ids))
        for table, ids in _ids(work, about).items()
    ]
    if not found:
        raise NotFound()
    entries = select(AuditEntry).where(or_(*found)).order_by(col(AuditEntry.id).desc()).limit(limit)
    if before is not None:
        entries = entries.where(col(AuditEntry.id) < before)
    return [_change(entry) for entry in work.session.exec(entries)]


def _ids(work: Work, about: Mapping[type[Record], ColumnElement[bool]]) -> dict[str, list[str]]:
    ids: defaultdict[str, list[str]] = defaultdict(list)
    each: list[Any] = [
        select(literal(str(table.__tablename__)), col(table.id)).where(condition)
        for table, condition in about.items()
    ]
    for name, found_id in work.session.execute(union_all(*each)):
        ids[name].append(str(found_id))
    return ids


def _change(entry: AuditEntry) -> Change:
    before, after = json.loads(entry.before), json.loads(entry.after)
    fields = [
        FieldChange(name, before.get(name), after.get(name))
        for name in sorted({*before, *after} - _SILENT)
        if before.get(name) != after.get(name)
    ]
    return Change(
        id=key(entry),
        at=entry.at,
        who=entry.actor_name,
        action=entry.action,
        intention=entry.intention,
        object_type=entry.object_type,
        object_id=int(entry.object_id),
        fields=tuple(fields),
    )
