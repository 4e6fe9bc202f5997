"""When things are due: 7 days, 7 working days, 14 days, and reports every 3 months.

First contact: 7 days after the award (Amsterdam, Fryslân, Nissewaard), 7 working days (province of
Noord-Holland), 14 days (an older page of Maastricht). Holidays: rijksoverheid.nl's list for 2025 and 2026.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.sroi.rules import Deadline
from crm.sroi.rulesets import load_ruleset
from crm.sroi.workdays import (
    DueKind,
    due_dates,
    due_on,
    is_working_day,
    report_dates,
)
from tests.sroi.ruletexts import rules


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2025, 5, 5),
        date(2025, 12, 26),
        date(2026, 7, 4),
        date(2026, 7, 5),
    ],
)
def test_holidays_and_weekends_are_no_working_days(day):
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 5, 5), date(2026, 4, 28), date(2025, 4, 28), date(2026, 12, 24)])
def test_other_weekdays_are_working_days(day):
    """5 May is a day off once in five years: in 2025 and not in 2026."""
    assert is_working_day(day)


@pytest.mark.parametrize(
    ("start", "deadline", "due"),
    [
        (date(2026, 12, 18), Deadline(7), date(2026, 12, 25)),
        (date(2026, 12, 18), Deadline(14), date(2027, 1, 1)),
        (date(2026, 11, 24), Deadline(7, working_days=True), date(2026, 12, 3)),
        # Friday 18 December: 21-24 (4), 28-30 (3); Christmas is a Friday.
        (date(2026, 12, 18), Deadline(7, working_days=True), date(2026, 12, 30)),
        # Thursday 2 April 2026: Good Friday and Easter Monday fall out.
        (date(2026, 4, 2), Deadline(7, working_days=True), date(2026, 4, 15)),
        (date(2026, 4, 2), Deadline(0, working_days=True), date(2026, 4, 2)),
    ],
)
def test_a_term_ends_on_its_last_day(start, deadline, due):
    assert due_on(start, deadline) == due


def test_reports_are_due_every_three_months_and_at_the_end():
    assert report_dates(date(2026, 1, 1), date(2026, 10, 31), 3) == [
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 10, 31),
    ]
    assert report_dates(date(2026, 1, 1), date(2026, 2, 15), 3) == [date(2026, 2, 15)]
    assert report_dates(date(2026, 1, 1), date(2026, 6, 30), 3) == [date(2026, 3, 31), date(2026, 6, 30)]


def test_the_dates_of_a_contract_follow_its_rule_set():
    """Fryslân: 7 days after the award, a report at least every 3 months; no term for a plan."""
    found = due_dates(
        load_ruleset("fryslan-friese-eis"), date(2025, 12, 1), date(2026, 1, 1), date(2026, 6, 30)
    )
    assert [(due.kind, due.day) for due in found] == [
        (DueKind.FIRST_CONTACT, date(2025, 12, 8)),
        (DueKind.REPORT, date(2026, 3, 31)),
        (DueKind.REPORT, date(2026, 6, 30)),
    ]
    assert found[1].source == "https://www.harlingen.nl/rapporteren"


def test_a_rule_set_without_terms_has_no_dates_and_a_plan_may_go_by_working_days():
    day = date(2026, 11, 24)
    assert due_dates(rules(), day, day, day) == []
    plan = rules("[deadlines]\nplan_days = { value = 5, assumed = true }\nplan_working_days = true\n")
    [due] = due_dates(plan, day, day, day)
    assert (due.kind, due.day, due.assumed) == (DueKind.PLAN, date(2026, 12, 1), True)
    assert due.source == plan.source


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_working_days_take_at_least_as_long_and_hold_as_many(start, count):
    last = due_on(start, Deadline(count, working_days=True))
    assert last >= due_on(start, Deadline(count))
    after = [start + timedelta(days) for days in range(1, (last - start).days + 1)]
    assert sum(is_working_day(day) for day in after) == count
