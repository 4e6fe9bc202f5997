"""The hours of work of a contract, where its rule set takes a percentage of those."""

from __future__ import annotations

from decimal import Decimal

from sqlmodel import Field

from crm.core.records import InRegion, OfAuthority, OfEmployer, Record


class ContractHours(InRegion, OfAuthority, OfEmployer, Record, table=True):
    """How many hours of work a contract takes in all; changed together with the contract itself."""

    __tablename__ = "contract_hours"

    contract_id: int = Field(foreign_key="contracts.id", unique=True)
    hours: Decimal = Field(max_digits=10, decimal_places=2)
