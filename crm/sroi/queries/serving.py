"""Which contract a carved job or a placement could help, and which it is counted on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from crm.core import clock
from crm.core.records import key
from crm.core.work import Work
from crm.sroi.queries.register import as_rows, contract_rows
from crm.sroi.queries.rows import ContractRow
from crm.sroi.records import Contract, Effort
from crm.sroi.standing import OPEN
from crm.sroi.states import EffortState


def contracts_to_serve(work: Work, employer_ids: Collection[int]) -> dict[int, ContractRow]:
    """Return each employer's open contract on which most euros are still needed, by employer."""
    wanted = contract_rows().where(col(Contract.employer_id).in_(employer_ids), col(Contract.state).in_(OPEN))
    most: dict[int, ContractRow] = {}
    for row in as_rows(work.session.exec(wanted), clock.today()):
        known = most.get(row.employer_id)
        if row.needed_cents > 0 and (known is None or row.needed_cents > known.needed_cents):
            most[row.employer_id] = row
    return most


@dataclass(frozen=True)
class CountedOn:
    """A contract on which a placement is counted, and how that stands; amounts in whole cents."""

    effort_id: int
    version: int
    contract_id: int
    title: str
    state: EffortState
    value_cents: int
    approved_cents: int
    starts_on: date | None
    ends_on: date | None


def counted_on(work: Work, placement_id: int) -> list[CountedOn]:
    """Return what a placement is counted for, the first period first; not the efforts taken back."""
    found = (
        select(Effort, Contract.title)
        .join(Contract, col(Contract.id) == Effort.contract_id)
        .where(Effort.placement_id == placement_id, col(Effort.state) != EffortState.WITHDRAWN)
        .order_by(col(Effort.starts_on), col(Effort.id))
    )
    return [
        CountedOn(
            key(effort),
            effort.version,
            effort.contract_id,
            title,
            effort.state,
            effort.value_cents,
            effort.approved_cents,
            effort.starts_on,
            effort.ends_on,
        )
        for effort, title in work.session.exec(found)
    ]
