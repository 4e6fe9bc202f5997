"""The period that follows another one of the same length."""

from __future__ import annotations

from datetime import date, timedelta

from crm.sroi.rules.periods import add_months

DAY = timedelta(days=1)


def following_period(starts_on: date, ends_on: date) -> tuple[date, date]:
    """Return the first and last day of the next period of the same length; both days count.

    Whole months stay whole months (January to March is followed by April to June, 15 January to 14 February
    by 15 February to 14 March); any other period by as many days.
    """
    start = ends_on + DAY
    months = _whole_months(starts_on, start)
    if months is None:
        return start, start + (ends_on - starts_on)
    return start, add_months(start, months) - DAY


def _whole_months(starts_on: date, following: date) -> int | None:
    if starts_on.day != following.day:
        return None
    return (following.year - starts_on.year) * 12 + following.month - starts_on.month
