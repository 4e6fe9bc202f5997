"""What a contract will end with ("prognose"): each source apart, so that no plan is taken for a result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from crm.sroi.rules.caps import Item
from crm.sroi.rules.errors import FactsError
from crm.sroi.rules.facts import Facts
from crm.sroi.rules.model import RuleSet
from crm.sroi.rules.numbers import Rounding, rounded
from crm.sroi.rules.periods import DAY
from crm.sroi.rules.plan import OpenPlanLine
from crm.sroi.rules.valuation import value_effort

NOTHING = Decimal("0.00")
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What fills an obligation in the end, in euro, none of it negative.

    `approved` is certain, `submitted` waits for a decision, `running` is work that goes on or was offered
    and has still to be handed in, `planned` are lines of the plan of action that did not start yet. Each is
    what it adds to those before it under the limits of the rule set. `running_on_parts` is what of `running`
    comes from other companies on their parts. `share_of_term` runs from 0 to 1.
    `items` are all the efforts behind the first three as the limits look at them, `planned_items` the lines.
    """

    obligation: Decimal
    approved: Decimal = NOTHING
    submitted: Decimal = NOTHING
    running: Decimal = NOTHING
    planned: Decimal = NOTHING
    share_of_term: Decimal = Decimal(0)
    items: tuple[Item, ...] = ()
    planned_items: tuple[Item, ...] = ()
    running_on_parts: Decimal = NOTHING

    @property
    def expected(self) -> Decimal:
        """What the contract ends with when what runs now goes on and nothing new starts."""
        return self.approved + self.submitted + self.running

    @property
    def short(self) -> Decimal:
        """What is missing in the end when nothing new starts."""
        return max(self.obligation - self.expected, NOTHING)

    @property
    def short_with_plan(self) -> Decimal:
        """What is missing in the end when the whole plan is carried out as well."""
        return max(self.obligation - self.expected - self.planned, NOTHING)

    @property
    def ends_at_pct(self) -> int:
        """The expected share of the obligation in whole percents, cut off; 100 without an obligation."""
        return share_pct(self.expected, self.obligation)

    @property
    def with_plan_pct(self) -> int:
        """The same when the whole plan is carried out as well."""
        return share_pct(self.expected + self.planned, self.obligation)


@dataclass(frozen=True, slots=True)
class Spell:
    """Work of one person that goes on: what was handed in of it, oldest first, and its last day if known.

    `hours_per_week` are those of today, with which the work is expected to go on; `elsewhere` are the days,
    both counted, that another contract claims of it.
    """

    handed_in: tuple[Facts, ...]
    runs_until: date | None = None
    hours_per_week: Decimal | None = None
    elsewhere: tuple[Days, ...] = ()


def share_pct(part: Decimal, whole: Decimal) -> int:
    """Return a part of an amount in whole percents, cut off; 100 when the amount is zero."""
    return int(100 * part / whole) if whole else 100


def worth_to_come(ruleset: RuleSet, spell: Spell, last_day: date) -> Decimal:
    """Return in euro what running work is still worth up to and including the last day of a contract.

    Work goes on after the last day that was handed in, with the same facts and today's hours, until it is
    known to end. The counting limit of its block holds for the whole of it, so somebody whose two years are
    nearly over adds no more than the rest of them. Days that another contract claims are left to that one,
    and so is all that follows on a claim that ends later than the last one here: the work goes on where it
    was claimed last. That it goes on unchanged is our assumption.
    """
    start, ended = spell.handed_in[0].start, spell.handed_in[-1].end
    until = min(last_day, spell.runs_until or last_day)
    if start is None or ended is None:
        return NOTHING
    return sum(
        (
            max(
                _value_until(ruleset, spell, start, last) - _value_until(ruleset, spell, start, day - DAY),
                NOTHING,
            )
            for day, last in _days_left(ended + DAY, until, spell.elsewhere)
        ),
        NOTHING,
    )


def still_to_start(line: OpenPlanLine, today: date, last_day: date) -> int:
    """Return in whole cents what a plan line that did not start can still be worth from today on.

    Of a line with days only the part that lies between today and the last day of the contract, by its days:
    what has gone by without anybody starting is lost. A line without days keeps its value.
    """
    if today > last_day:
        return 0
    if line.start is None or line.end is None:
        return line.value_cents_left
    left = _days(max(line.start, today), min(line.end, last_day))
    return line.value_cents_left * max(left, 0) // _days(line.start, line.end)


def _days_left(first: date, last: date, elsewhere: Iterable[Days]) -> Iterator[Days]:
    """Yield the stretches of a period that no other contract claims, up to the last such claim."""
    claimed = sorted(days for days in elsewhere if days[1] >= first)
    for start, end in claimed:
        if first < start and first <= last:
            yield first, min(start - DAY, last)
        first = max(first, end + DAY)
    if not claimed and first <= last:
        yield first, last


def _value_until(ruleset: RuleSet, spell: Spell, start: date, day: date) -> Decimal:
    """Return what the work is worth from its first day here until a day, at the pace of the latest period."""
    latest = spell.handed_in[-1]
    told = replace(latest, start=start, end=day)
    if latest.worked_hours is not None:
        pace = Fraction(latest.worked_hours) / _days(latest.start or start, latest.end or day)
        hours = rounded(pace * _days(start, day), Rounding.CENT_HALF_UP)
        told = replace(told, worked_hours=hours)
    elif spell.hours_per_week is not None:
        told = replace(told, hours_per_week=spell.hours_per_week)
    return _value(ruleset, told)


def _days(first: date, last: date) -> int:
    return (last - first).days + 1


def _value(ruleset: RuleSet, facts: Facts) -> Decimal:
    try:
        return value_effort(ruleset, facts).amount
    except FactsError:
        # Counted by an amount or a number: nothing goes on by itself.
        return NOTHING
