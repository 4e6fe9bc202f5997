"""Tables of employers that turned out to be one: what moved, so that it can be taken apart again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from crm.core.records import InRegion, Internal, Record, UtcDateTime


class EmployerMerge(InRegion, Internal, Record, table=True):
    """One employer that went up in another; ids are no foreign keys, because `gone` is no longer there.

    `gone_values` is the record as it was, `fields` the former and new values of who stayed, `moves` every
    changed column of another record (table, id, column, before, after) and `removed` the records that both
    had and that can be there only once. `left` is what an undo could not put back.
    """

    __tablename__ = "employer_merges"

    kept: int = Field(index=True)
    gone: int = Field(index=True)
    gone_name: str = Field(max_length=200)
    gone_values: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    fields: dict[str, list[Any]] = Field(sa_column=Column(JSON, nullable=False))
    moves: list[list[Any]] = Field(sa_column=Column(JSON, nullable=False))
    removed: list[list[Any]] = Field(sa_column=Column(JSON, nullable=False))
    merged_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    merged_by_id: int | None = Field(default=None, foreign_key="users.id")
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_by_id: int | None = Field(default=None, foreign_key="users.id")
    left: list[list[Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class DifferentEmployers(InRegion, Internal, Record, table=True):
    """Two employers that look alike and are not: not proposed again. The lowest id comes first."""

    __tablename__ = "different_employers"
    __table_args__ = (UniqueConstraint("one", "other"),)

    one: int
    other: int


class FormerLimits(Internal, Record, table=True):
    """To the contracts of which authorities a portal user was limited when a merge was made; none is all."""

    __tablename__ = "former_limits"
    __table_args__ = (UniqueConstraint("merge_id", "user_id"),)

    merge_id: int = Field(foreign_key="employer_merges.id")
    user_id: int = Field(foreign_key="users.id", index=True)
    authority_ids: list[int] = Field(sa_column=Column(JSON, nullable=False))
