"""Tables of social return: authorities, rule sets, contracts, efforts and their evidence."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index, Text, UniqueConstraint
from sqlmodel import Field

from crm.core.records import InRegion, OfAuthority, OfEmployer, Record, UtcDateTime, Versioned, choice
from crm.sroi.states import ContractState, ContractType, EffortState


class Authority(Versioned, InRegion, Record, table=True):
    """A contracting authority ("opdrachtgever"), known on TenderNed by its own number."""

    __tablename__ = "authorities"

    name: str = Field(max_length=200, unique=True)
    tender_number: str | None = Field(default=None, max_length=40, unique=True)


class RuleSetVersion(Record, table=True):
    """A rule set exactly as it was when first used; never changed, known by its hash."""

    __tablename__ = "rule_set_versions"

    code: str = Field(max_length=80, index=True)
    title: str = Field(max_length=200)
    content_hash: str = Field(max_length=64, unique=True)
    document: str = Field(sa_column=Column(Text, nullable=False))
    stored_at: datetime = Field(sa_type=UtcDateTime, nullable=False)


class AuthorityRuleSet(InRegion, OfAuthority, Record, table=True):
    """Which rule set an authority uses from which day on."""

    __tablename__ = "authority_rule_sets"
    __table_args__ = (UniqueConstraint("authority_id", "valid_from"),)

    rule_set_code: str = Field(max_length=80)
    valid_from: date
    valid_until: date | None = None


class Contract(Versioned, InRegion, OfAuthority, OfEmployer, Record, table=True):
    """A contract with a social-return clause; `employer_id` is the contractor ("opdrachtnemer").

    Amounts are whole cents; `approved_cents` and `submitted_cents` are kept by the effort actions, and with
    them `behind_on`: the first day on which the contract is behind when nothing else is handed in. The
    explanation stands last, so that SQLite adds up a register without reading it.
    """

    __tablename__ = "contracts"
    __table_args__ = (
        CheckConstraint("end_on >= start_on", name="ends_after_start"),
        CheckConstraint("value_cents >= 0 AND obligation_cents >= 0", name="not_negative"),
        CheckConstraint("percentage IS NULL OR (percentage >= 0 AND percentage <= 100)", name="percentage"),
        # Holds all that the register adds up and sorts by, so that it never reads the contracts themselves.
        Index(
            "ix_contracts_register",
            "region_id",
            "state",
            "authority_id",
            "employer_id",
            "end_on",
            "behind_on",
            "repair_until",
            "obligation_cents",
            "approved_cents",
            "submitted_cents",
        ),
    )

    title: str = Field(max_length=400)
    reference: str | None = Field(default=None, max_length=80)
    contract_type: ContractType = Field(sa_column=Column(choice(ContractType), nullable=False))
    value_cents: int = Field(sa_column=Column(BigInteger, nullable=False))
    labour_share: Decimal | None = Field(default=None, max_digits=5, decimal_places=2)
    percentage: Decimal | None = Field(default=None, max_digits=5, decimal_places=2)
    wage_bill_cents: int | None = Field(default=None, sa_column=Column(BigInteger))
    published_on: date | None = None
    award_on: date
    start_on: date
    end_on: date
    rule_set_id: int = Field(foreign_key="rule_set_versions.id")
    obligation_cents: int = Field(sa_column=Column(BigInteger, nullable=False))
    state: ContractState = Field(sa_column=Column(choice(ContractState), nullable=False))
    confirmed_on: date | None = None
    repair_until: date | None = None
    settled_on: date | None = None
    withdrawn_reason: str | None = Field(default=None, max_length=400)
    behind_on: date | None = None
    officer_id: int | None = Field(default=None, foreign_key="users.id", index=True)
    approved_cents: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    submitted_cents: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    award_key: str | None = Field(default=None, max_length=200, unique=True)
    ocid: str | None = Field(default=None, max_length=80, index=True)
    cpv_code: str | None = Field(default=None, max_length=16)
    search_key: str = Field(default="", max_length=700)
    obligation_explanation: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class Effort(Versioned, InRegion, OfAuthority, OfEmployer, Record, table=True):
    """What a contractor did for the clause ("inspanning"), valued, and frozen once approved."""

    __tablename__ = "efforts"
    __table_args__ = (
        Index(None, "contract_id", "state"),
        Index(None, "region_id", "submitted_at"),
        # Holds the queue for review in its order, with what tells whose it is and on which contract.
        Index("ix_efforts_queue", "region_id", "state", "submitted_at", "id", "authority_id", "contract_id"),
        CheckConstraint("value_cents >= 0 AND approved_cents >= 0", name="not_negative"),
    )

    contract_id: int = Field(foreign_key="contracts.id")
    placement_id: int | None = Field(default=None, foreign_key="placements.id", index=True)
    block: str = Field(max_length=80)
    description: str = Field(default="", max_length=400)
    subject: str = Field(default="", max_length=120)
    starts_on: date | None = None
    ends_on: date | None = None
    state: EffortState = Field(sa_column=Column(choice(EffortState), nullable=False))
    value_cents: int = Field(sa_column=Column(BigInteger, nullable=False))
    rule_set_hash: str = Field(max_length=64)
    approved_cents: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    submitted_by_id: int | None = Field(default=None, foreign_key="users.id")
    reviewed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reviewed_by_id: int | None = Field(default=None, foreign_key="users.id")
    review_reason: str | None = Field(default=None, max_length=1000)
    facts: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    explanation: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    approved_explanation: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))


class Evidence(InRegion, OfAuthority, OfEmployer, Record, table=True):
    """A file that supports an effort, or the fact that somebody saw one ("bewijsstuk")."""

    __tablename__ = "evidence"
    masked: ClassVar[frozenset[str]] = frozenset({"file_name"})

    effort_id: int = Field(foreign_key="efforts.id", index=True)
    contract_id: int = Field(foreign_key="contracts.id", index=True)
    kind: str = Field(max_length=80)
    sha256: str | None = Field(default=None, max_length=64, index=True)
    file_name: str | None = Field(default=None, max_length=200)
    media_type: str | None = Field(default=None, max_length=100)
    size_bytes: int | None = None
    seen_on: date | None = None
    added_by_id: int | None = Field(default=None, foreign_key="users.id")
    added_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
