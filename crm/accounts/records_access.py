"""Whose access to a portal was ended there, what a merge put out of sight, and who decided to show all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
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


class HiddenContract(Record, table=True):
    """A contract that a portal user does not see: it came to their employer by a merge, or they did.

    It stays out of sight until somebody who sees it shows it (docs/decisions/0017).
    """

    __tablename__ = "hidden_contracts"
    __table_args__ = (UniqueConstraint("user_id", "contract_id"),)

    user_id: int = Field(foreign_key="users.id")
    contract_id: int = Field(foreign_key="contracts.id", index=True)


class AllContracts(Record, table=True):
    """That somebody decided that a portal user sees the contracts of every authority."""

    __tablename__ = "all_contracts"

    user_id: int = Field(foreign_key="users.id", unique=True)
    decided_by_id: int | None = Field(default=None, foreign_key="users.id")
    decided_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
