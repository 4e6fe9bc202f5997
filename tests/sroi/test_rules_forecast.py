"""What a contract ends with: each source apart, and running work only as far as it really goes on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.sroi.rules import Facts, RuleSet
from crm.sroi.rules.forecast import Forecast, Spell, still_to_start, worth_to_come
from crm.sroi.rules.plan import OpenPlanLine
from crm.sroi.rulesets import load_ruleset, parse_ruleset
from tests.sroi.ruletexts import HEAD, WORK, block

D = Decimal
JANUARY, JUNE, YEAR_END = date(2026, 1, 1), date(2026, 6, 30), date(2026, 12, 31)
LIMITED = parse_ruleset(
    HEAD + "[valuation]\nhours_basis = { value = 36 }\n" + WORK + "counting_max_months = 8\n"
)
BY_HOURS = parse_ruleset(
    HEAD
    + '[valuation]\nhours_basis = { value = 36 }\npro_rata = { value = "worked_hours" }\n'
    + "normal_year_hours = { value = 1800 }\n"
    + WORK
)


def handed_in(
    code: str = "W", start: date = JANUARY, end: date = JUNE, hours: int = 36, **more: object
) -> Facts:
    return Facts(block=code, start=start, end=end, hours_per_week=D(hours), **more)  # type: ignore[arg-type]


def to_come(ruleset: RuleSet, *facts: Facts, last: date = YEAR_END, **more: object) -> Decimal:
    return worth_to_come(ruleset, Spell(facts, **more), last)  # type: ignore[arg-type]


def test_half_a_year_more_of_24_hours_is_worth_what_the_first_half_was() -> None:
    """Utrecht: 40,000 x 24/36 x 6/12 = 13,333.33 for each half year, 26,666.67 for the whole."""
    utrecht = load_ruleset("utrecht-current")
    facts = handed_in(next(one.code for one in utrecht.blocks if "participation_act" in one.groups), hours=24)
    assert to_come(utrecht, facts) == D("13333.34")


def test_work_adds_no_more_than_what_is_left_of_its_limit() -> None:
    """8 months count at 3,000 each, and 6 were handed in: 2 x 3,000."""
    assert to_come(LIMITED, handed_in()) == D("6000.00")


def test_months_handed_in_apart_count_as_one_spell_for_the_limit() -> None:
    first, second = handed_in(end=date(2026, 3, 31)), handed_in(start=date(2026, 4, 1))
    assert to_come(LIMITED, first, second) == D("6000.00")


def test_days_that_another_contract_claims_are_left_to_it() -> None:
    """January to March handed in of 8 months that count at 3,000; elsewhere May and, within it, half of May.

    April comes here (3,000); what follows on the last claim goes on there.
    """
    facts = handed_in(end=date(2026, 3, 31))
    may, in_may = (date(2026, 5, 1), date(2026, 5, 31)), (date(2026, 5, 10), date(2026, 5, 20))
    assert to_come(LIMITED, facts, elsewhere=(may, in_may)) == D("3000.00")


def test_what_another_contract_claims_uses_the_limit_too() -> None:
    """January to March here, April to July (4) and November elsewhere: of 8 months only August is left."""
    elsewhere = (
        (date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 4, 1), date(2026, 7, 31)),
        (date(2025, 1, 1), date(2025, 12, 31)),
    )
    facts = handed_in(end=date(2026, 3, 31))
    assert to_come(LIMITED, facts, elsewhere=elsewhere) == D("3000.00")


def test_a_claim_that_starts_after_the_contract_takes_nothing_from_it() -> None:
    elsewhere = ((date(2027, 1, 1), date(2027, 1, 31)), (date(2027, 3, 1), date(2027, 3, 31)))
    assert to_come(LIMITED, handed_in(), elsewhere=elsewhere) == D("6000.00")


def test_work_that_ends_sooner_adds_less() -> None:
    """July alone: one month of 3,000."""
    assert to_come(LIMITED, handed_in(), runs_until=date(2026, 7, 31)) == D("3000.00")


@pytest.mark.parametrize("until", [JUNE, date(2026, 3, 1)])
def test_work_that_ended_adds_nothing(until: date) -> None:
    assert to_come(LIMITED, handed_in(), runs_until=until) == 0


def test_a_contract_that_ends_first_leaves_nothing_to_come() -> None:
    assert to_come(LIMITED, handed_in(), last=JUNE) == 0


def test_it_goes_on_with_the_hours_of_today() -> None:
    """18 of 36 hours for the two months that are left of the limit: half of 6,000."""
    assert to_come(LIMITED, handed_in(), hours_per_week=D(18)) == D("3000.00")


def test_worked_hours_go_on_at_the_same_pace() -> None:
    """800 hours in 181 days are 16,000 at 20 an hour; 365 days at that pace are 1,613.26 hours, 32,265.20."""
    facts = handed_in(worked_hours=D(800))
    assert to_come(BY_HOURS, facts) == D("16265.20")


def test_what_is_counted_by_amount_does_not_go_on_by_itself() -> None:
    ruleset = parse_ruleset(HEAD + block("INV", "invoice", kind="purchasing"))
    facts = Facts(block="INV", start=JANUARY, end=JUNE, amount_eur=D(5000))
    assert to_come(ruleset, facts) == 0


def test_an_effort_without_days_does_not_go_on_by_itself() -> None:
    assert to_come(LIMITED, Facts(block="W", months=6, hours_per_week=D(36))) == 0


def test_a_fact_that_is_missing_adds_nothing() -> None:
    facts = Facts(block="W", start=JANUARY, end=JUNE)
    assert to_come(LIMITED, facts) == 0


def test_a_plan_line_without_days_keeps_its_value_until_the_contract_ends() -> None:
    line = OpenPlanLine("INKOOP", 0, None, None, 50_000)
    assert still_to_start(line, JUNE, YEAR_END) == 50_000
    assert still_to_start(line, date(2027, 1, 1), YEAR_END) == 0


def test_ends_at_63_percent_unless_the_plan_is_carried_out() -> None:
    """31,250 + 8,000 + 250 of 50,000 is 79 %; the 6,000 of the plan make it 91 %."""
    found = Forecast(D(50000), D(31250), D(8000), D(250), D(6000))
    assert (found.expected, found.short, found.ends_at_pct) == (D(39500), D(10500), 79)
    assert (found.short_with_plan, found.with_plan_pct) == (D(4500), 91)


def test_without_an_obligation_all_is_filled() -> None:
    assert (Forecast(D(0)).ends_at_pct, Forecast(D(0)).short) == (100, 0)


@given(
    months=st.integers(1, 11),
    more=st.integers(0, 11),
    hours=st.integers(0, 60),
    ends=st.none() | st.dates(date(2025, 1, 1), date(2028, 12, 31)),
)
def test_running_work_is_never_negative_and_grows_with_the_contract(
    months: int, more: int, hours: int, ends: date | None
) -> None:
    facts = handed_in(end=date(2026, months, 28))
    shorter, longer = date(2026, months, 28), date(2027, min(months + more, 12), 28)
    near = to_come(LIMITED, facts, last=shorter, runs_until=ends, hours_per_week=D(hours))
    far = to_come(LIMITED, facts, last=longer, runs_until=ends, hours_per_week=D(hours))
    assert 0 <= near <= far
    assert to_come(LIMITED, facts, last=longer) <= D(24000)
