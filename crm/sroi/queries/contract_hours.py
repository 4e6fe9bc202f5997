"""The hours of work of contracts."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sqlmodel import col, select

from crm.core.work import Work
from crm.sroi.records.contract_hours import ContractHours


def hours_kept(work: Work, contract_id: int) -> ContractHours | None:
    """Return the record of the hours of a contract; None when they are not known."""
    return work.session.exec(select(ContractHours).where(ContractHours.contract_id == contract_id)).first()


def hours_of(work: Work, contract_id: int) -> Decimal | None:
    """Return the hours of work of a contract; None when they are not known."""
    return hours_by_contract(work, [contract_id]).get(contract_id)


def hours_by_contract(work: Work, contract_ids: Iterable[int]) -> dict[int, Decimal]:
    """Return the hours of work by contract, of those contracts whose hours are known."""
    wanted = select(ContractHours).where(col(ContractHours.contract_id).in_(list(contract_ids)))
    return {found.contract_id: found.hours for found in work.session.exec(wanted)}
