"""A mark in the same transaction whenever ties change: whoever holds the network in memory reads it again."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlmodel import Field

from crm.core import clock
from crm.core.records import Record, UtcDateTime
from crm.core.work import ScopedSession
from crm.employers.records_structure import ArchivedEmployer
from crm.network.records import Membership, Tie
from crm.network.records_parties import Party, PartyTalk, PartyTie

_WATCHED = (Tie, Membership, Party, PartyTie, PartyTalk, ArchivedEmployer)


class NetworkChange(Record, table=True):
    """That the network changed; the last id tells one state from the next."""

    __tablename__ = "network_changes"
    audited: ClassVar[bool] = False

    changed_at: datetime = Field(sa_type=UtcDateTime, nullable=False)


def mark_changes(session: Session, _context: Any, _instances: Any) -> None:
    """Session event: mark that ties are about to change."""
    touched = (*session.new, *session.dirty, *session.deleted)
    marked = any(isinstance(record, NetworkChange) for record in session.new)
    if not marked and any(isinstance(record, _WATCHED) for record in touched):
        session.add(NetworkChange(changed_at=clock.now()))


event.listen(ScopedSession, "before_flush", mark_changes)
