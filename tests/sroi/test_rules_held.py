"""Certificates that a company holds: valid at the tender and during the whole contract.

Source: https://adviespuntsr.nl/pso/. No discount is published; the percentages here are examples.
"""

from __future__ import annotations

from datetime import date

import pytest

from crm.sroi.rules.held import (
    Held,
    Notice,
    NoticeKind,
    covered_until,
    covering,
    discount,
    lapsing,
    name_of,
    notices,
)
from tests.sroi.ruletexts import rules

TODAY = date(2026, 11, 24)
AWARD, END = date(2026, 1, 1), date(2027, 12, 31)
EXAMPLE = rules(
    *(
        f'\n[[certificates]]\ncode = "{code}"\nname_nl = "{code} nl"\nname_en = "{code} en"\n'
        f"assumed = true\n{line}\n"
        for code, line in (
            ("pso_2", "obligation_discount_pct = 10"),
            ("pso_3", "obligation_discount_pct = 20"),
            ("eigen", "purchasing_share_pct = 50"),
        )
    )
)


def held(first, last, code="pso_2"):
    return Held(code, date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("told", "last"),
    [
        ([], None),
        ([held("2026-01-01", "2026-12-31")], date(2026, 12, 31)),
        ([held("2026-01-02", "2026-12-31")], None),
        ([held("2025-01-01", "2025-12-31")], None),
        # A renewal of the next day goes on, also noted in the other order; with a day between it does not.
        ([held("2027-01-01", "2028-12-31"), held("2025-01-01", "2026-12-31")], date(2028, 12, 31)),
        ([held("2025-01-01", "2026-12-31"), held("2027-01-02", "2028-12-31")], date(2026, 12, 31)),
        ([held("2025-01-01", "2026-12-31"), held("2025-06-01", "2026-06-30")], date(2026, 12, 31)),
        ([held("2025-01-01", "2026-12-31", "pso_3")], None),
    ],
)
def test_a_certificate_is_valid_as_long_as_it_goes_on_without_a_gap(told, last):
    assert covered_until(told, "pso_2", AWARD) == last


def test_it_has_to_be_valid_at_the_award_and_until_the_last_day():
    assert covering([held("2026-01-01", "2027-12-31")], AWARD, END) == {"pso_2"}
    assert covering([held("2026-01-01", "2027-12-30")], AWARD, END) == frozenset()
    assert covering([held("2026-01-02", "2027-12-31")], AWARD, END) == frozenset()


def test_it_is_told_from_ninety_days_before_it_lapses():
    # 22 February 2027 is 90 days after 24 November 2026.
    assert lapsing([held("2026-01-01", "2027-02-22")], TODAY) == [("pso_2", date(2027, 2, 22))]
    assert lapsing([held("2026-01-01", "2027-02-23")], TODAY) == []
    assert lapsing([held("2026-01-01", "2026-11-23")], TODAY) == []
    renewed = [held("2026-01-01", "2027-02-22"), held("2027-02-23", "2029-02-22")]
    assert lapsing(renewed, TODAY) == []
    two = [held("2026-01-01", "2027-02-01"), held("2026-01-01", "2027-01-01", "pso_3")]
    assert [code for code, _day in lapsing(two, TODAY)] == ["pso_3", "pso_2"]


def told(owned, counted, end=END):
    return notices(owned, EXAMPLE, (AWARD, end), TODAY, counted)


def test_before_confirming_it_says_what_will_count_and_what_is_too_short():
    assert told([held("2025-01-01", "2028-01-01")], None) == [
        Notice(NoticeKind.COUNTS, "pso_2", date(2028, 1, 1))
    ]
    assert told([held("2025-01-01", "2027-06-30")], None) == [
        Notice(NoticeKind.TOO_SHORT, "pso_2", date(2027, 6, 30))
    ]
    # Without a discount, or not valid at the award, there is nothing to say.
    assert told([held("2025-01-01", "2028-01-01", "eigen"), held("2026-06-01", "2028-01-01")], None) == []


def test_after_confirming_it_says_what_changed_since():
    whole, short = held("2025-01-01", "2028-01-01"), held("2025-01-01", "2027-06-30")
    counted = frozenset({"pso_2"})
    assert told([whole], counted) == []
    assert told([short], counted) == [Notice(NoticeKind.GONE, "pso_2", date(2027, 6, 30))]
    assert told([], counted) == [Notice(NoticeKind.GONE, "pso_2", None)]
    assert told([whole], frozenset()) == [Notice(NoticeKind.UNCOUNTED, "pso_2", END)]
    higher = held("2025-01-01", "2028-01-01", "pso_3")
    assert told([whole, higher], counted) == [Notice(NoticeKind.UNCOUNTED, "pso_3", END)]
    assert told([whole, higher], frozenset({"pso_3"})) == []


def test_it_warns_only_when_the_contract_runs_on_longer():
    soon = held("2025-01-01", "2027-01-31")
    assert told([soon], frozenset()) == [Notice(NoticeKind.LAPSES, "pso_2", date(2027, 1, 31))]
    assert told([soon], frozenset({"pso_2"}), end=date(2027, 1, 31)) == []


def test_names_and_discounts_come_from_the_rule_set_when_it_has_them():
    assert name_of("pso_30plus").nl == "PSO 30+"
    assert name_of("eigen", [EXAMPLE]).nl == "eigen nl"
    assert name_of("eigen").nl == "eigen"
    assert [discount(EXAMPLE, code) for code in ("pso_3", "eigen", "pso_1")] == [20, 0, 0]
