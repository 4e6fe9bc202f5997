"""The company that a contractor offered a part to, as the contractor knows it."""

from __future__ import annotations

from sqlmodel import Field

from crm.core.records import InRegion, OfAuthority, OfEmployer, Record


class ShareNumber(InRegion, OfAuthority, OfEmployer, Record, table=True):
    """The KvK number to which a main contractor offered a part; whoever has that number may answer.

    It may be a number that is not in the register (yet): the contractor is told nothing about that.
    """

    __tablename__ = "share_numbers"

    share_id: int = Field(foreign_key="obligation_shares.id", unique=True)
    kvk_number: str = Field(max_length=8, index=True)
