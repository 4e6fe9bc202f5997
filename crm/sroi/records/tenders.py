"""The table of tenders that were taken in before their award."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfAuthority, Record, UtcDateTime, Versioned, choice
from crm.sroi.rules.tendering import AwardCriterion, IntakeState
from crm.sroi.states import ContractType


class TenderIntake(Versioned, InRegion, OfAuthority, Internal, Record, table=True):
    """A tender before its award ("intake van een aanbesteding"); on award it becomes a contract.

    Amounts are whole cents excl. VAT. The clause says a `percentage` or an `amount_cents`, not both; with
    neither the rule set's own percentage counts. `social_weight` is the share of the points for social
    return, in percent. `expected_cents` is the obligation that would follow, with its explanation.
    """

    __tablename__ = "tender_intakes"
    __table_args__ = (
        Index(None, "region_id", "state", "authority_id"),
        CheckConstraint("estimate_cents >= 0 AND expected_cents >= 0", name="not_negative"),
        CheckConstraint("percentage IS NULL OR amount_cents IS NULL", name="one_of_both"),
    )

    title: str = Field(max_length=400)
    reference: str | None = Field(default=None, max_length=80)
    cpv_code: str | None = Field(default=None, max_length=16)
    contract_type: ContractType = Field(sa_column=Column(choice(ContractType), nullable=False))
    estimate_cents: int = Field(sa_column=Column(BigInteger, nullable=False))
    labour_share: Decimal | None = Field(default=None, max_digits=5, decimal_places=2)
    percentage: Decimal | None = Field(default=None, max_digits=5, decimal_places=2)
    amount_cents: int | None = Field(default=None, sa_column=Column(BigInteger))
    criterion: AwardCriterion = Field(sa_column=Column(choice(AwardCriterion), nullable=False))
    social_weight: Decimal | None = Field(default=None, max_digits=5, decimal_places=2)
    published_on: date | None = None
    award_on: date
    start_on: date
    end_on: date
    officer_id: int | None = Field(default=None, foreign_key="users.id", index=True)
    rule_set_code: str | None = Field(default=None, max_length=80)
    state: IntakeState = Field(sa_column=Column(choice(IntakeState), nullable=False))
    expected_cents: int = Field(sa_column=Column(BigInteger, nullable=False))
    contract_id: int | None = Field(default=None, foreign_key="contracts.id", unique=True)
    withdrawn_reason: str | None = Field(default=None, max_length=400)
    closed_on: date | None = None
    taken_in_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    taken_in_by_id: int | None = Field(default=None, foreign_key="users.id")
    search_key: str = Field(default="", max_length=700)
    explanation: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
