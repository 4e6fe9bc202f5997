"""What changes do to an obligation, each amount worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from crm.sroi.rules.changing import (
    Before,
    Change,
    ChangeKind,
    EndingMethod,
    contract_sum,
    invoiced,
    is_under_ending,
    last_day,
    overlapping,
    rests_on_estimate,
    still_to_invoice,
    tells_of_changes,
    with_changes,
)
from crm.sroi.rules.explanation import Explanation, Step
from crm.sroi.rules.numbers import Rounding
from crm.sroi.rules.obligation import REST
from crm.sroi.rules.sharing import ShareState, share_cents, share_state

BEFORE = Before(Decimal(1_000_000), date(2026, 1, 1), date(2026, 12, 31))
BASE = Explanation(Decimal("50000.00"), (Step("chosen"), Step("percentage", amount=Decimal(50_000))))
CENT = Rounding.CENT_HALF_UP


def change(kind: ChangeKind, amount: int | None = None, **values: object) -> Change:
    told = {"kind": kind, "on": date(2026, 6, 12), "reason": "omdat", **values}
    return Change(amount=None if amount is None else Decimal(amount), **told)  # type: ignore[arg-type]


def ended(method: EndingMethod, end: date, amount: int | None = None) -> Change:
    return change(ChangeKind.TERMINATED, amount, ends_on=end, method=method)


def test_extra_work_and_lots_are_added_to_the_sum() -> None:
    changes = [change(ChangeKind.EXTRA_WORK, 200_000), change(ChangeKind.LOT, 50_000)]
    assert contract_sum(BEFORE, changes) == 1_250_000
    assert contract_sum(BEFORE, []) == 1_000_000


def test_call_offs_stand_in_for_the_estimate_of_a_framework() -> None:
    changes = [
        change(ChangeKind.CALL_OFF, 150_000),
        change(ChangeKind.CALL_OFF, 90_000),
        change(ChangeKind.EXTRA_WORK, 10_000),
    ]
    assert contract_sum(BEFORE, changes) == 250_000


def test_invoiced_turnover_adds_up_and_is_unknown_without_any() -> None:
    assert invoiced([change(ChangeKind.INVOICED, 30_000), change(ChangeKind.INVOICED, 12_500)]) == 42_500
    assert invoiced([change(ChangeKind.LOT, 5)]) is None


def test_a_credit_note_lowers_what_was_invoiced_and_is_told_as_one() -> None:
    changes = [
        change(ChangeKind.INVOICED, 30_000, starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31)),
        change(ChangeKind.INVOICED, -4_500, starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31)),
    ]
    assert invoiced(changes) == 25_500
    told = with_changes(BASE, BEFORE, changes, CENT)
    assert [step.amount for step in told.steps[1:3]] == [30_000, 25_500]
    step = told.readable_steps("nl")[2]
    assert (step.label, step.formula) == ("Credit note up to 31 mrt 2026: omdat", "30.000 − 4.500")


FIRST_QUARTER = change(ChangeKind.INVOICED, 10, starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31))


@pytest.mark.parametrize(
    ("first", "last", "taken"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), True),
        (date(2026, 3, 31), date(2026, 6, 30), True),
        (date(2025, 12, 1), date(2026, 1, 1), True),
        (date(2026, 4, 1), date(2026, 6, 30), False),
        (date(2025, 12, 1), date(2025, 12, 31), False),
    ],
)
def test_days_are_invoiced_once(first: date, last: date, taken: bool) -> None:
    assert overlapping([change(ChangeKind.LOT, 5), FIRST_QUARTER], first, last) == (
        FIRST_QUARTER if taken else None
    )


def test_a_credit_note_takes_no_days() -> None:
    credit = replace(FIRST_QUARTER, amount=Decimal(-10))
    assert overlapping([credit], date(2026, 1, 1), date(2026, 3, 31)) is None


@pytest.mark.parametrize(
    ("changes", "today", "expected"),
    [
        ([FIRST_QUARTER], date(2026, 12, 31), True),
        # The term is over: only what was invoiced counts.
        ([FIRST_QUARTER], date(2027, 1, 1), False),
        # The invoices reach the last day.
        ([replace(FIRST_QUARTER, ends_on=date(2026, 12, 31))], date(2026, 12, 1), False),
        # A credit note up to the last day says nothing about invoices that are still to come.
        (
            [FIRST_QUARTER, replace(FIRST_QUARTER, amount=Decimal(-1), ends_on=date(2026, 12, 31))],
            date(2026, 12, 1),
            True,
        ),
        # Extended: there is more to come.
        ([FIRST_QUARTER, change(ChangeKind.EXTENSION, ends_on=date(2027, 6, 30))], date(2027, 1, 1), True),
        # What an early end leaves was decided by the officer.
        ([FIRST_QUARTER, ended(EndingMethod.KEPT, date(2026, 6, 30))], date(2026, 7, 1), True),
    ],
)
def test_the_estimate_of_the_rest_ends(changes: list[Change], today: date, expected: bool) -> None:
    assert still_to_invoice(BEFORE, changes, today) is expected


def test_an_obligation_tells_whether_changes_hold_and_whether_it_is_estimated() -> None:
    assert not tells_of_changes(BASE)
    assert tells_of_changes(with_changes(BASE, BEFORE, [FIRST_QUARTER], CENT))
    estimated = Explanation(Decimal("50000.00"), (Step("chosen"), Step(REST, amount=Decimal(5))))
    assert rests_on_estimate(estimated)
    assert not rests_on_estimate(BASE)
    assert not rests_on_estimate(with_changes(estimated, BEFORE, [change(ChangeKind.WAIVED)], CENT))


def test_what_was_decided_last_about_the_end_holds() -> None:
    longer = change(ChangeKind.EXTENSION, ends_on=date(2027, 6, 30))
    assert last_day(BEFORE, [longer]) == date(2027, 6, 30)
    assert last_day(BEFORE, [longer, ended(EndingMethod.KEPT, date(2026, 9, 30))]) == date(2026, 9, 30)
    assert last_day(BEFORE, [change(ChangeKind.INVOICED, 1, ends_on=date(2026, 3, 31))]) == BEFORE.ends_on


def test_nothing_changed_leaves_the_explanation_as_it_is() -> None:
    assert with_changes(BASE, BEFORE, [], CENT) is BASE


def test_a_sum_is_told_step_by_step_before_the_percentage() -> None:
    told = with_changes(
        BASE, BEFORE, [change(ChangeKind.EXTRA_WORK, 200_000), change(ChangeKind.LOT, 50_000)], CENT
    )
    assert [step.amount for step in told.steps] == [None, 1_000_000, 1_200_000, 1_250_000, 50_000]
    assert told.steps[0].label == "chosen"
    assert all(step.assumed for step in told.steps[2:4])
    assert len(told.assumptions) == 1


def test_call_offs_are_told_from_nothing_up() -> None:
    told = with_changes(BASE, BEFORE, [change(ChangeKind.CALL_OFF, 150_000)], CENT)
    assert [step.amount for step in told.steps] == [None, 0, 150_000, 50_000]


def test_an_extension_tells_its_day_and_changes_no_amount() -> None:
    told = with_changes(BASE, BEFORE, [change(ChangeKind.EXTENSION, ends_on=date(2027, 6, 30))], CENT)
    assert told.amount == BASE.amount
    assert told.readable_steps("nl")[1].label == "Extended to 30 jun 2027: omdat"
    assert told.assumptions == ()


def test_invoices_are_told_as_they_add_up() -> None:
    told = with_changes(
        BASE,
        BEFORE,
        [change(ChangeKind.INVOICED, 30_000), change(ChangeKind.INVOICED, 20_000, ends_on=date(2026, 6, 30))],
        CENT,
    )
    assert [step.amount for step in told.steps[1:3]] == [30_000, 50_000]


def test_a_waiver_leaves_nothing_and_says_why() -> None:
    told = with_changes(BASE, BEFORE, [change(ChangeKind.WAIVED)], CENT)
    assert told.amount == 0
    assert told.steps[-1].amount == 0
    assert told.readable_steps("nl")[-1].label == "Waived on 12 jun 2026: omdat"


@pytest.mark.parametrize(
    ("method", "end", "amount", "left"),
    [
        # 1 January up to and including 30 June 2026 are 181 of 365 days: 50,000 × 181 / 365 = 24,794.52.
        (EndingMethod.PRO_RATA, date(2026, 6, 30), None, "24794.52"),
        (EndingMethod.PRO_RATA, date(2025, 12, 1), None, "0.00"),
        (EndingMethod.KEPT, date(2026, 6, 30), None, "50000.00"),
        (EndingMethod.AMOUNT, date(2026, 6, 30), 12_000, "12000"),
    ],
)
def test_what_is_left_after_an_early_end(
    method: EndingMethod, end: date, amount: int | None, left: str
) -> None:
    told = with_changes(BASE, BEFORE, [ended(method, end, amount)], CENT)
    assert told.amount == Decimal(left)
    assert told.steps[-1].amount == Decimal(left)
    assert told.steps[-1].assumed


def test_an_early_end_after_an_extension_is_in_proportion_to_the_longer_term() -> None:
    # Two years of 730 days, ended after 365 of them: half.
    longer = change(ChangeKind.EXTENSION, ends_on=date(2027, 12, 31))
    told = with_changes(BASE, BEFORE, [longer, ended(EndingMethod.PRO_RATA, date(2026, 12, 31))], CENT)
    assert told.amount == Decimal("25000.00")


def test_an_ending_is_known_by_its_kind() -> None:
    assert is_under_ending([change(ChangeKind.WAIVED)], ChangeKind.WAIVED)
    assert not is_under_ending([change(ChangeKind.WAIVED)], ChangeKind.TERMINATED)


@pytest.mark.parametrize(
    ("main", "other", "taken_back", "expected"),
    [
        (True, None, False, ShareState.WAITS_FOR_OTHER),
        (None, True, False, ShareState.WAITS_FOR_MAIN),
        (None, None, False, ShareState.WAITS_FOR_MAIN),
        (True, True, False, ShareState.AGREED),
        (True, False, False, ShareState.REFUSED),
        (False, True, False, ShareState.REFUSED),
        (True, True, True, ShareState.TAKEN_BACK),
    ],
)
def test_a_part_is_agreed_only_when_both_sides_say_yes(
    main: bool | None, other: bool | None, taken_back: bool, expected: ShareState
) -> None:
    assert share_state(main_agrees=main, other_agrees=other, taken_back=taken_back) is expected


def test_a_percentage_of_an_obligation_is_rounded_to_the_cent() -> None:
    assert share_cents(5_000_000, Decimal("12.5")) == 625_000
    assert share_cents(333, Decimal("50")) == 167
