"""What must hold for every effort, whatever the numbers."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

from hypothesis import given
from hypothesis import strategies as st

from crm.sroi.rules import (
    Explanation,
    Facts,
    HoursFrom,
    ObligationFacts,
    add_months,
    calendar_months,
    compute_obligation,
    value_effort,
)
from crm.sroi.rulesets import load_ruleset

D = Decimal
CENT = D("0.01")
UTRECHT, HAAGLANDEN = load_ruleset("utrecht-current"), load_ruleset("haaglanden-zhc-2023-07")
FRYSLAN = load_ruleset("fryslan-friese-eis")

hours = st.decimals(0, 60, places=2)
months = st.decimals(0, 120, places=2)
euros = st.decimals(0, 10**9, places=2)
days = st.dates(date(2015, 1, 1), date(2030, 12, 31))
ages = st.none() | st.integers(15, 75)


@st.composite
def histories(draw):
    start = draw(days)
    later = draw(st.sets(st.integers(1, 900), max_size=5))
    entries = [HoursFrom(start + timedelta(offset), draw(hours)) for offset in {0, *later}]
    return start, start + timedelta(draw(st.integers(0, 1200))), draw(st.permutations(entries))


def parts_and_total(told: Explanation) -> tuple[Decimal, Decimal]:
    table_value_and_rounding = (told.steps[0], told.steps[-1])
    parts = [step.amount for step in told.steps if step not in table_value_and_rounding]
    return sum((part for part in parts if part is not None), D(0)), told.amount


@given(hours, months, ages, st.booleans())
def test_the_steps_add_up_to_the_cent(weekly, term, age, permanent):
    facts = Facts(block="PW", hours_per_week=weekly, months=term, age=age, permanent=permanent)
    parts, total = parts_and_total(value_effort(UTRECHT, facts))
    assert parts == total


@given(histories())
def test_the_steps_of_a_history_add_up_to_the_cent(history):
    start, end, entries = history
    told = value_effort(UTRECHT, Facts(block="PW", hours_per_week=tuple(entries), start=start, end=end))
    parts, total = parts_and_total(told)
    assert parts == total


@given(hours, months, ages, st.booleans())
def test_never_negative_and_never_above_full_time_with_its_bonuses(weekly, term, age, permanent):
    facts = Facts(block="PW", hours_per_week=weekly, months=term, age=age, permanent=permanent)
    amount = value_effort(UTRECHT, facts).amount
    assert 0 <= amount <= 60000 * term / 12 + CENT


@given(hours, hours, months)
def test_more_hours_are_never_worth_less(one, other, term):
    low, high = sorted((one, other))
    less = value_effort(UTRECHT, Facts(block="PW", hours_per_week=low, months=term))
    more = value_effort(UTRECHT, Facts(block="PW", hours_per_week=high, months=term))
    assert less.amount <= more.amount


@given(hours, months, months)
def test_more_months_are_worth_more_up_to_the_limit_and_no_more_beyond(weekly, one, other):
    low, high = sorted((one, other))
    less = value_effort(HAAGLANDEN, Facts(block="WW", hours_per_week=weekly, months=low)).amount
    more = value_effort(HAAGLANDEN, Facts(block="WW", hours_per_week=weekly, months=high)).amount
    at_limit = value_effort(HAAGLANDEN, Facts(block="WW", hours_per_week=weekly, months=12)).amount
    assert less <= more <= at_limit
    assert high < 12 or more == at_limit


@given(hours, st.integers(1, 60), st.integers(1, 60))
def test_two_whole_month_parts_are_worth_the_whole_within_a_cent(weekly, first, second):
    start = date(2024, 3, 1)
    border, end = add_months(start, first), add_months(start, first + second)
    day = timedelta(1)

    def worth(begin: date, until: date) -> Decimal:
        return value_effort(UTRECHT, Facts(block="PW", hours_per_week=weekly, start=begin, end=until)).amount

    assert abs(worth(start, border - day) + worth(border, end - day) - worth(start, end - day)) <= CENT


@given(days, st.integers(0, 800), st.integers(1, 800))
def test_a_period_cut_anywhere_has_as_many_months(start, first, second):
    border = start + timedelta(first)
    end = border + timedelta(second)
    cut = calendar_months(start, border) + calendar_months(border + timedelta(1), end)
    assert cut == calendar_months(start, end)


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_telling_does_not_matter(history, random):
    start, end, entries = history
    shuffled = list(entries)
    random.shuffle(shuffled)
    one = Facts(block="PW", hours_per_week=tuple(entries), start=start, end=end)
    other = Facts(block="PW", hours_per_week=tuple(shuffled), start=start, end=end)
    assert value_effort(UTRECHT, one) == value_effort(UTRECHT, other)


@given(histories())
def test_a_history_equals_the_sum_of_its_days(history):
    """The same value, found day by day: each day is worth its month's share."""
    start, end, entries = history
    told = value_effort(UTRECHT, Facts(block="PW", hours_per_week=tuple(entries), start=start, end=end))
    ordered = sorted(entries, key=lambda entry: entry.start)
    total, day = Fraction(0), start
    while day <= end:
        weekly = [entry.hours for entry in ordered if entry.start <= day][-1]
        month_length = (add_months(day.replace(day=1), 1) - day.replace(day=1)).days
        total += Fraction(40000) * min(Fraction(weekly) / 36, 1) / 12 / month_length
        day += timedelta(1)
    assert told.amount == D(floor(total * 100 + Fraction(1, 2))) / 100


@given(st.decimals(0, 10000, places=2), st.sampled_from(["PW_LT2Y", "BANENAFSPRAAK"]))
def test_worked_hours_are_worth_their_share_of_a_normal_year(worked, block):
    amount = value_effort(FRYSLAN, Facts(block=block, worked_hours=worked)).amount
    counted = min(worked, D(2 * 1872)) if block == "PW_LT2Y" else worked
    full = {"PW_LT2Y": 35000, "BANENAFSPRAAK": 40000}[block]
    assert abs(amount - full * counted / 1872) <= CENT / 2


@given(euros, st.none() | st.decimals(0, 100, places=2), st.none() | st.decimals(0, 100, places=2))
def test_an_obligation_is_never_negative_nor_above_its_maximum(contract_sum, percentage, share):
    facts = ObligationFacts(
        contract_type="works", contract_sum_eur=contract_sum, percentage=percentage, labour_share_pct=share
    )
    assert 0 <= compute_obligation(FRYSLAN, facts).amount <= 300000
    demo = compute_obligation(load_ruleset("hart-van-west-brabant-demo"), facts).amount
    assert 0 <= demo <= contract_sum


@given(histories(), ages, st.none() | days, st.booleans())
def test_every_explanation_reads_back_unchanged(history, age, since, permanent):
    start, end, entries = history
    facts = Facts(
        block="PW_GT2Y",
        hours_per_week=tuple(entries),
        start=start,
        end=end,
        age=age,
        benefit_start=since,
        permanent=permanent,
    )
    told = value_effort(FRYSLAN, facts)
    assert Explanation.from_json(told.to_json()) == told
    assert len(told.readable_steps("nl")) == len(told.steps)
