"""How a placement stands, and which changes of hours make sense."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from crm.placements.rules import (
    HoursFault,
    HoursFrom,
    PlacementState,
    hours_fault,
    hours_on,
    is_overdue,
    is_plausible,
    is_running,
    moved_start,
    state_on,
)

START, END, TODAY = date(2026, 1, 5), date(2026, 6, 30), date(2026, 11, 24)
HISTORY = [HoursFrom(date(2026, 4, 1), Decimal(32)), HoursFrom(START, Decimal(24))]


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 1, 4), 0),
        (START, 24),
        (date(2026, 3, 31), 24),
        (date(2026, 4, 1), 32),
        (date(2027, 1, 1), 32),
    ],
)
def test_hours_hold_from_their_day_on(day: date, hours: int) -> None:
    assert hours_on(HISTORY, day) == hours


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (START - timedelta(days=1), PlacementState.PLANNED),
        (START, PlacementState.RUNNING),
        (END, PlacementState.RUNNING),
        (END + timedelta(days=1), PlacementState.ENDED),
    ],
)
def test_the_first_and_the_last_day_are_days_at_work(day: date, state: PlacementState) -> None:
    assert state_on(START, END, day) is state
    assert is_running(START, END, day) is (state is PlacementState.RUNNING)


def test_without_an_end_somebody_stays_at_work() -> None:
    assert state_on(START, None, TODAY) is PlacementState.RUNNING


@pytest.mark.parametrize(
    ("planned", "ended", "overdue"),
    [
        (TODAY - timedelta(days=1), None, True),
        (TODAY, None, False),
        (TODAY - timedelta(days=1), TODAY - timedelta(days=1), False),
        (None, None, False),
    ],
)
def test_a_planned_end_that_has_passed_asks_for_an_answer(
    planned: date | None, ended: date | None, overdue: bool
) -> None:
    assert is_overdue(planned, ended, TODAY) is overdue


@pytest.mark.parametrize(
    ("day", "plausible"),
    [(date(2206, 11, 24), False), (date(1926, 1, 1), False), (date(2027, 11, 25), True), (TODAY, True)],
)
def test_a_date_with_a_slip_is_not_plausible(day: date, plausible: bool) -> None:
    assert is_plausible(day, TODAY) is plausible


@pytest.mark.parametrize(
    ("from_on", "hours", "fault"),
    [
        (START - timedelta(days=1), 20, HoursFault.BEFORE_START),
        (END + timedelta(days=1), 20, HoursFault.AFTER_END),
        (date(2026, 2, 1), 24, HoursFault.SAME_HOURS),
        (date(2026, 2, 1), 16, None),
        (date(2026, 4, 1), 28, None),
        (END, 0, None),
    ],
)
def test_what_is_wrong_with_a_change_of_hours(from_on: date, hours: int, fault: HoursFault | None) -> None:
    assert hours_fault(HISTORY, START, END, HoursFrom(from_on, Decimal(hours))) is fault


def test_hours_may_change_at_any_time_while_there_is_no_end() -> None:
    assert hours_fault(HISTORY, START, None, HoursFrom(date(2027, 1, 1), Decimal(20))) is None


def test_the_first_hours_move_along_with_the_start() -> None:
    earlier = date(2025, 12, 1)
    assert moved_start(HISTORY, earlier) == [HoursFrom(earlier, Decimal(24)), HISTORY[0]]
    assert moved_start(HISTORY[1:], date(2026, 9, 1)) == [HoursFrom(date(2026, 9, 1), Decimal(24))]


def test_a_start_does_not_jump_over_a_change_of_hours() -> None:
    assert moved_start(HISTORY, date(2026, 4, 1)) is None
