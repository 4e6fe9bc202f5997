"""Tables of what came in from outside: one run for each file, one verdict for each row or award."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Column, Index, Text
from sqlmodel import Field

from crm.core.records import Record, UtcDateTime


class ImportRun(Record, table=True):
    """One file that was brought in, how far it is and what came of it."""

    __tablename__ = "import_runs"

    kind: str = Field(max_length=20)
    file_name: str = Field(max_length=200)
    sha256: str = Field(max_length=64, index=True)
    state: str = Field(max_length=20)
    progress: int = 0
    started_by_id: int | None = Field(default=None, foreign_key="users.id", index=True)
    started_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    new_count: int = 0
    same_count: int = 0
    updated_count: int = 0
    rejected_count: int = 0
    message: str | None = Field(default=None, max_length=400)


class ImportVerdict(Record, table=True):
    """What became of one row or award; `message` is an English gettext id with `params` as JSON."""

    __tablename__ = "import_verdicts"
    __table_args__ = (Index(None, "run_id", "verdict", "place"),)
    audited: ClassVar[bool] = False

    run_id: int = Field(foreign_key="import_runs.id")
    place: int
    verdict: str = Field(max_length=10)
    subject: str = Field(max_length=300)
    message: str = Field(default="", sa_column=Column(Text, nullable=False))
    params: str = Field(default="{}", sa_column=Column(Text, nullable=False))
