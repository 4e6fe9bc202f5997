"""What contracts will end with: efforts, work that goes on, and plan lines that did not start, each apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import col

from crm.core import clock
from crm.core.money import cents, euros
from crm.core.records import key
from crm.core.work import Work
from crm.placements.records import Placement, WeeklyHours
from crm.sroi import rulebook
from crm.sroi.calculator import effort_facts
from crm.sroi.queries.plans import begun_effort, promised_lines
from crm.sroi.queries.register import as_row, at_risk_contracts, contract_rows, needed
from crm.sroi.queries.rows import ContractRow
from crm.sroi.records import Contract, Effort
from crm.sroi.rules import RuleSet
from crm.sroi.rules.forecast import Forecast, Spell, still_to_start, worth_to_come
from crm.sroi.rules.plan import Planned, open_lines
from crm.sroi.standing import OPEN, last_day, standing_of
from crm.sroi.states import EffortState

STILL_OURS = (EffortState.DRAFT, EffortState.SENT_BACK)
OF_EFFORT = ("contract_id", "state", "value_cents", "placement_id", "block", "subject", "facts")
MOST = 200


@dataclass(frozen=True)
class Told:
    """An effort as far as a forecast needs it, in whole cents.

    `placement` is its placement when the actor may see it, with the last day if known and today's hours.
    """

    state: EffortState
    value_cents: int
    placement_id: int | None
    block: str
    subject: str
    facts: dict[str, Any]
    placement: int | None
    last_day: date | None
    hours: Decimal | None


@dataclass(frozen=True)
class RiskRow:
    """A contract with what it will end with; `at_risk_cents` is what is missing then."""

    row: ContractRow
    forecast: Forecast

    @property
    def at_risk_cents(self) -> int:
        """What is missing in the end when nothing new starts."""
        return cents(self.forecast.short)


def forecast_of(work: Work, contract_id: int) -> Forecast | None:
    """Return the forecast of a contract; None when it is not open. `NotFound` when it is not yours."""
    contract = work.get(Contract, contract_id)
    return forecasts(work, [contract]).get(contract_id) if contract.state in OPEN else None


def forecasts(work: Work, contracts: Sequence[Contract]) -> dict[int, Forecast]:
    """Return the forecasts of open contracts by their id, in as many queries for many as for one."""
    ids = [key(contract) for contract in contracts]
    efforts = _efforts(work, ids)
    rulesets = rulebook.stored(work, {contract.rule_set_id for contract in contracts})
    planned = promised_lines(work, {key(one): rulesets[one.rule_set_id] for one in contracts})
    return {
        number: replace(
            _forecast(contract, efforts[number], rulesets[contract.rule_set_id]),
            planned=_to_start(contract, planned.get(number, []), efforts[number]),
        )
        for number, contract in zip(ids, contracts, strict=True)
    }


def portfolio(work: Work, limit: int = MOST) -> list[RiskRow]:
    """Return open contracts by what they will lack, the most euros first, of those that lack most now.

    What a contract lacks in the end is never more than what it lacks now, so the first rows are the first
    of all as long as they lack more than the last contract that was looked at does now.
    """
    wanted = (
        contract_rows()
        .where(col(Contract.state).in_(OPEN), needed() > 0)
        .order_by(needed().desc(), col(Contract.id))
        .limit(limit)
    )
    rows = _with_forecasts(work, wanted, clock.today())
    return sorted((row for row in rows if row.at_risk_cents), key=lambda row: -row.at_risk_cents)


def worst(work: Work, today: date, limit: int = 10) -> list[RiskRow]:
    """Return contracts that are behind or in repair, the most euros still needed first, with forecasts."""
    return _with_forecasts(work, at_risk_contracts(today, limit), today)


def _with_forecasts(work: Work, wanted: Any, today: date) -> list[RiskRow]:
    found = work.session.exec(wanted).all()
    told = forecasts(work, [contract for contract, _, _ in found])
    return [
        RiskRow(as_row(contract, employer, authority, today), told[key(contract)])
        for contract, employer, authority in found
    ]


def _efforts(work: Work, contract_ids: Sequence[int]) -> dict[int, list[Told]]:
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
        sa_select(*(col(getattr(Effort, name)) for name in OF_EFFORT), col(Placement.id), last, hours)
        .outerjoin(Placement, col(Placement.id) == Effort.placement_id)
        .where(col(Effort.contract_id).in_(contract_ids), col(Effort.state) != EffortState.WITHDRAWN)
        .order_by(col(Effort.starts_on), col(Effort.id))
    )
    found: dict[int, list[Told]] = defaultdict(list)
    for contract_id, *told in work.session.execute(wanted):
        found[contract_id].append(Told(*told))
    return found


def _forecast(
    contract: Contract,
    efforts: Sequence[Told],
    ruleset: RuleSet,
) -> Forecast:
    standing = standing_of(contract, clock.today())
    offered = sum(one.value_cents for one in efforts if one.state in STILL_OURS)
    to_come = worth_to_come(ruleset, _spells(efforts), last_day(contract))
    return Forecast(
        obligation=euros(contract.obligation_cents),
        approved=euros(contract.approved_cents),
        submitted=euros(contract.submitted_cents),
        running=euros(offered) + to_come,
        share_of_term=standing.share_of_term if standing else Decimal(0),
    )


def _to_start(contract: Contract, planned: Sequence[Planned], efforts: Sequence[Told]) -> Decimal:
    """Return what of the plan has not started: what was offered but not handed in yet has started too."""
    begun = [begun_effort(one.block, one.value_cents, one.placement_id, one.subject) for one in efforts]
    return euros(still_to_start(open_lines(planned, begun), clock.today(), last_day(contract)))


def _spells(efforts: Sequence[Told]) -> list[Spell]:
    """Return the work that a placement on record says is going on, with what was handed in of it."""
    by_placement: dict[int, list[Told]] = defaultdict(list)
    for one in efforts:
        if one.placement is not None:
            by_placement[one.placement].append(one)
    return [
        Spell(tuple(effort_facts(one.facts) for one in told), told[-1].last_day, told[-1].hours)
        for told in by_placement.values()
    ]
