"""What due, overdue and quiet mean, and when a contact moment has a next step."""

from __future__ import annotations

from datetime import date

import pytest

from crm.visits import rules
from crm.visits.rules import Urgency

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("due_on", "urgency", "due", "late"),
    [
        (date(2026, 11, 23), Urgency.OVERDUE, True, 1),
        (date(2026, 11, 24), Urgency.TODAY, True, 0),
        (date(2026, 11, 25), Urgency.LATER, False, 0),
    ],
)
def test_a_follow_up_is_due_on_its_day_and_overdue_from_the_next(
    due_on: date, urgency: Urgency, due: bool, late: int
) -> None:
    assert rules.urgency(due_on, TODAY) is urgency
    assert rules.is_due(due_on, TODAY) is due
    assert rules.days_late(due_on, TODAY) == late


def test_the_list_reaches_to_the_same_weekday_next_week() -> None:
    assert rules.listed_until(TODAY) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("due_on", "days", "expected"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 25)),
        (date(2026, 11, 24), 7, date(2026, 12, 1)),
        (date(2026, 11, 27), 7, date(2026, 12, 4)),
    ],
)
def test_putting_off_never_leaves_it_overdue(due_on: date, days: int, expected: date) -> None:
    assert rules.postponed(due_on, TODAY, days) == expected


@pytest.mark.parametrize(
    ("today", "weeks", "expected"),
    [
        (date(2026, 11, 27), 1, date(2026, 12, 4)),
        (date(2026, 11, 28), 1, date(2026, 12, 7)),
        (date(2026, 11, 29), 2, date(2026, 12, 14)),
        (date(2026, 11, 30), 4, date(2026, 12, 28)),
    ],
)
def test_some_weeks_on_is_never_in_a_weekend(today: date, weeks: int, expected: date) -> None:
    assert rules.weeks_on(today, weeks) == expected


def test_quiet_days_are_counted_from_the_last_contact() -> None:
    assert rules.days_quiet(date(2026, 11, 14), TODAY) == 10
    assert rules.days_quiet(None, TODAY) is None


@pytest.mark.parametrize(
    ("next_action", "reason", "lacks", "both"),
    [
        ("", "", True, False),
        (" ", "\n", True, False),
        ("Bellen", "", False, False),
        ("", "Geen vacatures", False, False),
        ("Bellen", "Geen vacatures", False, True),
    ],
)
def test_a_moment_says_what_comes_next_or_why_nothing_does(
    next_action: str, reason: str, lacks: bool, both: bool
) -> None:
    assert rules.lacks_next_step(next_action, reason) is lacks
    assert rules.says_both(next_action, reason) is both
