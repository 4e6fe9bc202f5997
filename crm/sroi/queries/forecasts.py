"""What contracts will end with: efforts, work that goes on, and plan lines that did not start, each apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlalchemy.orm import defer
from sqlmodel import col, select

from crm.core import clock
from crm.core.money import cents, euros
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.placements.records import Placement, WeeklyHours
from crm.sroi import rulebook
from crm.sroi.calculator import effort_facts
from crm.sroi.queries.plans import begun_effort, promised_lines
from crm.sroi.queries.register import as_row, needed
from crm.sroi.queries.rows import ContractRow
from crm.sroi.records import Authority, Contract, Effort
from crm.sroi.rules import Facts, RuleSet
from crm.sroi.rules.forecast import Forecast, Spell, still_to_start, worth_to_come
from crm.sroi.rules.plan import Planned, open_lines
from crm.sroi.standing import OPEN, last_day, standing_of
from crm.sroi.states import EffortState

STILL_OURS = (EffortState.DRAFT, EffortState.SENT_BACK)
MOST = 200


@dataclass(frozen=True)
class Told:
    """An effort as far as a forecast needs it; amounts in whole cents."""

    state: EffortState
    value_cents: int
    placement_id: int | None
    block: str
    subject: str
    facts: dict[str, Any]


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
    placements = {one.placement_id for told in efforts.values() for one in told if one.placement_id}
    running = _running(work, placements)
    rulesets = rulebook.stored(work, {contract.rule_set_id for contract in contracts})
    planned = promised_lines(work, {key(one): rulesets[one.rule_set_id] for one in contracts})
    return {
        number: replace(
            _forecast(contract, efforts[number], running, rulesets[contract.rule_set_id]),
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
        select(Contract, Employer.name, Authority.name)
        .join(Employer, col(Employer.id) == Contract.employer_id)
        .join(Authority, col(Authority.id) == Contract.authority_id)
        .options(defer(Contract.obligation_explanation))  # type: ignore[arg-type]
        .where(col(Contract.state).in_(OPEN), needed() > 0)
        .order_by(needed().desc(), col(Contract.id))
        .limit(limit)
    )
    found = work.session.exec(wanted).all()
    told = forecasts(work, [contract for contract, _, _ in found])
    today = clock.today()
    rows = [
        RiskRow(as_row(contract, employer, authority, today), told[key(contract)])
        for contract, employer, authority in found
    ]
    return sorted((row for row in rows if row.at_risk_cents), key=lambda row: -row.at_risk_cents)


def _efforts(work: Work, contract_ids: Sequence[int]) -> dict[int, list[Told]]:
    columns = (Effort.contract_id, *(getattr(Effort, one.name) for one in fields(Told)))
    wanted = (
        sa_select(*columns)
        .where(col(Effort.contract_id).in_(contract_ids), col(Effort.state) != EffortState.WITHDRAWN)
        .order_by(col(Effort.starts_on), col(Effort.id))
    )
    found: dict[int, list[Told]] = defaultdict(list)
    for contract_id, *told in work.session.execute(wanted):
        found[contract_id].append(Told(*told))
    return found


def _running(work: Work, placement_ids: set[int]) -> dict[int, tuple[date | None, Decimal | None]]:
    """Return for each placement its last day, if known, and the hours a week that hold today."""
    if not placement_ids:
        return {}
    today = clock.today()
    latest = (
        select(WeeklyHours.placement_id, func.max(col(WeeklyHours.from_on)).label("from_on"))
        .where(col(WeeklyHours.placement_id).in_(placement_ids), col(WeeklyHours.from_on) <= today)
        .group_by(col(WeeklyHours.placement_id))
        .subquery()
    )
    wanted = (
        sa_select(
            col(Placement.id), col(Placement.ended_on), col(Placement.planned_end_on), col(WeeklyHours.hours)
        )
        .outerjoin(latest, latest.c.placement_id == col(Placement.id))
        .outerjoin(
            WeeklyHours,
            (col(WeeklyHours.placement_id) == col(Placement.id))
            & (col(WeeklyHours.from_on) == latest.c.from_on),
        )
        .where(col(Placement.id).in_(placement_ids))
    )
    return {
        placement_id: (ended or planned, hours)
        for placement_id, ended, planned, hours in work.session.execute(wanted)
    }


def _forecast(
    contract: Contract,
    efforts: Sequence[Told],
    running: dict[int, tuple[date | None, Decimal | None]],
    ruleset: RuleSet,
) -> Forecast:
    standing = standing_of(contract, clock.today())
    offered = sum(one.value_cents for one in efforts if one.state in STILL_OURS)
    to_come = worth_to_come(ruleset, _spells(efforts, running), last_day(contract))
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


def _spells(efforts: Sequence[Told], running: dict[int, tuple[date | None, Decimal | None]]) -> list[Spell]:
    """Return the work that a placement on record says is going on, with what was handed in of it."""
    by_placement: dict[int, list[Facts]] = defaultdict(list)
    for one in efforts:
        if one.placement_id in running:
            by_placement[one.placement_id].append(effort_facts(one.facts))
    return [Spell(tuple(facts), *running[placement_id]) for placement_id, facts in by_placement.items()]
