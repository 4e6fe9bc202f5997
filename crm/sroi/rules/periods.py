"""Months between dates, and weekly hours that change on the way.

Both ends of a period count: 1 January to 30 June is 6 months. A whole calendar month is one month,
a part of a month is its days divided by the days of that month (15 to 31 January = 17/31).
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from crm.sroi.rules.errors import FactsError
from crm.sroi.rules.facts import Facts, HoursFrom
from crm.sroi.rules.numbers import Number

_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Share:
    """A stretch with one number of weekly hours (`None`: not told), in months of the calendar."""

    hours: Number | None
    months: Fraction


def days_in_month(year: int, month: int) -> int:
    """Return the number of days of a month."""
    return 29 if month == 2 and isleap(year) else _DAYS[month]


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def calendar_months(start: date, end: date) -> Fraction:
    """Return the months from start up to and including end, part months by their days."""
    whole = (end.year - start.year) * 12 + end.month - start.month - 1
    first = days_in_month(start.year, start.month)
    last = days_in_month(end.year, end.month)
    if start.day == 1 and end.day == last:
        return Fraction(whole + 2)
    days = (first - start.day + 1) * last + end.day * first
    return Fraction(whole * first * last + days, first * last)


def year_months(start: date, end: date) -> Fraction:
    """Return the period in months of one twelfth of a year, by days (365, or 366 in a leap year)."""
    total = Fraction(0)
    for year in range(start.year, end.year + 1):
        first, last = max(start, date(year, 1, 1)), min(end, date(year, 12, 31))
        total += Fraction(12 * ((last - first).days + 1), 366 if isleap(year) else 365)
    return total


def whole_months_later(start: date, months: Number) -> date | None:
    """Return the last day of so many whole months from start, None when the months are not whole."""
    if months != int(months):
        return None
    return add_months(start, int(months)) - DAY


def stretches(facts: Facts, by_days: bool) -> list[Share]:
    """Return the period of an effort, cut where the weekly hours change, in order of time.

    Raises `FactsError` when the facts tell no period, two periods, or not which hours apply on the first day.
    """
    _check_one_period(facts)
    history = facts.hours_per_week
    measure = year_months if by_days else calendar_months
    if isinstance(history, tuple):
        start, end = _dated_period(facts)
        return [Share(hours, measure(a, b)) for a, b, hours in _cut(history, start, end)]
    if facts.start and facts.end:
        return [Share(history, measure(facts.start, facts.end))]
    return [Share(history, told_months(facts))]


def told_months(facts: Facts) -> Fraction:
    """Return the months of the facts; raises `FactsError` when neither months nor dates are told."""
    if facts.months is not None:
        return Fraction(facts.months)
    if facts.start and facts.end:
        return calendar_months(facts.start, facts.end)
    if facts.start:
        raise FactsError("end", "Give the end date, or the number of months, up to which to count.")
    raise FactsError("months", "Give the number of months, or a start and an end date.")


def _check_one_period(facts: Facts) -> None:
    if facts.months is None or not (facts.start and facts.end):
        return
    if abs(calendar_months(facts.start, facts.end) - Fraction(facts.months)) > Fraction(1, 10):
        raise FactsError("months", "The months do not fit the start and end dates; give one of the two.")


def _dated_period(facts: Facts) -> tuple[date, date]:
    if facts.start is None:
        raise FactsError("start", "Give the start date when the hours change on the way.")
    end = facts.end
    if end is None and facts.months is not None:
        end = whole_months_later(facts.start, facts.months)
    if end is None:
        raise FactsError("end", "Give the end date when the hours change on the way.")
    return facts.start, end


def _cut(history: Sequence[HoursFrom], start: date, end: date) -> Iterator[tuple[date, date, Number]]:
    ordered = sorted(history, key=lambda entry: entry.start)
    if not ordered or ordered[0].start > start:
        raise FactsError("hours_per_week", "The hours must be known from the first day of the period.")
    borders = [entry.start for entry in ordered[1:]]
    for entry, border in zip(ordered, [*borders, end + DAY], strict=True):
        first, last = max(entry.start, start), min(border - DAY, end)
        if first <= last:
            yield first, last, entry.hours


def limited(shares: Sequence[Share], months: Fraction) -> list[Share]:
    """Return the first so many months of the stretches, in order of time."""
    kept: list[Share] = []
    for share in shares:
        if months <= 0:
            break
        kept.append(Share(share.hours, min(share.months, months)))
        months -= share.months
    return kept
