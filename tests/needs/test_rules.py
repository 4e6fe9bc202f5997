"""The first-reaction clock, and the codes of vacancies."""

from __future__ import annotations

from datetime import date

import pytest

from crm.core.workdays import working_days_after
from crm.needs.rules import Outcome, Reaction, closes_soon, hours_fault, lacks_reason, reaction, reaction_due

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)


@pytest.mark.parametrize(
    ("react_by", "reacted_on", "stands"),
    [
        (MONDAY, None, Reaction.OVERDUE),
        (TUESDAY, None, Reaction.TODAY),
        (WEDNESDAY, None, Reaction.WAITING),
        (MONDAY, MONDAY, Reaction.GIVEN),
        (MONDAY, TUESDAY, Reaction.GIVEN_LATE),
    ],
)
def test_the_clock_is_overdue_from_the_day_after_its_last(
    react_by: date, reacted_on: date | None, stands: Reaction
) -> None:
    assert reaction(react_by, reacted_on, TUESDAY) is stands


def test_an_employer_must_hear_something_on_the_last_day_and_after_it() -> None:
    assert [reaction_due(day, TUESDAY) for day in (MONDAY, TUESDAY, WEDNESDAY)] == [True, True, False]


def test_a_term_skips_weekends_and_holidays() -> None:
    friday, before_christmas = date(2026, 11, 20), date(2026, 12, 24)
    assert working_days_after(friday, 2) == TUESDAY
    assert working_days_after(before_christmas, 1) == date(2026, 12, 28)


def test_only_what_comes_to_nothing_asks_for_a_reason() -> None:
    assert lacks_reason(Outcome.DROPPED, "  ")
    assert not lacks_reason(Outcome.DROPPED, "Afdeling gaat dicht")
    assert not lacks_reason(Outcome.MET, "")


def test_a_vacancy_closes_soon_within_a_week_and_when_it_closed_already() -> None:
    assert [closes_soon(day, TUESDAY) for day in (None, MONDAY, date(2026, 12, 1), date(2026, 12, 2))] == [
        False,
        True,
        True,
        False,
    ]


def test_hours_are_not_upside_down() -> None:
    assert hours_fault(32, 24)
    assert not hours_fault(24, 24)
