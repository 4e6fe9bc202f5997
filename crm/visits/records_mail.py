"""Tables of mails that somebody forwards: their private address, and what waits to be put into a file."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from crm.core.records import Record, UtcDateTime, Versioned


class MailAddress(Record, table=True):
    """Somebody's private address for forwarding mail; only its hash is kept. Taken away is gone."""

    __tablename__ = "mail_addresses"
    masked: ClassVar[frozenset[str]] = frozenset({"token_hash"})

    user_id: int = Field(foreign_key="users.id", unique=True)
    token_hash: str = Field(max_length=64, unique=True)
    made_at: datetime = Field(sa_type=UtcDateTime, nullable=False)


class WaitingMail(Versioned, Record, table=True):
    """A mail that somebody forwarded, until it is put into a file or thrown away.

    Then its content goes, and only its fingerprint stays, so that the same mail never comes in twice.
    """

    __tablename__ = "waiting_mails"
    __table_args__ = (
        UniqueConstraint("user_id", "fingerprint"),
        Index(None, "user_id", "settled_at"),
        CheckConstraint("(sha256 IS NULL) = (settled_at IS NOT NULL)", name="kept_while_waiting"),
    )
    masked: ClassVar[frozenset[str]] = frozenset({"subject", "sender"})

    user_id: int = Field(foreign_key="users.id")
    fingerprint: str = Field(max_length=64)
    received_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    subject: str = Field(default="", max_length=200)
    sender: str = Field(default="", max_length=200)
    sha256: str | None = Field(default=None, max_length=64, index=True)
    media_type: str = Field(default="message/rfc822", max_length=100)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
