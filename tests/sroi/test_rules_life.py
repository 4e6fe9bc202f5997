"""The stages of a contract, its clocks and its reminders, on dates worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from crm.sroi.rules.life import (
    Clock,
    ClockKind,
    Lateness,
    LifeFacts,
    Stage,
    clocks_of,
    next_clock,
    next_reminder,
    reminder_day,
    stage_of,
)
from crm.sroi.rules.terms import Deadline, LadderStep
from crm.sroi.workdays import due_on

AWARD, CONFIRMED, END = date(2026, 11, 2), date(2026, 11, 3), date(2027, 10, 31)
CONTACT = Clock(ClockKind.FIRST_CONTACT, date(2026, 11, 9))
PLAN = Clock(ClockKind.PLAN, date(2026, 11, 30))
REPORTS = (Clock(ClockKind.REPORT, date(2027, 1, 31)), Clock(ClockKind.REPORT, date(2027, 4, 30)))
LADDER = (LadderStep("second", "Tweede", "Second", 14), LadderStep("first", "Eerste", "First", 1))


def facts(**values: object) -> LifeFacts:
    told = {"confirmed_on": CONFIRMED, "last_day": END, "terms": (*REPORTS, PLAN, CONTACT), **values}
    return LifeFacts(**told)  # type: ignore[arg-type]


CASES = {
    "not confirmed": (facts(confirmed_on=None), date(2026, 11, 5), Stage.AWARD),
    "nobody called": (facts(), date(2026, 11, 5), Stage.FIRST_CONTACT),
    "called, no plan": (facts(first_contact_on=date(2026, 11, 4)), date(2026, 11, 5), Stage.PLAN),
    "both": (
        facts(first_contact_on=date(2026, 11, 4), plan_on=date(2026, 11, 20)),
        date(2026, 12, 1),
        Stage.RUNNING,
    ),
    "no terms at all": (facts(terms=()), date(2026, 11, 5), Stage.RUNNING),
    "the day before it is behind": (
        facts(terms=(), behind_on=date(2027, 2, 1)),
        date(2027, 1, 31),
        Stage.RUNNING,
    ),
    "the first day behind": (facts(behind_on=date(2027, 2, 1)), date(2027, 2, 1), Stage.BEHIND),
    "its last day": (facts(terms=()), END, Stage.RUNNING),
    "the day after": (facts(terms=()), date(2027, 11, 1), Stage.CLOSING),
    "in repair": (facts(repair_until=date(2027, 12, 31)), date(2027, 11, 5), Stage.REPAIR),
    "waived": (facts(waived=True), date(2026, 11, 5), Stage.WAIVED),
    "ended early": (facts(terminated=True), date(2026, 11, 5), Stage.TERMINATED),
    "settled": (facts(settled_on=date(2027, 11, 9), waived=True), date(2027, 11, 9), Stage.SETTLED),
    "withdrawn": (facts(withdrawn=True, confirmed_on=None), date(2026, 11, 5), Stage.WITHDRAWN),
}


@pytest.mark.parametrize("name", CASES)
def test_the_stage_on_a_day(name: str) -> None:
    known, today, expected = CASES[name]
    assert stage_of(known, today) is expected


def test_what_is_due_stands_in_order_of_day_with_only_the_next_report() -> None:
    due = [(clock.kind.value, clock.due_on) for clock in clocks_of(facts())]
    assert due == [
        ("first_contact", date(2026, 11, 9)),
        ("plan", date(2026, 11, 30)),
        ("report", date(2027, 1, 31)),
        ("closing", END),
    ]


def test_what_was_done_keeps_its_day_and_what_is_next_follows() -> None:
    clocks = clocks_of(facts(first_contact_on=date(2026, 11, 4)))
    assert clocks[0].done_on == date(2026, 11, 4)
    following = next_clock(clocks)
    assert following is not None
    assert following.kind is ClockKind.PLAN


def test_a_report_covers_what_was_due_before_it() -> None:
    known = facts(terms=REPORTS, reported_until=date(2027, 1, 31))
    assert clocks_of(known)[0].due_on == date(2027, 4, 30)
    assert [clock.kind for clock in clocks_of(facts(terms=REPORTS, reported_until=END))] == [
        ClockKind.CLOSING
    ]


def test_reports_due_before_the_contract_was_confirmed_are_not_asked_for() -> None:
    assert clocks_of(facts(terms=REPORTS, confirmed_on=date(2027, 2, 15)))[0].due_on == date(2027, 4, 30)


def test_a_waived_contract_asks_for_its_closing_alone_and_a_closed_one_for_nothing() -> None:
    assert [clock.kind for clock in clocks_of(facts(waived=True))] == [ClockKind.CLOSING]
    assert clocks_of(facts(withdrawn=True)) == ()
    settled = facts(settled_on=END, first_contact_on=date(2026, 11, 4))
    assert [clock.kind for clock in clocks_of(settled)] == [ClockKind.FIRST_CONTACT]
    assert next_clock(clocks_of(settled)) is None


def test_a_repair_period_is_due_at_its_end() -> None:
    until = date(2027, 12, 31)
    clocks = clocks_of(facts(terms=(), repair_until=until, last_day=until))
    assert [clock.kind for clock in clocks] == [ClockKind.REPAIR, ClockKind.CLOSING]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 1), Lateness.LATER),
        (date(2026, 11, 2), Lateness.SOON),
        (date(2026, 11, 9), Lateness.SOON),
        (date(2026, 11, 10), Lateness.OVERDUE),
    ],
)
def test_the_last_day_itself_is_in_time(today: date, expected: Lateness) -> None:
    assert CONTACT.lateness(today) is expected


def test_what_was_done_is_never_late() -> None:
    done = Clock(ClockKind.PLAN, date(2026, 11, 30), date(2026, 12, 24))
    assert done.lateness(date(2027, 1, 1)) is Lateness.DONE


def test_seven_working_days_over_kings_day_and_liberation_day() -> None:
    # Awarded on Thursday 23 April 2026. Counted: Fri 24, (weekend, Mon 27 is King's Day), Tue 28, Wed 29,
    # Thu 30, Fri 1 May, (weekend), Mon 4, Tue 5 May: 2026 is no lustrum, so Liberation Day is worked.
    assert due_on(date(2026, 4, 23), Deadline(7, working_days=True)) == date(2026, 5, 5)
    assert due_on(date(2026, 4, 23), Deadline(7)) == date(2026, 4, 30)
    assert due_on(date(2026, 4, 23), Deadline(14)) == date(2026, 5, 7)


def test_a_ladder_is_climbed_step_by_step() -> None:
    first = next_reminder(LADDER, ())
    assert first is not None
    assert first.code == "first"
    assert reminder_day(CONTACT, first) == date(2026, 11, 10)
    second = next_reminder(LADDER, {"first"})
    assert second is not None
    assert (second.code, reminder_day(CONTACT, second)) == ("second", date(2026, 11, 23))
    assert next_reminder(LADDER, {"first", "second"}) is None
