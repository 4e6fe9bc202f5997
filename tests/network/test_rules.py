"""Since when a conversation still counts, and when an employer can leave."""

from __future__ import annotations

from datetime import date

import pytest

from crm.network.rules import acquainted_since, left_in_time

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (TODAY, date(2024, 11, 24)),
        (date(2028, 2, 29), date(2026, 2, 28)),
        (date(2026, 1, 1), date(2024, 1, 1)),
    ],
)
def test_an_acquaintance_lasts_two_years(today: date, since: date) -> None:
    assert acquainted_since(today) == since


@pytest.mark.parametrize(
    ("left_on", "possible"),
    [
        (date(2025, 1, 1), True),
        (TODAY, True),
        (date(2024, 12, 31), False),
        (date(2026, 11, 25), False),
    ],
)
def test_an_employer_leaves_between_joining_and_today(left_on: date, possible: bool) -> None:
    assert left_in_time(date(2025, 1, 1), left_on, TODAY) is possible
