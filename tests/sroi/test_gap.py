"""Ways to fill what is missing: what they count for, what they cost, and mixes within the limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from crm.sroi import gap
from crm.sroi.gap import Known, assumed_costs, mixes
from crm.sroi.rules import Kind
from crm.sroi.rules.caps import Item, count_under_caps
from crm.sroi.rules.gap import Costs, Wishes, is_internship, keeps_to, ways
from crm.sroi.rulesets import load_ruleset, parse_ruleset
from tests.sroi.ruletexts import HEAD, WORK, block

D = Decimal
START, END = date(2027, 1, 1), date(2027, 12, 31)
COSTS = Costs(D(20), D(400), D(50), D(2), D(10))
BASIS = "[valuation]\nhours_basis = { value = 36 }\n"
PUPIL = block("STAGE", "per_year_fulltime", "value = 18000", "learning")
PAID_PUPIL = block("BBL", "per_year_fulltime", 'value = 24000\ngroups = ["work_based_pupil"]', "learning")
HOURS = block("UREN", "per_employee_hour", "value = 100")
PURCHASE = block("INKOOP", "invoice", kind="purchasing")
AGREED = block("MAATWERK", "by_agreement", kind="bespoke")
ONLY_WORK = parse_ruleset(HEAD + BASIS + WORK)
ALL = parse_ruleset(HEAD + BASIS + WORK + PUPIL + PAID_PUPIL + HOURS + PURCHASE + AGREED)
LIMITED = parse_ruleset(
    HEAD
    + BASIS.replace("}\n", "}\nmin_hours_per_week = { value = 20 }\n")
    + WORK
    + "counting_max_months = 8\n"
)


def cap(share: str, more: str = "") -> str:
    return f'[[caps]]\nkind = "learning"\nshare_pct = {share}\n{more}'


def codes(wishes: Wishes) -> set[str]:
    return {way.block.code for way in ways(ALL, wishes, END, COSTS)}


def test_a_hire_of_24_hours_for_half_a_year_counts_and_costs_what_the_sum_says() -> None:
    """36,000 x 24/36 x 6/12 = 12,000; 26 weeks of 24 hours at 20 and 2 hours of guidance at 50 = 15,080."""
    way = next(
        one
        for one in ways(ONLY_WORK, Wishes(START), END, COSTS)
        if (one.facts.hours_per_week, one.facts.end) == (24, date(2027, 6, 30))
    )
    assert (way.value, way.cost) == (D("12000.00"), D("15080.00"))


def test_an_intern_costs_an_allowance_and_a_pupil_with_a_wage_a_wage() -> None:
    """400 x 12 full-time months, or 20 x 36 x 52 for the pupil who is paid; each with 5,200 of guidance."""
    found = {
        way.block.code: way
        for way in ways(ALL, Wishes(START), END, COSTS)
        if way.facts.end == END and way.facts.hours_per_week == 36
    }
    assert found["STAGE"].cost == D("10000.00")
    assert found["BBL"].cost == D("42640.00")
    assert (is_internship(found["STAGE"].block), is_internship(found["BBL"].block)) == (True, False)


def test_steps_of_hours_and_of_buying() -> None:
    """8 hours are 800 and cost 400; 500 euro bought is 500 and costs 10 % more, which is 50."""
    found = {way.block.code: way for way in ways(ALL, Wishes(START), END, COSTS) if not way.is_person}
    assert (found["UREN"].value, found["UREN"].cost) == (D("800.00"), D("400.00"))
    assert (found["INKOOP"].value, found["INKOOP"].cost) == (D("500.00"), D("50.00"))


def test_each_wish_leaves_its_way_out() -> None:
    assert codes(Wishes(START)) == {"W", "STAGE", "BBL", "UREN", "INKOOP"}
    assert codes(Wishes(START, internships=False)) == {"W", "BBL", "UREN", "INKOOP"}
    assert codes(Wishes(START, most_people=0)) == {"UREN", "INKOOP"}
    assert codes(Wishes(START, activities=False)) == {"W", "STAGE", "BBL", "INKOOP"}
    assert codes(Wishes(START, most_purchases=D(0))) == {"W", "STAGE", "BBL", "UREN"}


def test_nothing_starts_after_the_last_day() -> None:
    assert ways(ALL, Wishes(date(2028, 1, 1)), END, COSTS) == []


def test_hours_and_length_keep_to_the_rules_of_the_region() -> None:
    """At least 20 hours a week, and at most the 8 months that count."""
    found = ways(LIMITED, Wishes(START), END, COSTS)
    assert {way.facts.hours_per_week for way in found} == {24, 32, 36}
    assert max(way.facts.end or START for way in found) == date(2027, 8, 31)


def test_without_an_hours_basis_full_time_is_36_hours() -> None:
    ruleset = parse_ruleset(HEAD + block("MND", "per_month", "value = 750", "work"))
    found = ways(ruleset, Wishes(START), END, COSTS)
    assert {way.facts.hours_per_week for way in found} == {16, 24, 32, 36}


def test_what_needs_a_fact_that_nobody_knows_beforehand_is_left_out() -> None:
    ruleset = parse_ruleset(HEAD + block("INKOOP", "actual_labour_cost", kind="purchasing") + AGREED)
    assert ways(ruleset, Wishes(START), END, COSTS) == []


def test_the_cheapest_mix_fills_the_gap_exactly() -> None:
    """Full-time for 3 months is 9,000, for 13 weeks of 36 hours at 20 and 2 hours of guidance at 50."""
    best = mixes(ways(ONLY_WORK, Wishes(START), END, COSTS), D(9000), Wishes(START))[0]
    assert (best.value, best.cost, best.people) == (D("9000.00"), D("10660.00"), 1)


def test_each_next_mix_uses_other_blocks_and_costs_no_less() -> None:
    found = mixes(ways(ALL, Wishes(START), END, COSTS), D(20000), Wishes(START))
    assert len(found) == 5
    assert [mix.cost for mix in found] == sorted(mix.cost for mix in found)
    assert all(not later.blocks >= earlier.blocks for earlier, later in pairwise(found))


def test_a_gap_that_nothing_fills_has_no_mix() -> None:
    wishes = Wishes(START, most_people=1)
    assert mixes(ways(ONLY_WORK, wishes, END, COSTS), D(36001), wishes) == []
    assert mixes([], D(100), wishes) == []
    assert mixes(ways(ONLY_WORK, wishes, END, COSTS), D(0), wishes) == []


def test_a_cap_of_the_rule_set_holds_for_the_mix() -> None:
    """Training may fill 12.5 % of 40,000: 5,000."""
    capped = parse_ruleset(HEAD + BASIS + WORK + PUPIL + HOURS + cap("12.5"))
    known = Known(capped, D(40_000))
    found = mixes(ways(capped, Wishes(START), END, COSTS), D(30000), Wishes(START), known)
    assert found
    for mix in found:
        assert sum(line.value for line in mix.lines if line.way.block.kind is Kind.LEARNING) <= 5000


def test_work_makes_room_for_training_that_a_limit_cuts_off_now() -> None:
    """Training is at most half of what work and training make. Of 12,000 of training alone 6,000 counts.

    Half a year of 24 hours of work is 12,000: all 24,000 then counts, which is 18,000 more. It costs 15,080.
    """
    half = parse_ruleset(HEAD + BASIS + WORK + PUPIL + cap("50", 'base = "approved"\n'))
    known = Known(half, D(40_000), (Item("1", "STAGE", Kind.LEARNING, D(12_000)),))
    only_work = [way for way in ways(half, Wishes(START), END, COSTS) if way.block.code == "W"]
    [mix] = mixes(only_work, D(18_000), Wishes(START), known)
    assert (mix.value, mix.counts, mix.cost) == (D("12000.00"), D("18000.00"), D("15080.00"))


def test_room_that_a_second_limit_takes_back_is_not_counted_on() -> None:
    """Of 30,000 of training a quarter of 40,000 counts, whatever work is added: 15,000 has to be new."""
    both = parse_ruleset(
        HEAD + BASIS + WORK + PUPIL + cap("50", 'base = "approved"\n') + cap("25", 'blocks = ["STAGE"]\n')
    )
    known = Known(both, D(40_000), (Item("1", "STAGE", Kind.LEARNING, D(30_000)),))
    [mix] = mixes(ways(both, Wishes(START), END, COSTS), D(15_000), Wishes(START), known)
    assert {line.way.block.code for line in mix.lines} == {"W"}
    assert mix.counts == mix.value >= 15_000


@settings(max_examples=15, deadline=None)
@given(
    short=st.integers(1, 40_000),
    work=st.integers(0, 30_000),
    training=st.integers(0, 30_000),
    share=st.integers(5, 95),
    base=st.sampled_from(("approved", "obligation")),
)
def test_what_a_mix_adds_under_the_limits_fills_the_gap(
    short: int, work: int, training: int, share: int, base: str
) -> None:
    capped = parse_ruleset(HEAD + BASIS + WORK + PUPIL + HOURS + cap(str(share), f'base = "{base}"\n'))
    there = (Item("1", "STAGE", Kind.LEARNING, D(training)), Item("2", "W", Kind.WORK, D(work)))
    known = Known(capped, D(50_000), there)
    before = count_under_caps(capped, D(50_000), there).total
    for mix in mixes(ways(capped, Wishes(START), END, COSTS), D(short), Wishes(START), known, most=2):
        lines = [
            Item(f"m{number}", line.way.block.code, line.way.block.kind, line.value)
            for number, line in enumerate(mix.lines)
        ]
        after = count_under_caps(capped, D(50_000), [*there, *lines]).total
        assert after - before == mix.counts >= short


def test_the_assumed_costs_are_those_of_the_file() -> None:
    """15.00 x 1.08 holiday pay x 1.23 charges = 19.926."""
    assert assumed_costs().hire_hour == D("19.93")


def test_the_same_question_has_the_same_answer() -> None:
    ruleset = load_ruleset("haaglanden-zhc-2023-07")
    found = ways(ruleset, Wishes(START), END, assumed_costs())
    assert mixes(found, D(40000), Wishes(START)) == mixes(found, D(40000), Wishes(START))


@settings(max_examples=15, deadline=None)
@given(
    short=st.integers(1, 60_000),
    people=st.none() | st.integers(0, 4),
    purchases=st.none() | st.integers(0, 10_000),
)
def test_every_mix_fills_the_gap_within_the_wishes(
    short: int, people: int | None, purchases: int | None
) -> None:
    wishes = Wishes(START, most_people=people, most_purchases=None if purchases is None else D(purchases))
    for mix in mixes(ways(ALL, wishes, END, COSTS), D(short), wishes, most=2):
        assert mix.value >= short
        assert len(mix.lines) <= gap.MOST_LINES
        assert keeps_to(mix, wishes)
        assert mix.value == sum(replace(line, times=1).value * line.times for line in mix.lines)
