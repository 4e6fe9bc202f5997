"""Reminders that go out by mail: to whom, and how far that came."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfAuthority, OfEmployer, Record, UtcDateTime, choice
from crm.sroi.states import MailState


class ReminderMail(InRegion, OfAuthority, OfEmployer, Internal, Record, table=True):
    """The mail of a reminder; it is written down before anything is sent, so that it goes once at most.

    `addresses` are those it is for, later those it went to, one a line; `by_itself` tells that
    nobody clicked.
    """

    __tablename__ = "reminder_mails"

    contract_id: int = Field(foreign_key="contracts.id", index=True)
    contract_event_id: int = Field(foreign_key="contract_events.id", unique=True)
    letter_id: int = Field(foreign_key="letters.id", unique=True)
    state: MailState = Field(sa_column=Column(choice(MailState), nullable=False, index=True))
    addresses: str = Field(max_length=1100)
    by_itself: bool = False
    made_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
