"""The table of confirmations of an obligation that were taken back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Column
from sqlmodel import Field

from crm.core.records import InRegion, OfAuthority, OfEmployer, Record, UtcDateTime


class ConfirmationTakenBack(InRegion, OfAuthority, OfEmployer, Record, table=True):
    """A confirmation of an obligation that was taken back, to be confirmed anew; never changed.

    `confirmed_on` of the earliest says since when the contract runs here.
    """

    __tablename__ = "confirmations_taken_back"

    contract_id: int = Field(foreign_key="contracts.id", index=True)
    confirmed_on: date
    obligation_cents: int = Field(sa_column=Column(BigInteger, nullable=False))
    reason: str = Field(max_length=400)
    taken_back_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    taken_back_by_id: int | None = Field(default=None, foreign_key="users.id")
