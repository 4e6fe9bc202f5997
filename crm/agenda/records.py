"""Tables of what a user gets outside the screens: a calendar feed, and a mail each day."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlmodel import Field

from crm.core.records import Record, UtcDateTime


class CalendarFeed(Record, table=True):
    """Somebody's private calendar; only the hash of its secret address is kept. Taken away is gone."""

    __tablename__ = "calendar_feeds"
    masked: ClassVar[frozenset[str]] = frozenset({"token_hash"})

    user_id: int = Field(foreign_key="users.id", unique=True)
    token_hash: str = Field(max_length=64, unique=True)
    made_at: datetime = Field(sa_type=UtcDateTime, nullable=False)


class DigestWish(Record, table=True):
    """Somebody who wants a mail each working day about what is due; nobody gets one unasked."""

    __tablename__ = "digest_wishes"

    user_id: int = Field(foreign_key="users.id", unique=True)
    since: datetime = Field(sa_type=UtcDateTime, nullable=False)
    last_sent_on: date | None = None
