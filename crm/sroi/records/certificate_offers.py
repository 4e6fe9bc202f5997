"""The table of certificates that employers handed in themselves, before an officer has seen them."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Column, Index
from sqlmodel import Field

from crm.core.records import InRegion, OfEmployer, Record, UtcDateTime, Versioned, choice
from crm.sroi.states import OfferState


class CertificateOffer(Versioned, InRegion, OfEmployer, Record, table=True):
    """A certificate that an employer handed in, with a file or a number to look it up by.

    It changes nothing until an officer confirms it. From then on, or when it is refused, the file is let go:
    that it was seen stays with the certificate.
    """

    __tablename__ = "certificate_offers"
    __table_args__ = (
        CheckConstraint("valid_until >= valid_from", name="term"),
        Index(None, "region_id", "state"),
    )
    masked: ClassVar[frozenset[str]] = frozenset({"file_name"})

    code: str = Field(max_length=80)
    valid_from: date
    valid_until: date
    number: str = Field(default="", max_length=80)
    sha256: str | None = Field(default=None, max_length=64, index=True)
    file_name: str | None = Field(default=None, max_length=200)
    media_type: str | None = Field(default=None, max_length=100)
    state: OfferState = Field(sa_column=Column(choice(OfferState), nullable=False))
    offered_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    offered_by_id: int | None = Field(default=None, foreign_key="users.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="users.id")
    reason: str = Field(default="", max_length=400)
