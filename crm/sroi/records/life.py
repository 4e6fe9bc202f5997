"""Tables of a contract's life: what happened, what is due next, what changed, who takes over a part."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index
from sqlmodel import Field

from crm.core.records import InRegion, OfAuthority, OfEmployer, Record, UtcDateTime, Versioned, choice
from crm.sroi.rules.changing import ChangeKind, EndingMethod
from crm.sroi.rules.life import ClockKind, EventKind
from crm.sroi.rules.sharing import ShareKind


class ContractEvent(InRegion, OfAuthority, OfEmployer, Record, table=True):
    """Something that happened on a contract; never changed, a mistake is taken back by another event.

    `due_on` is the last day that it answers, `step` the step of the sanction ladder of a reminder,
    `takes_back_id` the event that was a mistake.
    """

    __tablename__ = "contract_events"

    contract_id: int = Field(foreign_key="contracts.id", index=True)
    kind: EventKind = Field(sa_column=Column(choice(EventKind), nullable=False))
    happened_on: date
    due_on: date | None = None
    step: str | None = Field(default=None, max_length=80)
    about: str | None = Field(default=None, max_length=32)
    note: str = Field(default="", max_length=400)
    takes_back_id: int | None = Field(default=None, foreign_key="contract_events.id")
    noted_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    noted_by_id: int | None = Field(default=None, foreign_key="users.id")


class ContractClock(InRegion, OfAuthority, OfEmployer, Record, table=True):
    """What of a contract is due next, kept by the actions, so that a day's list asks one question.

    With it the next step of the sanction ladder, and the day from which it can be taken; making its letter is
    up to people.
    """

    __tablename__ = "contract_clocks"
    __table_args__ = (Index(None, "officer_id", "due_on"), Index(None, "region_id", "due_on"))

    contract_id: int = Field(foreign_key="contracts.id", unique=True)
    officer_id: int | None = Field(default=None, foreign_key="users.id")
    kind: ClockKind = Field(sa_column=Column(choice(ClockKind), nullable=False))
    due_on: date
    reminder_code: str | None = Field(default=None, max_length=80)
    reminder_nl: str | None = Field(default=None, max_length=200)
    reminder_en: str | None = Field(default=None, max_length=200)
    reminder_on: date | None = None


class ContractChange(InRegion, OfAuthority, OfEmployer, Record, table=True):
    """A dated change of a confirmed contract, with the obligation before and after; never changed itself.

    Amounts are whole cents; `value` is the contract sum. `ends_on` is the new last day, or the last day of an
    invoiced period that began on `starts_on`.
    """

    __tablename__ = "contract_changes"
    __table_args__ = (
        CheckConstraint("new_obligation_cents >= 0 AND old_obligation_cents >= 0", name="not_negative"),
    )

    contract_id: int = Field(foreign_key="contracts.id", index=True)
    kind: ChangeKind = Field(sa_column=Column(choice(ChangeKind), nullable=False))
    holds_on: date
    starts_on: date | None = None
    ends_on: date | None = None
    amount_cents: int | None = Field(default=None, sa_column=Column(BigInteger))
    method: EndingMethod | None = Field(default=None, sa_column=Column(choice(EndingMethod)))
    reference: str = Field(default="", max_length=80)
    reason: str = Field(max_length=400)
    takes_back_id: int | None = Field(default=None, foreign_key="contract_changes.id")
    old_value_cents: int = Field(sa_column=Column(BigInteger, nullable=False))
    new_value_cents: int = Field(sa_column=Column(BigInteger, nullable=False))
    old_obligation_cents: int = Field(sa_column=Column(BigInteger, nullable=False))
    new_obligation_cents: int = Field(sa_column=Column(BigInteger, nullable=False))
    old_end_on: date
    new_end_on: date
    noted_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    noted_by_id: int | None = Field(default=None, foreign_key="users.id")
    explanation: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class ObligationShare(Versioned, InRegion, OfAuthority, OfEmployer, Record, table=True):
    """A part of an obligation offered to another company; `employer_id` is the main contractor.

    `main_agrees` is the answer of the main contractor (its own proposal is a yes), the other company's
    answer is a record of its own, so that each side writes and reads only what is its own.
    """

    __tablename__ = "obligation_shares"
    __table_args__ = (CheckConstraint("amount_cents > 0", name="positive"),)

    contract_id: int = Field(foreign_key="contracts.id", index=True)
    other_employer_id: int = Field(foreign_key="employers.id", index=True)
    kind: ShareKind = Field(sa_column=Column(choice(ShareKind), nullable=False))
    amount_cents: int = Field(sa_column=Column(BigInteger, nullable=False))
    percentage: Decimal | None = Field(default=None, max_digits=5, decimal_places=2)
    starts_on: date
    ends_on: date
    contract_title: str = Field(max_length=400)
    authority_name: str = Field(max_length=200)
    note: str = Field(default="", max_length=400)
    proposed_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    proposed_by_id: int | None = Field(default=None, foreign_key="users.id")
    main_agrees: bool | None = None
    main_answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    taken_back_on: date | None = None
    reason: str | None = Field(default=None, max_length=400)


class ShareAnswer(InRegion, OfAuthority, OfEmployer, Record, table=True):
    """What another company answered to a part of an obligation, and what it agreed to; never changed.

    `employer_id` is that other company. It holds a copy of what was asked, so that the company never needs
    to see the contract.
    """

    __tablename__ = "share_answers"

    share_id: int = Field(foreign_key="obligation_shares.id", unique=True)
    agrees: bool
    reason: str | None = Field(default=None, max_length=400)
    contract_title: str = Field(max_length=400)
    authority_name: str = Field(max_length=200)
    amount_cents: int = Field(sa_column=Column(BigInteger, nullable=False))
    starts_on: date
    ends_on: date
    answered_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    answered_by_id: int | None = Field(default=None, foreign_key="users.id")
