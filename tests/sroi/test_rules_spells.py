"""The counting limit of one person over several spells.

Fryslân: two working years from the first day on a social return place, gaps under half a year not counted,
after that no longer placed (https://www.harlingen.nl/duur-van-het-social-return-traject); worked hours
against the contractor's normal year of 1872 hours. What a longer gap does is our reading.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.sroi.rules import Facts, FactsError, Spell, value_effort
from crm.sroi.rules.draft import Draft
from crm.sroi.rules.spells import used_months
from crm.sroi.rulesets import load_ruleset
from tests.sroi.ruletexts import VALUATION_36, WORK, block, rules

D = Decimal
FRYSLAN, HAAGLANDEN = load_ruleset("fryslan-friese-eis"), load_ruleset("haaglanden-zhc-2023-07")
WORK_24 = WORK + "counting_max_months = 24\n"
ANEW = rules(
    VALUATION_36 + 'gap_months = { value = 6 }\nlong_gap = { value = "starts_anew" }\n', WORK_24
).valuation


def used(ruleset, start, *spells):
    rules_ = getattr(ruleset, "valuation", ruleset)
    return used_months(rules_, spells, start, Draft(FRYSLAN))


def labels(told):
    return [step.label for step in told.steps]


def test_two_spells_with_a_short_gap_use_only_what_was_worked():
    """12 months full time, 5 months nothing, then work: 12 of the 24 months are used."""
    first = Spell(date(2024, 1, 1), date(2024, 12, 31), worked_hours=1872)
    assert used(FRYSLAN, date(2025, 6, 1), first) == 12


def test_half_the_hours_of_a_normal_year_use_half_the_months():
    first = Spell(date(2024, 1, 1), date(2024, 12, 31), worked_hours=936)
    weekly = Spell(date(2024, 1, 1), date(2024, 12, 31), hours_per_week=18)
    assert used(FRYSLAN, date(2025, 1, 1), first) == 6
    assert used(FRYSLAN, date(2025, 1, 1), weekly) == 6


def test_a_gap_of_half_a_year_counts_and_one_day_less_does_not():
    """From 1 January to 30 June is half a year; to 29 June it is under half a year."""
    first = Spell(date(2024, 1, 1), date(2024, 12, 31))
    assert used(FRYSLAN, date(2025, 7, 1), first) == 18
    assert used(FRYSLAN, date(2025, 6, 30), first) == 12


def test_a_rule_set_may_say_that_a_long_gap_starts_all_over():
    first = Spell(date(2024, 1, 1), date(2024, 12, 31))
    assert used(ANEW, date(2025, 7, 1), first) == 0
    assert used(ANEW, date(2025, 6, 30), first) == 12


def test_days_in_two_spells_are_used_once():
    spells = (Spell(date(2024, 1, 1), date(2024, 6, 30)), Spell(date(2024, 4, 1), date(2024, 9, 30)))
    inside = Spell(date(2024, 2, 1), date(2024, 2, 29))
    assert used(HAAGLANDEN, date(2025, 1, 1), *spells, inside) == 9


def test_only_the_part_before_the_work_is_earlier():
    running = Spell(date(2024, 1, 1), date(2024, 12, 31), worked_hours=1872)
    later = Spell(date(2025, 1, 1), date(2025, 12, 31))
    assert used(FRYSLAN, date(2024, 7, 1), running, later) == 6


def test_approved_work_of_which_a_part_counted_uses_that_part():
    """Of the year 2024 the first 4 months counted; what is taken from it before April are 3 of those."""
    cut = Spell(date(2024, 1, 1), date(2024, 12, 31), counted_until=date(2024, 4, 30))
    assert used(HAAGLANDEN, date(2025, 1, 1), cut) == 4
    assert used(HAAGLANDEN, date(2024, 4, 1), cut) == 3
    hours = Spell(date(2024, 1, 1), date(2024, 12, 31), worked_hours=624, counted_until=date(2024, 4, 30))
    assert used(FRYSLAN, date(2025, 1, 1), hours) == 4
    assert used(FRYSLAN, date(2024, 4, 1), hours) == 3


def test_days_that_did_not_count_are_free_for_other_work():
    """January to April and July to September: May and June were worked and did not count."""
    cut = Spell(date(2024, 1, 1), date(2024, 12, 31), counted_until=date(2024, 4, 30))
    inside = Spell(date(2024, 7, 1), date(2024, 9, 30))
    assert used(HAAGLANDEN, date(2025, 1, 1), cut, inside) == 7


def test_a_gap_runs_from_the_last_day_of_the_work_that_did_not_count():
    cut = Spell(date(2024, 1, 1), date(2024, 12, 31), counted_until=date(2024, 4, 30))
    assert used(FRYSLAN, date(2025, 6, 30), cut) == 4
    assert used(FRYSLAN, date(2025, 7, 1), cut) == 10
    assert used(ANEW, date(2025, 6, 30), cut) == 4
    assert used(ANEW, date(2025, 7, 1), cut) == 0


def test_without_a_gap_rule_no_gap_is_counted():
    first = Spell(date(2020, 1, 1), date(2020, 3, 31))
    assert used(HAAGLANDEN, date(2024, 1, 1), first) == 3


def test_worked_hours_without_any_full_time_go_by_the_calendar():
    bare = rules('[valuation]\npro_rata = { value = "worked_hours" }\n', WORK)
    assert used(bare, date(2025, 1, 1), Spell(date(2024, 1, 1), date(2024, 12, 31), worked_hours=10)) == 12
    basis = rules(VALUATION_36 + 'pro_rata = { value = "worked_hours" }\n', WORK)
    assert used(basis, date(2025, 1, 1), Spell(date(2024, 1, 1), date(2024, 12, 31), worked_hours=936)) == 6


def test_an_effort_counts_for_what_room_its_person_has_left():
    """18 of 24 months used: of 12 months full time on PW_LT2Y (35.000) only 6 count: 17.500."""
    facts = Facts(
        block="PW_LT2Y",
        start=date(2025, 7, 1),
        end=date(2026, 6, 30),
        worked_hours=1872,
        earlier=(Spell(date(2024, 1, 1), date(2025, 6, 30), worked_hours=2808),),
    )
    told = value_effort(FRYSLAN, facts)
    assert told.amount == D("17500.00")
    [spell, step] = [one for one in told.readable_steps("en") if one.label.startswith("Earlier work")]
    assert spell.label == "Earlier work from 1 Jan 2024 to 30 Jun 2025 used 18 months"
    assert step.label == "Earlier work of this person used 18 of the 24 months"
    assert step.formula == "24 − 18 = 6"
    assert step.assumed


def test_after_two_years_the_person_has_no_value_any_more():
    earlier = (Spell(date(2022, 1, 1), date(2024, 6, 30)),)
    by_hours = Facts(
        block="PW_LT2Y", start=date(2024, 7, 1), end=date(2024, 12, 31), worked_hours=900, earlier=earlier
    )
    by_calendar = Facts(block="PW", start=date(2024, 7, 1), months=6, hours_per_week=36, earlier=earlier)
    for ruleset, facts in ((FRYSLAN, by_hours), (HAAGLANDEN, by_calendar)):
        told = value_effort(ruleset, facts)
        assert told.amount == 0
        assert "No value: the limit of {limit} months was used up before" in labels(told)


def test_the_jobs_agreement_runs_on_whatever_came_before():
    earlier = (Spell(date(2015, 1, 1), date(2024, 6, 30)),)
    facts = Facts(block="BANENAFSPRAAK", start=date(2024, 7, 1), worked_hours=1872, earlier=earlier)
    assert value_effort(FRYSLAN, facts).amount == D("40000.00")


def test_the_tag_that_lifts_the_limit_lifts_it_for_earlier_work_too():
    """Haaglanden: with LKS as long as the LKS runs."""
    earlier = (Spell(date(2020, 1, 1), date(2024, 6, 30)),)
    facts = Facts(
        block="PW",
        start=date(2024, 7, 1),
        months=12,
        hours_per_week=36,
        earlier=earlier,
        tags=frozenset({"lks"}),
    )
    assert value_effort(HAAGLANDEN, facts).amount == D("40000.00")


def test_a_lifted_limit_is_told_only_when_it_would_have_mattered():
    """A normal year of 1872 hours; 24 months are 3744 hours."""
    lifted = rules(
        VALUATION_36 + 'pro_rata = { value = "worked_hours" }\nunlimited_tags = { value = ["lks"] }\n',
        WORK_24,
    )
    for hours, times in ((3744, 0), (3745, 1)):
        told = value_effort(lifted, Facts(block="W", worked_hours=hours, tags=frozenset({"lks"})))
        assert labels(told).count("The limit of {limit} months does not apply") == times


def test_gaps_are_told_one_by_one():
    earlier = (Spell(date(2023, 1, 1), date(2023, 3, 31)), Spell(date(2023, 5, 1), date(2023, 6, 30)))
    facts = Facts(block="PW_LT2Y", start=date(2024, 1, 1), months=3, hours_per_week=36, earlier=earlier)
    told = value_effort(FRYSLAN, facts)
    assert [step.label for step in told.readable_steps("en")][1:6] == [
        "Earlier work from 1 Jan 2023 to 31 Mar 2023 used 3 months",
        "The gap from 1 Apr 2023 to 30 Apr 2023 is shorter than 6 months and does not count",
        "Earlier work from 1 May 2023 to 30 Jun 2023 used 2 months",
        "The gap from 1 Jul 2023 to 31 Dec 2023 is 6 months or longer and counts for 6 months",
        "Earlier work of this person used 11 of the 24 months",
    ]
    assert "What a gap of 6 months or longer does to the limit is our reading of the publication." in (
        told.readable_assumptions("en")
    )
    anew = rules(
        VALUATION_36 + 'gap_months = { value = 6 }\nlong_gap = { value = "starts_anew" }\n',
        WORK_24,
        block("X", "per_hour", "value = 1"),
    )
    fresh = value_effort(
        anew, Facts(block="W", start=date(2024, 1, 1), months=3, hours_per_week=36, earlier=earlier)
    )
    assert "The gap from {start} to {end} is {least} months or longer: the counting starts anew" in labels(
        fresh
    )


def test_what_cannot_be_is_refused():
    with pytest.raises(FactsError) as error:
        Spell(date(2025, 1, 2), date(2025, 1, 1))
    assert error.value.field == "earlier"
    for day in (date(2024, 12, 31), date(2025, 1, 3)):
        with pytest.raises(FactsError) as error:
            Spell(date(2025, 1, 1), date(2025, 1, 2), counted_until=day)
        assert error.value.field == "earlier"
    with pytest.raises(FactsError) as error:
        value_effort(
            HAAGLANDEN,
            Facts(
                block="PW",
                months=3,
                hours_per_week=36,
                earlier=(Spell(date(2025, 1, 1), date(2025, 2, 1)),),
            ),
        )
    assert error.value.field == "start"


spells = st.builds(
    lambda start, days, weekly: Spell(start, start + timedelta(days), hours_per_week=weekly),
    st.dates(date(2018, 1, 1), date(2026, 1, 1)),
    st.integers(0, 700),
    st.none() | st.integers(0, 40),
)


@given(st.lists(spells, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_earlier_spells_does_not_matter(told, random):
    shuffled = list(told)
    random.shuffle(shuffled)
    day = date(2026, 1, 1)
    assert used(FRYSLAN, day, *told) == used(FRYSLAN, day, *shuffled)


@given(st.lists(spells, max_size=5))
def test_earlier_work_never_uses_more_than_the_time_that_passed_and_never_adds_value(told):
    day = date(2026, 1, 1)
    first = min((spell.start for spell in told), default=day)
    passed = Fraction((day.year - first.year) * 12 + 12)
    assert 0 <= used(FRYSLAN, day, *told) <= passed
    fresh = Facts(block="PW_LT2Y", start=day, months=12, hours_per_week=36)
    again = Facts(block="PW_LT2Y", start=day, months=12, hours_per_week=36, earlier=tuple(told))
    assert 0 <= value_effort(FRYSLAN, again).amount <= value_effort(FRYSLAN, fresh).amount
