"""Which efforts wait for a decision, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlmodel import col, select

from crm.core.work import Work
from crm.employers.queries.finding import holds
from crm.employers.records import Employer
from crm.employers.rules import folded
from crm.sroi.records import Contract, Effort
from crm.sroi.standing import OPEN
from crm.sroi.states import EffortState


class ReviewOrder(StrEnum):
    """What comes first in the list of what waits."""

    OLDEST = "oldest"
    MOST_WORTH = "most_worth"
    EMPLOYER = "employer"


@dataclass(frozen=True)
class ReviewFilter:
    """Which efforts that wait: of a contractor by name, place or KvK number, and of one authority."""

    text: str = ""
    authority_id: int | None = None
    order: ReviewOrder = ReviewOrder.OLDEST


EVERYTHING = ReviewFilter()


def waiting(work: Work, wanted: ReviewFilter) -> Any:
    """Return the statement for the ids of efforts on open contracts that wait for a decision."""
    is_open = select(Contract.id).where(Contract.id == Effort.contract_id, col(Contract.state).in_(OPEN))
    found = select(Effort.id).where(Effort.state == EffortState.SUBMITTED, is_open.exists())
    if wanted.authority_id is not None:
        found = found.where(Effort.authority_id == wanted.authority_id)
    typed = folded(wanted.text)
    if typed or wanted.order is ReviewOrder.EMPLOYER:
        found = found.join(Employer, col(Employer.id) == Effort.employer_id)
    return found.where(holds(work, typed)) if typed else found


def sorting(wanted: ReviewFilter) -> tuple[Any, ...]:
    """Return the order of what waits; what waits longest first among equals."""
    oldest = (col(Effort.submitted_at), col(Effort.id))
    match wanted.order:
        case ReviewOrder.MOST_WORTH:
            return col(Effort.value_cents).desc(), *oldest
        case ReviewOrder.EMPLOYER:
            return col(Employer.search_key), *oldest
    return oldest
