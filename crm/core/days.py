"""Days that a user writes down: a slip in the year is refused, never kept."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from crm.core.errors import Invalid

EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)


def refuse_odd_year(field: str, day: date | None) -> None:
    """Raise `Invalid` for the named field when its day lies outside 1990 to 2099."""
    if day is not None and not EARLIEST <= day <= LATEST:
        raise Invalid(field, "Check the year of this date: it lies outside 1990 to 2099.")


def _of_our_time(day: date, info: ValidationInfo) -> date:
    refuse_odd_year(info.field_name or "", day)
    return day


Day = Annotated[date, AfterValidator(_of_our_time)]
"""A day in a command: `held_on: Day`, or `ceased_on: Day | None`."""
