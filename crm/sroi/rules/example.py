"""An example of what would fill an amount, computed by the contract's own rule set."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from crm.sroi.rules.facts import Facts
from crm.sroi.rules.kinds import Kind, Unit
from crm.sroi.rules.model import Block, RuleSet
from crm.sroi.rules.valuation import value_effort

EXAMPLE_HOURS = Decimal(24)
A_YEAR = 12
BEST_KNOWN = "participation_act"


@dataclass(frozen=True, slots=True)
class Example:
    """So many people for some hours a week and months; `amount` is what they count for together, in euro."""

    block: Block
    people: int
    hours: Decimal
    months: int
    amount: Decimal


def example_for(ruleset: RuleSet, needed: Decimal, months_left: int) -> Example | None:
    """Return the shortest work of one person that covers what is needed in euro, or else of more people.

    A person works 24 hours a week, at most a year and within the months that are left, under the block
    for social assistance when there is one. None when nothing is needed, no time is left, or the rule set
    has no block for work.
    """
    block = _example_block(ruleset)
    if block is None or needed <= 0:
        return None
    longest = min(A_YEAR, months_left, block.counting_max_months or A_YEAR)
    worth = Decimal(0)
    for months in range(1, longest + 1):
        worth = _worth(ruleset, block, months)
        if worth >= needed:
            return Example(block, 1, EXAMPLE_HOURS, months, worth)
    if not worth:
        return None
    people = int(needed // worth) + bool(needed % worth)
    return Example(block, people, EXAMPLE_HOURS, longest, worth * people)


def _example_block(ruleset: RuleSet) -> Block | None:
    work = [one for one in ruleset.blocks if one.kind is Kind.WORK and one.unit is Unit.FULL_TIME_YEAR]
    known = [block for block in work if BEST_KNOWN in block.groups]
    # The lowest value, so that the example never promises too much.
    return min(known or work, key=lambda block: block.value or 0, default=None)


def _worth(ruleset: RuleSet, block: Block, months: int) -> Decimal:
    facts = Facts(block=block.code, months=months, hours_per_week=EXAMPLE_HOURS)
    return value_effort(ruleset, facts).amount
