"""The table of contracts with a social-return clause."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index
from sqlmodel import Field

from crm.core.records import InRegion, OfAuthority, OfEmployer, Record, TheContract, Versioned, choice
from crm.sroi.states import ContractState, ContractType


class Contract(Versioned, InRegion, OfAuthority, OfEmployer, TheContract, Record, table=True):
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
