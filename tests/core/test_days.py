"""A day with a slip in its year is refused with the field it stands in; the widest days are kept."""

from __future__ import annotations

from datetime import date

import pytest

from crm.core.actions import Command
from crm.core.days import Day
from crm.core.errors import Invalid


class Held(Command):
    held_on: Day
    closed_on: Day | None = None


@pytest.mark.parametrize("day", [date(1989, 12, 31), date(226, 11, 24), date(2100, 1, 1)])
def test_a_year_that_cannot_be_is_refused(day: date) -> None:
    with pytest.raises(Invalid, match="Check the year") as caught:
        Held(held_on=date(2026, 11, 24), closed_on=day)
    assert caught.value.field == "closed_on"


@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2099, 12, 31)])
def test_every_other_year_is_kept(day: date) -> None:
    assert Held(held_on=day).held_on == day
