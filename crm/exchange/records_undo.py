"""Tables of what somebody said about a file before it came in, what it changed, and how that was undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, Index, Text, UniqueConstraint
from sqlmodel import Field

from crm.core.records import InRegion, Internal, Record, UtcDateTime, choice
from crm.exchange.rules.plans import Existing
from crm.exchange.rules.runs import RunState


class ImportMapping(InRegion, Internal, Record, table=True):
    """What the headings of somebody's files mean, kept by name: heading to field, empty for leave out."""

    __tablename__ = "import_mappings"
    __table_args__ = (UniqueConstraint("region_id", "name"),)

    name: str = Field(max_length=80)
    headings: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))


class ImportPlan(Record, table=True):
    """How the file of one run is to be read: headings, what to do with who is known, and answers by line.

    `only_check` is whether everything is judged and nothing kept. An answer is the id of the employer that
    a line is about, `NEW` or `LEAVE_OUT`.
    """

    __tablename__ = "import_plans"
    audited: ClassVar[bool] = False

    run_id: int = Field(foreign_key="import_runs.id", unique=True)
    headings: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    existing: Existing = Field(sa_column=Column(choice(Existing), nullable=False))
    only_check: bool = False
    answers: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class ImportLikeness(Record, table=True):
    """A line about an employer that looks like one we have: what the file says, and whom it looks like.

    `employer` is no foreign key: what was asked stays when the employer is merged or taken back.
    """

    __tablename__ = "import_likenesses"
    __table_args__ = (Index(None, "run_id", "place"),)
    audited: ClassVar[bool] = False

    run_id: int = Field(foreign_key="import_runs.id")
    place: int
    employer: int
    score: int
    told: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    is_answered: bool = False


class ImportStep(Record, table=True):
    """What one batch of a run changed, written in the same transaction: the former and the new values."""

    __tablename__ = "import_steps"
    audited: ClassVar[bool] = False

    run_id: int = Field(foreign_key="import_runs.id", index=True)
    changes: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))


class ImportUndo(Record, table=True):
    """The undoing of one run: how many employers of how many are done, who works on it, what came of it."""

    __tablename__ = "import_undos"
    audited: ClassVar[bool] = False

    run_id: int = Field(foreign_key="import_runs.id", unique=True)
    state: RunState = Field(sa_column=Column(choice(RunState), nullable=False))
    done: int = 0
    total: int = 0
    started_by_id: int | None = Field(default=None, foreign_key="users.id", index=True)
    started_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    worker: str = Field(default="", max_length=120)
    beat_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    removed_count: int = 0
    restored_count: int = 0
    left_count: int = 0
    message: str = Field(default="", sa_column=Column(Text, nullable=False))
    message_params: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class ImportLeft(Record, table=True):
    """Something that an undo left as it is, of which employer, which fields and why (a gettext id).

    `employer` is no foreign key: the employer can be gone.
    """

    __tablename__ = "import_left"
    audited: ClassVar[bool] = False

    run_id: int = Field(foreign_key="import_runs.id", index=True)
    employer: int
    name: str = Field(default="", max_length=200)
    object_type: str = Field(max_length=64)
    object_id: int
    fields: list[str] = Field(sa_column=Column(JSON, nullable=False))
    reason: str = Field(max_length=400)
