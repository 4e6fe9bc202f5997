"""Tables of what came in from outside: one run for each file, one verdict for each row or award."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Column, Index, Text
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfAuthority, Record, UtcDateTime, choice
from crm.exchange.rules import Outcome
from crm.exchange.rules.runs import ImportKind, RunState


class ImportRun(Record, table=True):
    """One file that was brought in, how far it is (percent) and what came of it.

    The counts move all the time, so the audit notes the start and the end instead of every change.
    `unknown_count` is the part of the rejected that belongs to buyers who are no authority here; `worker` is
    the process that works on it.
    """

    __tablename__ = "import_runs"
    audited: ClassVar[bool] = False

    kind: ImportKind = Field(sa_column=Column(choice(ImportKind), nullable=False))
    file_name: str = Field(max_length=200)
    sha256: str = Field(max_length=64, index=True)
    size_bytes: int = Field(sa_column=Column(BigInteger, nullable=False))
    region_id: int | None = Field(default=None, foreign_key="regions.id")
    state: RunState = Field(sa_column=Column(choice(RunState), nullable=False))
    progress: int = 0
    started_by_id: int | None = Field(default=None, foreign_key="users.id", index=True)
    started_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    worker: str = Field(default="", max_length=120)
    beat_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    new_count: int = 0
    same_count: int = 0
    updated_count: int = 0
    rejected_count: int = 0
    skipped_count: int = 0
    unknown_count: int = 0
    message: str = Field(default="", sa_column=Column(Text, nullable=False))
    message_params: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class ImportVerdict(Record, table=True):
    """What became of one row or award; `changed` names the fields of an update.

    `remarks` are field, English gettext id and parameters. `subject` is the name of an organisation or
    a title, never of a contact person.
    """

    __tablename__ = "import_verdicts"
    __table_args__ = (Index(None, "run_id", "verdict", "place"),)
    audited: ClassVar[bool] = False

    run_id: int = Field(foreign_key="import_runs.id")
    place: int
    verdict: Outcome = Field(sa_column=Column(choice(Outcome), nullable=False))
    subject: str = Field(default="", max_length=300)
    reference: str = Field(default="", max_length=200)
    changed: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    reason: str = Field(default="", max_length=400)
    remarks: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class ImportBuyer(Record, table=True):
    """A buyer in a file who is no authority here, with what it awarded; amounts are whole cents."""

    __tablename__ = "import_buyers"
    audited: ClassVar[bool] = False

    run_id: int = Field(foreign_key="import_runs.id", index=True)
    tender_number: str = Field(default="", max_length=40)
    name: str = Field(max_length=200)
    awards: int
    total_cents: int = Field(sa_column=Column(BigInteger, nullable=False))


class ImportedAward(InRegion, OfAuthority, Internal, Record, table=True):
    """What the notices said of one award so far, and the contract that came of it.

    `statements` are all notices; `said` is what the contract was last made or changed by, None while the
    notices come to no contract. `notes` is what was assumed.
    """

    __tablename__ = "imported_awards"
    audited: ClassVar[bool] = False

    key: str = Field(max_length=200, unique=True)
    contract_id: int | None = Field(default=None, foreign_key="contracts.id", index=True)
    statements: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))
    said: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    notes: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
