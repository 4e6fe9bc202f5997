"""Rules of aftercare ("nazorg"): after one, three, six and twelve months somebody asks how it goes.

The moments are those of the handreiking for WSPs, kept in step 11 and 13 of our description of the process.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from enum import StrEnum

MOMENTS = (1, 3, 6, 12)
LAST_MONTH = 15


class SpokenWith(StrEnum):
    """Who told how it goes."""

    EMPLOYER = "employer"
    EMPLOYEE = "employee"
    COACH = "coach"


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later (or earlier), or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def moment_due(started_on: date, last_month: int, until: date) -> tuple[int, date] | None:
    """Return the moment that asks for a talk by a day, with its day; None when nothing does.

    Only the latest moment counts: a talk after six months makes up for one that was missed after three.
    `last_month` is that of the latest talk, 0 when there was none. Fifteen months after the start it is over.
    """
    reached = [month for month in MOMENTS if months_after(started_on, month) <= until]
    if not reached or reached[-1] <= last_month or months_after(started_on, LAST_MONTH) < until:
        return None
    return reached[-1], months_after(started_on, reached[-1])
