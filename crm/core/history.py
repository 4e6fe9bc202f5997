"""What happened to a record, field by field, read from the audit."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_
from sqlmodel import col, select

from crm.core.audit import AuditEntry
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
    work: Work, records: Iterable[Record], limit: int = 20, before: int | None = None
) -> list[Change]:
    """Return what happened to records that were read in the actor's scope, newest first.

    It takes records and no ids, because the audit itself knows no scope; `before` is the id of the last
    change already shown.
    """
    ids: defaultdict[str, list[str]] = defaultdict(list)
    for record in records:
        ids[str(record.__tablename__)].append(str(key(record)))
    about = [
        and_(col(AuditEntry.object_type) == table, col(AuditEntry.object_id).in_(found))
        for table, found in ids.items()
    ]
    if not about:
        return []
    entries = select(AuditEntry).where(or_(*about)).order_by(col(AuditEntry.id).desc()).limit(limit)
    if before is not None:
        entries = entries.where(col(AuditEntry.id) < before)
    return [_change(entry) for entry in work.session.exec(entries)]


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
