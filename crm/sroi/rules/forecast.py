"""What a contract will end with ("prognose"): each source apart, so that no plan is taken for a result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from crm.sroi.rules.errors import FactsError
from crm.sroi.rules.facts import Facts
from crm.sroi.rules.model import RuleSet
from crm.sroi.rules.numbers import Rounding, rounded
from crm.sroi.rules.plan import OpenPlanLine
from crm.sroi.rules.valuation import value_effort

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Forecast:
    """What fills an obligation in the end, in euro, none of it negative.

    `approved` is certain, `submitted` waits for a decision, `running` is work that goes on or was offered
    and has still to be handed in, `planned` are lines of the plan of action that did not start yet.
    `share_of_term` runs from 0 to 1.
    """

    obligation: Decimal
    approved: Decimal = NOTHING
    submitted: Decimal = NOTHING
    running: Decimal = NOTHING
    planned: Decimal = NOTHING
    share_of_term: Decimal = Decimal(0)

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

    `hours_per_week` are those of today, with which the work is expected to go on.
    """

    handed_in: tuple[Facts, ...]
    runs_until: date | None = None
    hours_per_week: Decimal | None = None


def share_pct(part: Decimal, whole: Decimal) -> int:
    """Return a part of an amount in whole percents, cut off; 100 when the amount is zero."""
    return int(100 * part / whole) if whole else 100


def worth_to_come(ruleset: RuleSet, spells: Iterable[Spell], last_day: date) -> Decimal:
    """Return in euro what running work is still worth up to and including the last day of a contract.

    Work goes on after the last day that was handed in, with the same facts and today's hours, until it is
    known to end. The counting limit of its block holds for the whole of it, so somebody whose two years are
    nearly over adds no more than the rest of them. That it goes on unchanged is our assumption.
    """
    return sum((_goes_on(ruleset, spell, last_day) for spell in spells), NOTHING)


def still_to_start(lines: Iterable[OpenPlanLine], today: date, last_day: date) -> int:
    """Return in whole cents what plan lines that did not start can still be worth from today on.

    Of a line with days only the part that lies between today and the last day of the contract, by its days:
    what has gone by without anybody starting is lost. A line without days keeps its value.
    """
    return sum(_still_to_start(line, today, last_day) for line in lines) if today <= last_day else 0


def _still_to_start(line: OpenPlanLine, today: date, last_day: date) -> int:
    if line.start is None or line.end is None:
        return line.value_cents_left
    days = (line.end - line.start).days + 1
    left = (min(line.end, last_day) - max(line.start, today)).days + 1
    return line.value_cents_left * max(left, 0) // days


def _goes_on(ruleset: RuleSet, spell: Spell, last_day: date) -> Decimal:
    first, latest = spell.handed_in[0], spell.handed_in[-1]
    until = min(last_day, spell.runs_until or last_day)
    if first.start is None or latest.start is None or latest.end is None or until <= latest.end:
        return NOTHING
    so_far = replace(latest, start=first.start)
    longer = replace(latest, start=first.start, end=until, worked_hours=_as_many(latest, first.start, until))
    if latest.worked_hours is not None:
        so_far = replace(so_far, worked_hours=_as_many(latest, first.start, latest.end))
    elif spell.hours_per_week is not None:
        so_far = replace(so_far, hours_per_week=spell.hours_per_week)
        longer = replace(longer, hours_per_week=spell.hours_per_week)
    return max(_value(ruleset, longer) - _value(ruleset, so_far), NOTHING)


def _as_many(latest: Facts, start: date, until: date) -> Decimal | None:
    """Return the hours of a longer period when as many a day are worked as in the latest one."""
    if latest.worked_hours is None or latest.start is None or latest.end is None:
        return None
    days = (latest.end - latest.start).days + 1
    hours = Fraction(latest.worked_hours) * ((until - start).days + 1) / days
    return rounded(hours, Rounding.CENT_HALF_UP)


def _value(ruleset: RuleSet, facts: Facts) -> Decimal:
    try:
        return value_effort(ruleset, facts).amount
    except FactsError:
        # Counted by an amount or a number: nothing goes on by itself.
        return NOTHING
