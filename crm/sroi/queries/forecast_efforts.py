"""The efforts that a forecast looks at: those on contracts, and what others claim of the same placements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, union
from sqlalchemy import select as sa_select
from sqlmodel import col

from crm.core import clock
from crm.core.access import Permission
from crm.core.work import Work, beyond_scope
from crm.placements.records import Placement, WeeklyHours
from crm.sroi.counting import Amount
from crm.sroi.queries.parts import whole_contract
from crm.sroi.records import Effort
from crm.sroi.states import EffortState

Claimed = tuple[int, date, date]
"""Days, both counted, that an effort on a contract claims: the contract's id, the first and the last day."""
OF_EFFORT = (
    "contract_id",
    "id",
    "employer_id",
    "state",
    "value_cents",
    "approved_cents",
    "placement_id",
    "block",
    "subject",
    "starts_on",
    "ends_on",
    "facts",
)


@dataclass(frozen=True)
class Told:
    """An effort as far as a forecast needs it, in whole cents.

    `last_day` and `hours` are those of its placement: the last day if known, and today's hours. `employer_id`
    is the company that it is of.
    """

    effort_id: int
    employer_id: int
    state: EffortState
    value_cents: int
    approved_cents: int
    placement_id: int | None
    block: str
    subject: str
    starts_on: date | None
    ends_on: date | None
    facts: dict[str, Any]
    last_day: date | None
    hours: Decimal | None

    def asks(self, *states: EffortState) -> Amount | None:
        """What it counts or asks for, when it is in one of these states."""
        if self.state not in states:
            return None
        approved = self.state is EffortState.APPROVED
        amount_cents = self.approved_cents if approved else self.value_cents
        return Amount(self.effort_id, self.block, amount_cents, self.facts)


def efforts_for(work: Work, contract_ids: Sequence[int]) -> dict[int, list[Told]]:
    """Return by contract the efforts on it, and by their own those elsewhere of the same placements."""
    today = clock.today()
    hours = (
        sa_select(col(WeeklyHours.hours))
        .where(col(WeeklyHours.placement_id) == col(Effort.placement_id), col(WeeklyHours.from_on) <= today)
        .order_by(col(WeeklyHours.from_on).desc())
        .limit(1)
        .scalar_subquery()
    )
    last = func.coalesce(col(Placement.ended_on), col(Placement.planned_end_on))
    wanted = (
        sa_select(*(col(getattr(Effort, name)) for name in OF_EFFORT), last, hours)
        .outerjoin(Placement, col(Placement.id) == Effort.placement_id)
        .where(col(Effort.id).in_(_with_same_placement(contract_ids)))
        .where(col(Effort.state) != EffortState.WITHDRAWN)
        .order_by(col(Effort.starts_on), col(Effort.id))
    )
    found: dict[int, list[Told]] = defaultdict(list)
    with _seeing_all(work) as unit:
        for contract_id, *told in unit.session.execute(wanted):
            found[contract_id].append(Told(*told))
    return found


def _with_same_placement(contract_ids: Sequence[int]) -> Any:
    """Return the efforts on contracts, and those on any other about the same placements."""
    here = col(Effort.contract_id).in_(contract_ids)
    placements = sa_select(col(Effort.placement_id)).where(here, col(Effort.placement_id).is_not(None))
    return union(
        sa_select(col(Effort.id)).where(here),
        sa_select(col(Effort.id)).where(col(Effort.placement_id).in_(placements)),
    )


@contextmanager
def _seeing_all(work: Work) -> Iterator[Work]:
    """Let what is claimed of a placement elsewhere, and done on parts, be read along for its amount."""
    if work.actor.employer_id is not None:
        with whole_contract(work):
            yield work
        return
    if not work.actor.may(Permission.CONTRACT_VIEW):
        yield work
        return
    with beyond_scope(work.actor, Permission.CONTRACT_VIEW) as everything:
        yield everything


def claimed_days(efforts: Mapping[int, Sequence[Told]]) -> dict[int, list[Claimed]]:
    """Return by placement the days that efforts claim of it, with the contract."""
    found: dict[int, list[Claimed]] = defaultdict(list)
    for contract_id, told in efforts.items():
        for one in told:
            if one.placement_id is not None and one.starts_on and one.ends_on:
                found[one.placement_id].append((contract_id, one.starts_on, one.ends_on))
    return found
