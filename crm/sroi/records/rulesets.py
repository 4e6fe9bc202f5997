"""Tables of the authorities and of the rule sets that hold for them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Column, Text, UniqueConstraint
from sqlmodel import Field

from crm.core.records import InRegion, OfAuthority, Record, UtcDateTime, Versioned


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
