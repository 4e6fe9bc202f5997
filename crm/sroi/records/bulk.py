"""Tables of tags on contracts, and of what was changed for many contracts at once, to be undone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfAuthority, Record, UtcDateTime, Versioned, choice
from crm.sroi.rules.bulk import ContractBulkKind


class ContractTag(InRegion, OfAuthority, Internal, Record, table=True):
    """A word that the desk put on a contract ("label"), in small letters."""

    __tablename__ = "contract_tags"
    __table_args__ = (UniqueConstraint("contract_id", "tag"),)

    contract_id: int = Field(foreign_key="contracts.id")
    tag: str = Field(max_length=40, index=True)


class ContractBulk(Versioned, InRegion, Internal, Record, table=True):
    """One change for many contracts; undone at most once."""

    __tablename__ = "contract_bulks"

    kind: ContractBulkKind = Field(sa_column=Column(choice(ContractBulkKind), nullable=False))
    made_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    made_by_id: int | None = Field(default=None, foreign_key="users.id", index=True)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ContractBulkStep(InRegion, OfAuthority, Internal, Record, table=True):
    """What one change did to one contract: what was there `before`, and `after`; None for nothing."""

    __tablename__ = "contract_bulk_steps"
    __table_args__ = (UniqueConstraint("bulk_id", "contract_id"),)

    bulk_id: int = Field(foreign_key="contract_bulks.id")
    contract_id: int = Field(foreign_key="contracts.id", index=True)
    before: str | None = Field(default=None, max_length=40)
    after: str | None = Field(default=None, max_length=40)
