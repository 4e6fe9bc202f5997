"""How a contract stands, what caps leave, and months of the calendar."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from crm.sroi.rules import (
    FactsError,
    Status,
    add_months,
    calendar_months,
    contract_standing,
)

D = Decimal
TERM = (date(2026, 1, 1), date(2026, 12, 31))


def stand(approved, submitted=0, today=date(2026, 9, 1), **more):
    return contract_standing(D(50000), D(approved), D(submitted), today, *TERM, **more)


def test_the_example_of_the_contract_page():
    standing = stand(31250)
    assert standing.status is Status.ON_COURSE
    assert (standing.months_left, standing.months_total) == (4, 12)
    assert standing.not_approved == D(18750)


def test_the_example_of_the_portal():
    assert stand(31250, 8000).still_needed == D(10750)


@pytest.mark.parametrize(
    ("approved", "submitted", "today", "more", "status"),
    [
        (0, 0, date(2025, 6, 1), {}, Status.ON_COURSE),
        (0, 0, date(2026, 1, 1), {}, Status.ON_COURSE),
        (0, 0, date(2026, 3, 1), {}, Status.BEHIND),
        (0, 10000, date(2026, 3, 1), {}, Status.ON_COURSE),
        (20000, 0, date(2026, 9, 1), {}, Status.BEHIND),
        (50000, 0, date(2027, 9, 1), {}, Status.MET),
        (0, 50000, date(2026, 12, 31), {}, Status.ON_COURSE),
        (0, 50000, date(2027, 1, 1), {}, Status.BEHIND),
        (49999, 0, date(2027, 1, 1), {"repair_until": date(2027, 1, 1)}, Status.IN_REPAIR),
        (49999, 0, date(2027, 1, 2), {"repair_until": date(2027, 1, 1)}, Status.BEHIND),
        (50000, 0, date(2026, 3, 1), {"repair_until": date(2027, 1, 1)}, Status.MET),
        (10, 0, date(2027, 3, 1), {"settled": True}, Status.SETTLED),
    ],
)
def test_the_five_status_words(approved, submitted, today, more, status):
    assert stand(approved, submitted, today, **more).status is status


def test_the_tolerance_is_a_parameter():
    assert stand(31250, tolerance=D(0)).status is Status.BEHIND


def test_an_obligation_of_zero_is_met():
    assert contract_standing(D(0), D(0), D(0), date(2026, 1, 1), *TERM).status is Status.MET


def test_more_than_enough_leaves_nothing_needed():
    standing = stand(60000, 5000)
    assert (standing.still_needed, standing.not_approved) == (0, 0)


@pytest.mark.parametrize(
    ("today", "share", "days", "months"),
    [
        (date(2025, 1, 1), "0", 365, 12),
        (date(2026, 1, 1), "0", 365, 12),
        (date(2026, 1, 2), "0.0027", 364, 12),
        (date(2026, 12, 31), "0.9973", 1, 1),
        (date(2027, 1, 1), "1", 0, 0),
    ],
)
def test_time_used_and_left(today, share, days, months):
    standing = stand(0, today=today)
    assert standing.share_of_term == D(share)
    assert (standing.days_left, standing.months_left) == (days, months)


def test_a_term_that_ends_before_it_starts_is_refused():
    with pytest.raises(FactsError) as error:
        contract_standing(D(1), D(0), D(0), date(2026, 1, 1), date(2026, 2, 1), date(2026, 1, 31))
    assert error.value.field == "end"


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2025, 1, 1), date(2025, 6, 30), Fraction(6)),
        (date(2024, 2, 1), date(2024, 2, 29), Fraction(1)),
        (date(2025, 2, 1), date(2025, 2, 14), Fraction(1, 2)),
        (date(2025, 1, 15), date(2025, 1, 31), Fraction(17, 31)),
        (date(2025, 1, 15), date(2025, 2, 14), Fraction(17, 31) + Fraction(14, 28)),
        (date(2024, 12, 31), date(2025, 1, 1), Fraction(2, 31)),
        (date(2025, 1, 1), date(2026, 12, 31), Fraction(24)),
    ],
)
def test_months_of_the_calendar(start, end, months):
    assert calendar_months(start, end) == months


def test_a_month_later_is_the_last_day_of_a_shorter_month():
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert add_months(date(2025, 1, 15), -1) == date(2024, 12, 15)
