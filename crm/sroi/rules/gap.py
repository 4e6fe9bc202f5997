"""Ways to fill what a contract lacks: what each would count for, and what it would cost the contractor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from crm.sroi.rules.explanation import Explanation
from crm.sroi.rules.facts import Facts
from crm.sroi.rules.kinds import Kind, Unit
from crm.sroi.rules.model import Block, RuleSet
from crm.sroi.rules.numbers import Rounding, rounded
from crm.sroi.rules.periods import DAY, add_months, calendar_months
from crm.sroi.rules.valuation import value_effort

PAID_LEARNING = "work_based_pupil"
PERSON_UNITS = frozenset({Unit.FULL_TIME_YEAR, Unit.MONTH, Unit.LEARNING_YEAR})
HOUR_UNITS = frozenset({Unit.HOUR, Unit.EMPLOYEE_HOUR, Unit.HOUR_DAY_MAXIMUM})
PRICE_UNITS = frozenset({Unit.INVOICE, Unit.COST_EXCL_VAT, Unit.COST})
HOURS_A_WEEK = (Decimal(16), Decimal(24), Decimal(32))
FULL_TIME = Decimal(36)
LENGTHS = (3, 6, 12)
HOURS_STEP, PRICE_STEP = 8, Decimal(500)
WEEKS_OF_A_MONTH = Fraction(52, 12)


@dataclass(frozen=True, slots=True)
class Costs:
    """What efforts cost a contractor, in euro: an hour of a hire, a full-time month of an intern, an hour of
    own staff; with the hours a week that own staff guide a person, and the percentage that social
    purchasing costs more."""

    hire_hour: Decimal
    intern_month: Decimal
    own_hour: Decimal
    guidance_hours_week: Decimal
    purchase_premium_pct: Decimal


@dataclass(frozen=True, slots=True)
class Wishes:
    """Within what limits somebody looks for ways: from which day, and what may be used.

    `most_people` counts hires and interns together, `most_purchases` is in euro; None sets no limit, zero
    leaves that way out.
    """

    start: date
    most_people: int | None = None
    internships: bool = True
    activities: bool = True
    most_purchases: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One thing a contractor can do, once: what it counts for and costs in euro, and why it counts for that.

    `facts` are those of one effort; a way that `is_person` takes one person, any other is a step of hours
    or euro that can be taken more than once.
    """

    block: Block
    facts: Facts
    value: Decimal
    cost: Decimal
    explanation: Explanation
    is_person: bool


def ways(ruleset: RuleSet, wishes: Wishes, last_day: date, costs: Costs) -> list[Way]:
    """Return everything that can still be done between a day and the last day of a contract.

    People work 16, 24, 32 or full-time hours for 3, 6 or 12 months or until the end, social purchasing goes
    by 500 euro, activities by 8 hours. Blocks whose value has to be agreed are left out, and what counts
    for nothing.
    """
    if wishes.start > last_day:
        return []
    found = [way for block in ruleset.blocks for way in _of_block(ruleset, block, wishes, last_day, costs)]
    return [way for way in found if way.value > 0]


def is_internship(block: Block) -> bool:
    """Return whether a block is for a pupil who is not paid a wage ("stage"), unlike a BBL pupil."""
    return block.kind is Kind.LEARNING and PAID_LEARNING not in block.groups


def _of_block(ruleset: RuleSet, block: Block, wishes: Wishes, last_day: date, costs: Costs) -> Iterator[Way]:
    if block.unit in PERSON_UNITS:
        if wishes.most_people != 0 and (wishes.internships or not is_internship(block)):
            yield from _people(ruleset, block, wishes.start, last_day, costs)
    elif block.unit in HOUR_UNITS:
        if wishes.activities:
            yield from _hours(ruleset, block, wishes.start, costs)
    elif block.unit in PRICE_UNITS and block.kind is Kind.PURCHASING and wishes.most_purchases != 0:
        yield from _purchases(ruleset, block, wishes.start, costs)


def _people(ruleset: RuleSet, block: Block, start: date, last_day: date, costs: Costs) -> Iterator[Way]:
    for hours in _weekly_hours(ruleset):
        for end in _ends(block, start, last_day):
            facts = Facts(block=block.code, start=start, end=end, hours_per_week=hours)
            cost = _cost_of_person(block, hours, calendar_months(start, end), costs)
            yield from _way(ruleset, block, facts, cost, is_person=True)


def _weekly_hours(ruleset: RuleSet) -> list[Decimal]:
    rules = ruleset.valuation
    full = rules.hours_basis.value if rules.hours_basis else FULL_TIME
    least = rules.min_hours_per_week.value if rules.min_hours_per_week else Decimal(0)
    return [hours for hours in (*HOURS_A_WEEK, full) if least <= hours <= full]


def _ends(block: Block, start: date, last_day: date) -> list[date]:
    limit = block.counting_max_months
    longest = min(last_day, add_months(start, limit) - DAY) if limit else last_day
    sooner = (add_months(start, months) - DAY for months in LENGTHS)
    return sorted({longest, *(end for end in sooner if end < longest)})


def _cost_of_person(block: Block, hours: Decimal, months: Fraction, costs: Costs) -> Fraction:
    weeks = WEEKS_OF_A_MONTH * months
    guidance = Fraction(costs.guidance_hours_week) * Fraction(costs.own_hour) * weeks
    if is_internship(block):
        return guidance + Fraction(costs.intern_month) * months * Fraction(hours) / Fraction(FULL_TIME)
    return guidance + Fraction(costs.hire_hour) * Fraction(hours) * weeks


def _hours(ruleset: RuleSet, block: Block, start: date, costs: Costs) -> Iterator[Way]:
    facts = Facts(block=block.code, start=start, end=start, quantity=HOURS_STEP)
    yield from _way(ruleset, block, facts, Fraction(costs.own_hour) * HOURS_STEP, is_person=False)


def _purchases(ruleset: RuleSet, block: Block, start: date, costs: Costs) -> Iterator[Way]:
    facts = Facts(block=block.code, start=start, end=start, amount_eur=PRICE_STEP)
    more = Fraction(PRICE_STEP) * Fraction(costs.purchase_premium_pct) / 100
    yield from _way(ruleset, block, facts, more, is_person=False)


def _way(ruleset: RuleSet, block: Block, facts: Facts, cost: Fraction, *, is_person: bool) -> Iterator[Way]:
    told = value_effort(ruleset, facts)
    yield Way(block, facts, told.amount, rounded(cost, Rounding.CENT_HALF_UP), told, is_person)


@dataclass(frozen=True, slots=True)
class Line:
    """A way, and how many times it is taken."""

    way: Way
    times: int

    @property
    def value(self) -> Decimal:
        """What the line counts for, in euro."""
        return self.way.value * self.times

    @property
    def cost(self) -> Decimal:
        """What the line costs the contractor, in euro."""
        return self.way.cost * self.times


@dataclass(frozen=True, slots=True)
class Mix:
    """Lines that fill a gap together; `adds` is what they add in euro to what counts already, when limits of
    the rule set make that another amount than their value."""

    lines: tuple[Line, ...]
    adds: Decimal | None = None

    @property
    def value(self) -> Decimal:
        """What the lines count for together, in euro."""
        return sum((line.value for line in self.lines), Decimal("0.00"))

    @property
    def counts(self) -> Decimal:
        """What the lines add to what counts already, in euro."""
        return self.value if self.adds is None else self.adds

    @property
    def cost(self) -> Decimal:
        """What the lines cost the contractor together, in euro."""
        return sum((line.cost for line in self.lines), Decimal("0.00"))

    @property
    def people(self) -> int:
        """How many people the lines take."""
        return sum(line.times for line in self.lines if line.way.is_person)

    @property
    def purchases(self) -> Decimal:
        """For how many euro the lines buy."""
        return sum((price_of(line.way) * line.times for line in self.lines), Decimal(0))

    @property
    def blocks(self) -> frozenset[str]:
        """The blocks that the lines use."""
        return frozenset(line.way.block.code for line in self.lines)


def price_of(way: Way) -> Decimal:
    """Return for how many euro a way buys; zero when it buys nothing."""
    return Decimal(way.facts.amount_eur or 0)


def keeps_to(mix: Mix, wishes: Wishes) -> bool:
    """Return whether a mix stays within what was wished."""
    few_people = wishes.most_people is None or mix.people <= wishes.most_people
    return few_people and (wishes.most_purchases is None or mix.purchases <= wishes.most_purchases)


def ranked(mixes: Sequence[Mix]) -> list[Mix]:
    """Return mixes by their cost for the contractor, then by people and by value, the least first."""
    return sorted(mixes, key=lambda mix: (mix.cost, mix.people, mix.value))
