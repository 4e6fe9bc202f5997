"""Finds mixes of efforts that fill what a contract lacks, the cheapest for the contractor first.

Each mix is an integer programme, solved by HiGHS: how many times to take each way, so that together they
reach the amount within all limits at the least cost. The next mix has to use other blocks than those before
it, so that there is something to choose from. What comes out is counted under the limits of the rule set as
the totals of a contract are; a mix that adds too little then is looked for again with what it lacked on top.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import highspy

from crm.core.money import cents
from crm.sroi import counting
from crm.sroi.rules import Cap, Kind, RuleSet
from crm.sroi.rules.caps import Item, covers
from crm.sroi.rules.gap import Costs, Line, Mix, Way, Wishes, keeps_to, price_of, ranked
from crm.sroi.rules.kinds import CapBase

ASSUMED_COSTS = Path(__file__).resolve().parents[2] / "data" / "costs.toml"
MOST_MIXES, MOST_LINES = 5, 4
MOST_PEOPLE, MOST_STEPS = 25, 400
MOST_NODES = 3_000
MOST_AGAIN = 8
# Only to choose between mixes that cost about the same: fewer lines and fewer people are less to arrange.
LINE_TO_ARRANGE, PERSON_TO_FIND = 50.0, 1.0


@dataclass(frozen=True)
class Limit:
    """What a cap of the rule set still leaves: the euros of each block times its weight stay within the room.

    A block that the cap holds for weighs 1; one that makes the amount larger of which the cap is a share
    weighs that share less. Blocks that are not named weigh nothing. A room below zero is what the cap cuts
    off now: a mix may not make that more, and what it makes less counts after all.
    """

    room: Decimal
    weights: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True)
class Known:
    """What counts or is expected on a contract before a mix: its rules, its obligation and its efforts."""

    ruleset: RuleSet
    obligation: Decimal
    items: tuple[Item, ...] = ()

    def limits(self) -> list[Limit]:
        """Return what each cap leaves; one that holds for a tag says nothing about ways, which have none."""
        return [_limit(self, cap) for cap in self.ruleset.caps if not cap.tags]

    def adds(self, mix: Mix) -> Decimal:
        """Return in euro what a mix adds to what counts already."""
        lines = [
            counting.item(self.ruleset, f"mix {number}", line.way.block.code, line.value)
            for number, line in enumerate(mix.lines)
        ]
        return counting.added_by(self.ruleset, self.obligation, (self.items, lines))[1]


def _limit(known: Known, cap: Cap) -> Limit:
    share = cap.share_pct / 100
    of_kinds = cap.base is CapBase.APPROVED
    kinds = cap.base_kinds or tuple(Kind)
    used = sum((one.amount for one in known.items if covers(cap, one.block, one.kind, one.tags)), Decimal(0))
    made = sum((one.amount for one in known.items if one.kind in kinds), Decimal(0))
    weights = {
        block.code: Decimal(covers(cap, block.code, block.kind, frozenset()))
        - share * (of_kinds and block.kind in kinds)
        for block in known.ruleset.blocks
    }
    weighed = tuple((code, weight) for code, weight in weights.items() if weight)
    return Limit(share * (made if of_kinds else known.obligation) - used, weighed)


@lru_cache(maxsize=1)
def assumed_costs() -> Costs:
    """Return the costs that hold until somebody fills in their own; none of them is published."""
    told = tomllib.loads(ASSUMED_COSTS.read_text(encoding="utf-8"), parse_float=Decimal)
    return Costs(
        hire_hour=Decimal(told["hire_hour"]["value"]),
        intern_month=Decimal(told["intern_month"]["value"]),
        own_hour=Decimal(told["own_hour"]["value"]),
        guidance_hours_week=Decimal(told["guidance_hours_week"]["value"]),
        purchase_premium_pct=Decimal(told["purchase_premium_pct"]["value"]),
    )


def mixes(
    found: Sequence[Way], gap: Decimal, wishes: Wishes, known: Known | None = None, most: int = MOST_MIXES
) -> list[Mix]:
    """Return up to five mixes of at most four lines that fill a gap in euro, each of other blocks.

    Empty when nothing within the limits does. The search is bounded in steps and not in seconds, so that the
    same question has the same answer every time.
    """
    used: list[frozenset[str]] = []
    answers: list[Mix] = []
    while gap > 0 and found and len(answers) < most:
        mix = _fills(found, gap, wishes, known, used)
        if mix is None:
            break
        answers.append(mix)
        used.append(mix.blocks)
    return ranked(answers)


def _fills(
    found: Sequence[Way], gap: Decimal, wishes: Wishes, known: Known | None, used: Sequence[frozenset[str]]
) -> Mix | None:
    """Return the cheapest mix that adds so much to what counts, looked for again with what one lacked."""
    asked, limits = gap, known.limits() if known else []
    for _again in range(MOST_AGAIN):
        mix = _cheapest(found, asked, wishes, limits, used)
        if mix is None:
            return None
        adds = known.adds(mix) if known else mix.value
        if adds >= gap:
            return replace(mix, adds=adds)
        asked += gap - adds
    return None


def _cheapest(
    found: Sequence[Way],
    gap: Decimal,
    wishes: Wishes,
    limits: Sequence[Limit],
    used: Sequence[frozenset[str]],
) -> Mix | None:
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_max_nodes", MOST_NODES)
    times = [solver.addIntegral(lb=0, ub=_most(way), obj=_weight(way)) for way in found]
    taken = [solver.addBinary(obj=LINE_TO_ARRANGE) for _ in found]
    for way, count, is_taken in zip(found, times, taken, strict=True):
        solver.addConstr(count <= _most(way) * is_taken)
    solver.addConstr(sum(taken) <= MOST_LINES)
    _keep_to_wishes(solver, found, times, wishes)
    _reach(solver, found, times, gap, _within_limits(solver, found, times, limits))
    _differ(solver, found, taken, used)
    solver.minimize()
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    counts = [round(value) for value in solver.vals(times)]
    mix = Mix(tuple(Line(way, count) for way, count in zip(found, counts, strict=True) if count))
    return mix if mix.lines and _holds(mix, wishes, limits) else None


def _holds(mix: Mix, wishes: Wishes, limits: Sequence[Limit]) -> bool:
    """Return whether a mix does what was asked, to the cent: the solver itself reckons within a tolerance."""
    return keeps_to(mix, wishes) and all(_within(mix, limit) for limit in limits)


def _within(mix: Mix, limit: Limit) -> bool:
    weights = dict(limit.weights)
    weighed = (line.value * weights.get(line.way.block.code, Decimal(0)) for line in mix.lines)
    return sum(weighed, Decimal(0)) <= max(limit.room, Decimal(0))


def _most(way: Way) -> int:
    return MOST_PEOPLE if way.is_person else MOST_STEPS


def _weight(way: Way) -> float:
    return float(way.cost) + (PERSON_TO_FIND if way.is_person else 0.0)


def _reach(solver: Any, found: Sequence[Way], times: Sequence[Any], gap: Decimal, freed: list[Any]) -> None:
    worth = sum(cents(way.value) * count for way, count in zip(found, times, strict=True))
    solver.addConstr(worth + sum(freed) >= cents(gap))


def _keep_to_wishes(solver: Any, found: Sequence[Way], times: Sequence[Any], wishes: Wishes) -> None:
    pairs = list(zip(found, times, strict=True))
    people = [count for way, count in pairs if way.is_person]
    if wishes.most_people is not None and people:
        solver.addConstr(sum(people) <= wishes.most_people)
    prices = [(price_of(way), count) for way, count in pairs if price_of(way)]
    if wishes.most_purchases is not None and prices:
        solver.addConstr(sum(float(price) * count for price, count in prices) <= float(wishes.most_purchases))


def _within_limits(
    solver: Any, found: Sequence[Way], times: Sequence[Any], limits: Sequence[Limit]
) -> list[Any]:
    """Keep a mix within limits; return for each that cuts something off now what of that counts after all."""
    freed = []
    for limit in limits:
        weights = dict(limit.weights)
        held = [
            float(cents(way.value) * weights[way.block.code]) * count
            for way, count in zip(found, times, strict=True)
            if way.block.code in weights
        ]
        if not held:
            continue
        solver.addConstr(sum(held) <= float(max(limit.room, Decimal(0)) * 100))
        if limit.room < 0:
            freed.append(solver.addVariable(lb=0, ub=float(-limit.room * 100)))
            solver.addConstr(sum(held) + freed[-1] <= 0)
    return freed


def _differ(solver: Any, found: Sequence[Way], taken: Sequence[Any], used: Sequence[frozenset[str]]) -> None:
    """Leave out at least one block of every mix before."""
    for blocks in used:
        in_use = []
        for block in sorted(blocks):
            uses = solver.addBinary()
            for way, is_taken in zip(found, taken, strict=True):
                if way.block.code == block:
                    solver.addConstr(is_taken <= uses)
            in_use.append(uses)
        solver.addConstr(sum(in_use) <= len(blocks) - 1)
