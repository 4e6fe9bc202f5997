"""Whose access to a portal was ended there, by people who may also give it back."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from crm.core.records import InRegion, OfEmployer, Record, UtcDateTime


class EndedAccess(InRegion, OfEmployer, Record, table=True):
    """Access that somebody who decides about an employer's colleagues ended.

    Where this record is missing, an account that is closed was closed by the central administrator, and
    nobody else opens it again.
    """

    __tablename__ = "ended_accesses"

    user_id: int = Field(foreign_key="users.id", unique=True)
    ended_by_id: int | None = Field(default=None, foreign_key="users.id")
    ended_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
