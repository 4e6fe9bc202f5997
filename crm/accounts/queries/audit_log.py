"""Questions about the audit log: who did what, when, and is the chain whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select

from crm.core.access import Permission, Role
from crm.core.audit import MASK, AuditEntry
from crm.core.clock import LOCAL_ZONE
from crm.core.records import key
from crm.core.sealing import ChainReport, verify
from crm.core.work import Work

AUDIT_PAGE_SIZE = 50
MOST_COUNTED = 1000

_CANDIDATE_TABLES = frozenset({"candidates"})
_CANDIDATE_FIELDS = frozenset(
    {
        "approved_explanation",
        "candidate_id",
        "candidate_reference",
        "explanation",
        "facts",
        "subject",
    }
)
_SILENT = frozenset({"id", "version", "region_id", "search_key"})


@dataclass(frozen=True)
class AuditFilter:
    """Which entries to show; the period is in days on the Dutch clock, both included."""

    since: date
    until: date
    who: str = ""
    action: str = ""
    object_type: str = ""
    object_id: str = ""


@dataclass(frozen=True)
class AuditField:
    """One field of a record, as it was and as it became."""

    name: str
    before: object
    after: object


@dataclass(frozen=True)
class AuditRow:
    """One entry of the log."""

    id: int
    at: datetime
    who: str
    action: str
    intention: str
    object_type: str
    object_id: str
    origin: str
    fields: tuple[AuditField, ...]


@dataclass(frozen=True)
class AuditList:
    """A page of the log, newest first; `total` stops counting at 1,000."""

    rows: list[AuditRow]
    total: int


def audit_log(work: Work, asked: AuditFilter, page: int = 1) -> AuditList:
    """Return a page of the audit log; raises `Forbidden` without permission.

    Nobody but an administrator sees which candidate an entry is about.
    """
    work.actor.require(Permission.AUDIT_VIEW)
    wanted = list(_wanted(asked))
    found = (
        select(AuditEntry)
        .where(*wanted)
        .order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc())
        .limit(AUDIT_PAGE_SIZE)
        .offset((page - 1) * AUDIT_PAGE_SIZE)
    )
    some = select(AuditEntry.id).where(*wanted).limit(MOST_COUNTED).subquery()
    total = work.session.exec(select(func.count()).select_from(some)).one()
    hide = work.actor.role is not Role.ADMIN
    return AuditList([_row(entry, hide=hide) for entry in work.session.exec(found)], total)


def check_chain(work: Work) -> ChainReport:
    """Recompute the whole chain; raises `Invalid` where it was broken, `Forbidden` without permission."""
    work.actor.require(Permission.AUDIT_VIEW)
    return verify(work.session.connection())


def _wanted(asked: AuditFilter) -> Iterator[ColumnElement[bool]]:
    yield col(AuditEntry.at) >= _start_of(asked.since)
    yield col(AuditEntry.at) < _start_of(asked.until + timedelta(days=1))
    if who := asked.who.strip():
        yield col(AuditEntry.actor_name).icontains(who, autoescape=True)
    if asked.action:
        yield col(AuditEntry.action) == asked.action
    if asked.object_type:
        yield col(AuditEntry.object_type) == asked.object_type
    if asked.object_id:
        yield col(AuditEntry.object_id) == asked.object_id


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LOCAL_ZONE)


def _row(entry: AuditEntry, *, hide: bool) -> AuditRow:
    secret = hide and entry.object_type in _CANDIDATE_TABLES
    before, after = json.loads(entry.before), json.loads(entry.after)
    return AuditRow(
        id=key(entry),
        at=entry.at,
        who=entry.actor_name,
        action=entry.action,
        intention=entry.intention,
        object_type=entry.object_type,
        object_id=MASK if secret else entry.object_id,
        origin=entry.origin,
        fields=tuple(_fields(before, after, secret=secret, hide=hide)),
    )


def _fields(
    before: dict[str, Any], after: dict[str, Any], *, secret: bool, hide: bool
) -> Iterator[AuditField]:
    for name in sorted({*before, *after} - _SILENT):
        was, became = before.get(name), after.get(name)
        if was == became and was != MASK:
            continue
        masked = secret or (hide and name in _CANDIDATE_FIELDS)
        yield AuditField(name, MASK, MASK) if masked else AuditField(name, was, became)
