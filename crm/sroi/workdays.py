"""When something is due: calendar days, working days, and reports every so many months.

Working days are Monday to Friday without Dutch public holidays, Good Friday among them (it is treated as one
by the Algemene termijnenwet); Liberation Day is a day off once in five years. No buyer publishes which days
it means, nor that a last day in the weekend moves: it does not (assumed).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from crm.core.workdays import is_working_day
from crm.sroi.rules.model import RuleSet
from crm.sroi.rules.periods import DAY, add_months
from crm.sroi.rules.terms import Deadline


class DueKind(StrEnum):
    """What the contractor has to do by a day."""

    FIRST_CONTACT = "first_contact"
    PLAN = "plan"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Due:
    """The last day for something, with where that term was published."""

    kind: DueKind
    day: date
    source: str
    assumed: bool


def due_on(start: date, deadline: Deadline) -> date:
    """Return the last day of a term; the day of the event itself does not count."""
    if not deadline.working_days:
        return start + timedelta(deadline.days)
    day, left = start, deadline.days
    while left:
        day += DAY
        left -= is_working_day(day)
    return day


def report_dates(start: date, end: date, every_months: int) -> list[date]:
    """Return the last days for reports: every so many months from the start, and the last day itself.

    Fryslân: at least every 3 months, and before completion for shorter contracts
    (https://www.harlingen.nl/rapporteren).
    """
    days, months = [], every_months
    while (day := add_months(start, months) - DAY) < end:
        days.append(day)
        months += every_months
    return [*days, end]


def due_dates(ruleset: RuleSet, award: date, start: date, end: date) -> list[Due]:
    """Return what a contract has to do by when, under its rule set, in order of day."""
    rules = ruleset.deadlines
    found = []
    for kind, rule, deadline in (
        (DueKind.FIRST_CONTACT, rules.first_contact_days, rules.first_contact),
        (DueKind.PLAN, rules.plan_days, rules.plan),
    ):
        if rule is not None and deadline is not None:
            found.append(Due(kind, due_on(award, deadline), rule.source or ruleset.source, rule.assumed))
    every = rules.report_interval_months
    if every is not None:
        source = every.source or ruleset.source
        days = report_dates(start, end, every.value)
        found += [Due(DueKind.REPORT, day, source, every.assumed) for day in days]
    return sorted(found, key=lambda due: due.day)
