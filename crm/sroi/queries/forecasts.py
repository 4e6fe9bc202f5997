"""What contracts will end with: efforts, work that goes on, and plan lines that did not start, each apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import col

from crm.core import clock
from crm.core.money import cents, euros
from crm.core.records import key
from crm.core.work import Work
from crm.sroi import counting, rulebook
from crm.sroi.calculator import effort_facts
from crm.sroi.queries.forecast_efforts import Claimed, Told, claimed_days, efforts_for
from crm.sroi.queries.promised import begun_effort, promised_lines
from crm.sroi.queries.register import as_row, at_risk_contracts, contract_rows, needed
from crm.sroi.queries.rows import ContractRow
from crm.sroi.records import Contract
from crm.sroi.rules import RuleSet
from crm.sroi.rules.caps import Item
from crm.sroi.rules.forecast import Forecast, Spell, still_to_start, worth_to_come
from crm.sroi.rules.plan import Planned, open_lines
from crm.sroi.standing import OPEN, last_day, standing_of
from crm.sroi.states import EffortState

STILL_OURS = (EffortState.DRAFT, EffortState.SENT_BACK)
MOST = 200


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
    """Return the forecasts of open contracts by their id, in as many queries for many as for one.

    A contractor gets its own contracts alone. The efforts of other companies on their parts are in the
    amounts like its own: it learns what they come to, not whose work it is.
    """
    own = work.actor.employer_id
    contracts = [one for one in contracts if own is None or one.employer_id == own]
    ids = [key(contract) for contract in contracts]
    efforts = efforts_for(work, ids)
    rulesets = rulebook.stored(work, {contract.rule_set_id for contract in contracts})
    planned = promised_lines(work, {key(one): rulesets[one.rule_set_id] for one in contracts})
    claimed = claimed_days(efforts)
    return {
        number: _forecast(
            contract, rulesets[contract.rule_set_id], efforts[number], planned.get(number, []), claimed
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


def _forecast(
    contract: Contract,
    ruleset: RuleSet,
    efforts: Sequence[Told],
    planned: Sequence[Planned],
    claimed: Mapping[int, Sequence[Claimed]],
) -> Forecast:
    obligation = euros(contract.obligation_cents)
    approved, submitted = (
        counting.items(ruleset, filter(None, (one.asks(state) for one in efforts)))
        for state in (EffortState.APPROVED, EffortState.SUBMITTED)
    )
    own, others = (
        _running(
            contract,
            ruleset,
            [one for one in efforts if (one.employer_id == contract.employer_id) is is_own],
            claimed,
        )
        for is_own in (True, False)
    )
    to_start = _to_start(contract, ruleset, planned, efforts)
    counted, waits, runs, on_parts, starts = counting.added_by(
        ruleset, obligation, (approved, submitted, own, others, to_start)
    )
    standing = standing_of(contract, clock.today())
    return Forecast(
        obligation,
        counted,
        waits,
        runs + on_parts,
        starts,
        share_of_term=standing.share_of_term if standing else Decimal(0),
        items=(*approved, *submitted, *own, *others),
        planned_items=tuple(to_start),
        running_on_parts=on_parts,
    )


def _running(
    contract: Contract,
    ruleset: RuleSet,
    efforts: Sequence[Told],
    claimed: Mapping[int, Sequence[Claimed]],
) -> list[Item]:
    """Return what was offered and not handed in yet, and what goes on."""
    offered = counting.items(ruleset, filter(None, (one.asks(*STILL_OURS) for one in efforts)))
    return [*offered, *_going_on(contract, ruleset, efforts, claimed)]


def _to_start(
    contract: Contract, ruleset: RuleSet, planned: Sequence[Planned], efforts: Sequence[Told]
) -> list[Item]:
    """Return what of the plan has not started: what was offered but not handed in yet has started too."""
    begun = [
        begun_effort(
            one.block,
            one.value_cents,
            one.placement_id,
            one.subject,
            one.ends_on,
            goes_on=one.placement_id is not None,
        )
        for one in efforts
    ]
    return [
        counting.item(
            ruleset,
            f"plan {number}",
            line.block,
            euros(still_to_start(line, clock.today(), last_day(contract))),
            line.tags,
        )
        for number, line in enumerate(open_lines(planned, begun))
    ]


def _going_on(
    contract: Contract,
    ruleset: RuleSet,
    efforts: Sequence[Told],
    claimed: Mapping[int, Sequence[Claimed]],
) -> list[Item]:
    """Return what work adds that a placement on record says is going on, beyond what was handed in of it."""
    by_placement: dict[int, list[Told]] = defaultdict(list)
    for one in efforts:
        if one.placement_id is not None:
            by_placement[one.placement_id].append(one)
    return [
        counting.item(
            ruleset,
            f"placement {placement}",
            told[-1].block,
            worth_to_come(ruleset, _spell(contract, told, claimed[placement]), last_day(contract)),
            told[-1].facts.get("tags", ()),
        )
        for placement, told in by_placement.items()
    ]


def _spell(contract: Contract, told: Sequence[Told], claimed: Sequence[Claimed]) -> Spell:
    facts = tuple(effort_facts(one.facts) for one in told)
    elsewhere = tuple((first, last) for number, first, last in claimed if number != contract.id)
    return Spell(facts, told[-1].last_day, told[-1].hours, elsewhere)
