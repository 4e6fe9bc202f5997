"""Rows of contracts, efforts and evidence: valued by the rules, and added up like the actions do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from crm.bench.ground import BUSIEST, BUSY_ONE_IN, REGION, RULE_SET, Ground, Row, name_of, noon, of
from crm.bench.jobs import reference
from crm.core.money import cents
from crm.demo.words import PLACES
from crm.employers.rules import folded
from crm.sroi import claims
from crm.sroi.queries import life
from crm.sroi.records import Contract
from crm.sroi.rules import Explanation, RuleSet
from crm.sroi.rules.life import clocks_of, next_clock
from crm.sroi.rulesets import load_ruleset
from crm.sroi.standing import OPEN, first_day_behind
from crm.sroi.states import ContractState, ContractType, EffortState

BLOCK, HOURS = "PW", "24"
TERM = timedelta(days=729)
STARTS, DURATIONS = 24, 4
STATES = (*[EffortState.APPROVED] * 6, EffortState.SUBMITTED, EffortState.SUBMITTED, EffortState.DRAFT)
HANDED_IN = (EffortState.SUBMITTED, EffortState.APPROVED)


@dataclass(frozen=True)
class Claim:
    """An effort on a contract: its state, its period and what that is worth."""

    contract: int
    state: EffortState
    start: date
    end: date

    @property
    def facts(self) -> dict[str, str]:
        """The facts as they are stored."""
        period = {"start": self.start.isoformat(), "end": self.end.isoformat()}
        return {"block": BLOCK, **period, "hours_per_week": HOURS}

    @property
    def worth(self) -> Explanation:
        """The value, explained."""
        return _worth(self.start, self.end)

    @property
    def value_cents(self) -> int:
        """The value in whole cents."""
        return cents(self.worth.amount)


def contracts(ground: Ground) -> Iterator[Row]:
    """Return the contracts, in turn under each authority, with what their efforts add up to."""
    approved, submitted = _totals(ground, EffortState.APPROVED), _totals(ground, EffortState.SUBMITTED)
    for number in range(1, ground.size.contracts + 1):
        terms = _terms(ground, number)
        contract = Contract(**terms, approved_cents=approved[number], submitted_cents=submitted[number])
        imposed = claims.obligation_of(contract, _ruleset(), by_hand=False)
        contract.obligation_cents = cents(imposed.amount)
        unconfirmed = contract.state is ContractState.TO_CONFIRM
        yield {
            **terms,
            "obligation_cents": contract.obligation_cents,
            "obligation_explanation": imposed.to_json(),
            "approved_cents": contract.approved_cents,
            "submitted_cents": contract.submitted_cents,
            "behind_on": None if unconfirmed else first_day_behind(contract),
        }


def clocks(ground: Ground) -> Iterator[Row]:
    """Return what is due next on each contract that is open, by its rule set."""
    first = _first_handed_in(ground)
    for row in contracts(ground):
        contract = Contract(**row)
        happened = life.Happened(handed_in=first.get(row["id"]))
        due = clocks_of(life.facts_of(life.dated_of(contract), _ruleset(), happened))
        coming = next_clock(due) if contract.state in OPEN else None
        if coming is None:
            continue
        reminder = life.reminder_of(_ruleset(), due, ())
        yield of(
            contract.employer_id,
            authority_id=contract.authority_id,
            contract_id=contract.id,
            officer_id=contract.officer_id,
            kind=coming.kind,
            due_on=coming.due_on,
            reminder_code=reminder.step.code if reminder else None,
            reminder_nl=reminder.step.name_nl if reminder else None,
            reminder_en=reminder.step.name_en if reminder else None,
            reminder_on=reminder.from_on if reminder else None,
        )


def efforts(ground: Ground) -> Iterator[Row]:
    """Return the efforts, evenly over the contracts that take any."""
    for number, claim in _claims(ground):
        placement = _placement_of(ground, number, claim.contract)
        approved, handed_in = claim.state is EffortState.APPROVED, claim.state in HANDED_IN
        explanation, sent_at = claim.worth.to_json(), noon(_sent_on(ground, number))
        yield of(
            _employer_of(ground, claim.contract),
            id=number,
            authority_id=_authority_of(claim.contract),
            contract_id=claim.contract,
            placement_id=placement,
            block=BLOCK,
            description="",
            subject=reference(placement or number),
            facts=claim.facts,
            starts_on=claim.start,
            ends_on=claim.end,
            state=claim.state,
            value_cents=claim.value_cents,
            explanation=explanation,
            rule_set_hash=_ruleset().hash,
            approved_cents=claim.value_cents if approved else 0,
            approved_explanation=explanation if approved else None,
            submitted_at=sent_at if handed_in else None,
            submitted_by_id=ground.officer if handed_in else None,
            reviewed_at=sent_at + timedelta(days=1) if approved else None,
            reviewed_by_id=ground.officer if approved else None,
            version=2 if approved else 1,
        )


def evidence(ground: Ground) -> Iterator[Row]:
    """Return the evidence: every kind that is asked for, seen by the officer, of what was handed in."""
    kinds = [kind.code for kind in _ruleset().evidence_for(_ruleset().block(BLOCK))]
    for number, claim in _claims(ground):
        if claim.state not in HANDED_IN:
            continue
        seen_on = _sent_on(ground, number)
        for kind in kinds:
            yield of(
                _employer_of(ground, claim.contract),
                authority_id=_authority_of(claim.contract),
                effort_id=number,
                contract_id=claim.contract,
                kind=kind,
                seen_on=seen_on,
                added_by_id=ground.officer,
                added_at=noon(seen_on),
            )


def _terms(ground: Ground, number: int) -> Row:
    title, authority = f"Groenonderhoud wijk {number}", f"Gemeente {PLACES[_authority_of(number) - 1].name}"
    employer_id, start_on, state = _employer_of(ground, number), _start_on(ground, number), _state(number)
    unconfirmed = state is ContractState.TO_CONFIRM
    return {
        "id": number,
        "region_id": REGION,
        "employer_id": employer_id,
        "authority_id": _authority_of(number),
        "title": title,
        "contract_type": ContractType.SERVICES,
        "value_cents": (1 + number % 6) * 100_000_000,
        "award_on": start_on - timedelta(days=30),
        "start_on": start_on,
        "end_on": start_on + TERM,
        "rule_set_id": 1,
        "state": state,
        "confirmed_on": None if unconfirmed else start_on,
        "repair_until": ground.today + timedelta(days=60) if state is ContractState.IN_REPAIR else None,
        "settled_on": ground.today if state is ContractState.SETTLED else None,
        "officer_id": None if unconfirmed else ground.officer,
        "search_key": folded(f"{title} {name_of(employer_id)} {authority}"),
        "version": 1 if unconfirmed else 2,
    }


def _claims(ground: Ground) -> Iterator[tuple[int, Claim]]:
    taking = [number for number in range(1, ground.size.contracts + 1) if number % 10]
    for number in range(1, ground.size.efforts + 1):
        turn, place = divmod(number - 1, len(taking))
        contract = taking[place]
        settled = _state(contract) is ContractState.SETTLED
        state = EffortState.APPROVED if settled else STATES[(turn + contract) % len(STATES)]
        start = _start_on(ground, contract) + timedelta(days=turn % STARTS * 7)
        months = 1 + (turn + contract) % DURATIONS
        yield number, Claim(contract, state, start, start + timedelta(days=months * 90))


def _totals(ground: Ground, state: EffortState) -> defaultdict[int, int]:
    totals: defaultdict[int, int] = defaultdict(int)
    for _number, claim in _claims(ground):
        if claim.state is state:
            totals[claim.contract] += claim.value_cents
    return totals


def _placement_of(ground: Ground, effort: int, contract: int) -> int | None:
    """Return the placement of the first effort of a contract, where its employer has one."""
    placement = _employer_of(ground, contract)
    return placement if effort <= ground.size.contracts and placement <= ground.size.placements else None


def _first_handed_in(ground: Ground) -> dict[int, date]:
    first: dict[int, date] = {}
    for number, claim in _claims(ground):
        if claim.state in HANDED_IN:
            first[claim.contract] = min(first.get(claim.contract, date.max), _sent_on(ground, number))
    return first


def _sent_on(ground: Ground, effort: int) -> date:
    return ground.day(effort, 8, 90)


def _state(number: int) -> ContractState:
    """Return the state: a tenth to confirm, a tenth settled, a tenth in repair, the others running."""
    states = {0: ContractState.TO_CONFIRM, 4: ContractState.SETTLED, 7: ContractState.IN_REPAIR}
    return states.get(number % 10, ContractState.RUNNING)


def _start_on(ground: Ground, number: int) -> date:
    return ground.day(number, 9, 700)


def _employer_of(ground: Ground, contract: int) -> int:
    return BUSIEST if contract % BUSY_ONE_IN == 0 else 1 + contract % ground.size.employers


def _authority_of(contract: int) -> int:
    return 1 + contract % len(PLACES)


@lru_cache(maxsize=1)
def _ruleset() -> RuleSet:
    return load_ruleset(RULE_SET)


@lru_cache(maxsize=65536)
def _worth(start: date, end: date) -> Explanation:
    facts = {"block": BLOCK, "start": start.isoformat(), "end": end.isoformat(), "hours_per_week": HOURS}
    return claims.value_of(facts, _ruleset())
