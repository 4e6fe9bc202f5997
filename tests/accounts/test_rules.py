"""Rules of accounts: waiting after failures, and what a password must be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.accounts.rules import (
    LONGEST_WAIT,
    Weakness,
    demo_email,
    failures_that_count,
    seconds_to_wait,
    sign_in_name,
    wait_after,
    weakness,
)

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (2, 0), (3, 2), (4, 4), (5, 8), (11, 512), (12, 900), (1000, 900)],
)
def test_waiting_doubles_from_the_third_failure_up_to_a_quarter_of_an_hour(
    failures: int, seconds: int
) -> None:
    assert wait_after(failures) == timedelta(seconds=seconds)


@given(st.integers(min_value=0, max_value=10**9))
def test_one_more_failure_never_shortens_the_wait(failures: int) -> None:
    assert wait_after(failures) <= wait_after(failures + 1) <= LONGEST_WAIT


@pytest.mark.parametrize(("ago", "left"), [(0.0, 4), (0.1, 4), (1.0, 3), (3.999, 1), (4.0, 0), (86_400.0, 0)])
def test_the_wait_is_told_in_whole_seconds_and_ends(ago: float, left: int) -> None:
    assert seconds_to_wait(4, NOW - timedelta(seconds=ago), NOW) == left


def test_after_a_day_failures_are_forgotten() -> None:
    assert failures_that_count(50, NOW - timedelta(hours=23, minutes=59), NOW) == 50
    assert failures_that_count(50, NOW - timedelta(hours=24), NOW) == 0


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("elf tekens!", Weakness.TOO_SHORT),
        ("x" * 201, Weakness.TOO_LONG),
        ("twaalf teken", None),
        ("vier losse woorden hier", None),
        ("🌷🌻🌹🌼🌸🪻🌺🥀🌾🍀🌵🌴", None),
        ("noor@example.nl", Weakness.LIKE_YOU),
        ("Noor de Vries", Weakness.LIKE_YOU),
        ("noordevries12", Weakness.LIKE_YOU),
        ("met noor de vries naar de markt", None),
        ("Welkom123456", Weakness.GUESSED_FIRST),
        ("aaaaaaaaaaaa", Weakness.GUESSED_FIRST),
        ("121212121212", Weakness.GUESSED_FIRST),
    ],
)
def test_a_password_is_long_and_not_what_others_would_guess(password: str, found: Weakness | None) -> None:
    assert weakness(password, "noor@example.nl", "Noor de Vries") is found


def test_a_short_name_in_a_password_is_no_fault() -> None:
    assert weakness("bo houdt van kaas", "bo@example.nl", "Bo") is None


def test_names_are_compared_without_spaces_and_capitals() -> None:
    assert sign_in_name("  Noor@Example.NL ") == "noor@example.nl"


def test_a_demo_user_is_known_by_role() -> None:
    assert demo_email("adviser") == "adviser@demo.vliegwiel.example"
