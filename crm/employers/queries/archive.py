"""Which employers were put away, and what a field held before a change."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from crm.core.audit import MASK, AuditEntry
from crm.core.errors import NotFound
from crm.core.work import Work
from crm.employers.records import Employer
from crm.employers.records_structure import ArchivedEmployer

_KEPT = ("employers", "contact_persons", "establishments")


@dataclass(frozen=True)
class Archived:
    """That an employer was put away: when and why."""

    on: date
    reason: str


@dataclass(frozen=True)
class FormerValue:
    """What a field of a record held before a change, as the audit wrote it down."""

    table: str
    record_id: int
    value: Any


def archived(work: Work, employer_id: int) -> ArchivedEmployer | None:
    """Return the record that an employer was put away, if it was."""
    return work.session.exec(
        select(ArchivedEmployer).where(ArchivedEmployer.employer_id == employer_id)
    ).first()


def not_archived() -> ColumnElement[bool]:
    """Return the condition that an employer was not put away, for every list of employers."""
    away = select(ArchivedEmployer.id).where(ArchivedEmployer.employer_id == Employer.id)
    return ~away.correlate(Employer).exists()


def archive_note(work: Work, employer_id: int) -> Archived | None:
    """Return when and why an employer was put away, if it was."""
    away = archived(work, employer_id)
    return Archived(away.archived_at.date(), away.reason) if away else None


def value_before(work: Work, change_id: int, field: str) -> FormerValue:
    """Return what a field held before a change; raises `NotFound` when the change does not tell.

    The audit knows no scope: whoever asks looks the record up for the actor before doing anything with it.
    """
    entry = work.session.exec(select(AuditEntry).where(col(AuditEntry.id) == change_id)).first()
    if entry is None or entry.action != "update" or entry.object_type not in _KEPT:
        raise NotFound()
    before = json.loads(entry.before)
    if field not in before or before[field] == MASK:
        raise NotFound()
    return FormerValue(entry.object_type, int(entry.object_id), before[field])
