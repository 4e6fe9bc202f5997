"""Working days in the Netherlands: Monday to Friday without public holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

WEEKEND = 5


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """Return the Dutch public holidays of a year."""
    return frozenset(country_holidays("NL", years=year))


def is_working_day(day: date) -> bool:
    """Tell whether a day is from Monday to Friday and no Dutch public holiday."""
    return day.weekday() < WEEKEND and day not in public_holidays(day.year)


def working_days_after(day: date, count: int) -> date:
    """Return the day on which so many working days have passed; the day itself does not count."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
