"""What an effort is worth: hours, periods, limits, bonuses, and the reasons for a value of zero."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from crm.sroi.rules import Explanation, Facts, FactsError, HoursFrom, RuleSet, fits, value_effort
from crm.sroi.rulesets import load_ruleset
from tests.sroi.ruletexts import VALUATION_36, WORK, block, bonus, rules

D = Decimal
UTRECHT, FRYSLAN = load_ruleset("utrecht-current"), load_ruleset("fryslan-friese-eis")
HAAGLANDEN, OOST = load_ruleset("haaglanden-zhc-2023-07"), load_ruleset("oost-nederland")
PLAIN = rules(VALUATION_36, WORK)


def value(ruleset: RuleSet, **facts: object) -> Explanation:
    return value_effort(ruleset, Facts(**facts))  # type: ignore[arg-type]


def labels(explanation: Explanation) -> str:
    return " | ".join(step.label for step in explanation.readable_steps("en"))


def notes(explanation: Explanation) -> str:
    return " | ".join(explanation.readable_assumptions("en"))


def refused(ruleset: RuleSet, **facts: object) -> str:
    with pytest.raises(FactsError) as error:
        value(ruleset, **facts)
    return error.value.field


def test_both_ends_of_a_period_count():
    year = value(PLAIN, block="W", hours_per_week=36, start=date(2025, 1, 1), end=date(2025, 6, 30))
    assert year.amount == D("18000.00")


def test_one_day_is_one_day_of_its_month():
    day = value(PLAIN, block="W", hours_per_week=36, start=date(2025, 6, 15), end=date(2025, 6, 15))
    assert day.amount == D("100.00")


def test_part_months_count_by_their_own_days():
    part = value(PLAIN, block="W", hours_per_week=36, start=date(2024, 1, 17), end=date(2024, 2, 29))
    assert part.amount == D("4451.61")  # 3000 x (15/31 + 1)


def test_months_and_dates_that_agree_go_together():
    both = value(PLAIN, block="W", hours_per_week=36, start=date(2025, 1, 1), end=date(2025, 6, 30), months=6)
    assert both.amount == D("18000.00")


def test_months_that_contradict_the_dates_are_refused():
    dates = {"start": date(2025, 1, 1), "end": date(2025, 6, 30)}
    assert refused(PLAIN, block="W", hours_per_week=36, months=7, **dates) == "months"


def test_hours_above_full_time_count_as_full_time_and_say_so():
    capped = value(UTRECHT, block="PW", hours_per_week=40, months=12)
    assert capped.amount == D("40000.00")
    assert "count as full time" in notes(capped)


def test_a_published_cap_is_no_assumption_and_may_lie_above_one():
    ruleset = rules(VALUATION_36, "factor_cap = { value = 1.5 }\n", WORK)
    capped = value(ruleset, block="W", hours_per_week=72, months=12)
    assert capped.amount == D("54000.00")
    assert "count as full time" not in notes(capped)


def test_hours_go_up_and_down_in_any_order_of_telling():
    history = (HoursFrom(date(2025, 5, 1), D(18)), HoursFrom(date(2025, 1, 1), D(12)))
    told = value(PLAIN, block="W", hours_per_week=history, start=date(2025, 1, 1), end=date(2025, 8, 31))
    assert told.amount == D("10000.00")  # 3000 x (4 x 1/3 + 4 x 1/2)


def test_hours_that_change_within_a_month():
    history = (HoursFrom(date(2025, 6, 1), D(36)), HoursFrom(date(2025, 6, 11), D(18)))
    told = value(PLAIN, block="W", hours_per_week=history, start=date(2025, 6, 1), months=1)
    assert told.amount == D("2000.00")  # 3000 x (10/30 + 20/30 x 1/2)


def test_history_before_and_after_the_period_is_left_alone():
    history = (
        HoursFrom(date(2024, 1, 1), D(9)),
        HoursFrom(date(2024, 12, 1), D(18)),
        HoursFrom(date(2026, 1, 1), D(36)),
    )
    told = value(PLAIN, block="W", hours_per_week=history, start=date(2025, 1, 1), end=date(2025, 12, 31))
    assert told.amount == D("18000.00")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"months": 6}, "start"),
        ({"start": date(2025, 1, 1)}, "end"),
        ({"start": date(2025, 1, 1), "months": D("1.5")}, "end"),
        ({"start": date(2024, 1, 1), "months": 6}, "hours_per_week"),
    ],
)
def test_a_history_needs_its_period_and_its_first_hours(facts, field):
    history = (HoursFrom(date(2025, 1, 1), D(12)),)
    assert refused(PLAIN, block="W", hours_per_week=history, **facts) == field


def test_an_empty_history_is_refused():
    assert refused(PLAIN, block="W", hours_per_week=(), start=date(2025, 1, 1), months=1) == "hours_per_week"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"block": "NOPE"}, "block"),
        ({"block": "BONUS_VAST", "months": 12, "hours_per_week": 36}, "block"),
        ({"block": "PW", "months": 12}, "hours_per_week"),
        ({"block": "PW", "hours_per_week": 36}, "months"),
        ({"block": "PW", "hours_per_week": 36, "start": date(2025, 1, 1)}, "end"),
        ({"block": "KENNIS_MIDDELEN"}, "quantity"),
        ({"block": "SOCIALE_INKOOP"}, "amount_eur"),
        ({"block": "MOBILITEIT"}, "amount_eur"),
    ],
)
def test_what_is_missing_is_named(facts, field):
    assert refused(UTRECHT, **facts) == field


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"months": -1}, "months"),
        ({"months": 1201}, "months"),
        ({"hours_per_week": D("-0.5")}, "hours_per_week"),
        ({"hours_per_week": 169}, "hours_per_week"),
        ({"hours_per_week": (HoursFrom(date(2025, 1, 1), -1),)}, "hours_per_week"),
        ({"hours_per_week": (HoursFrom(date(1025, 1, 1), 1),)}, "hours_per_week"),
        (
            {"hours_per_week": (HoursFrom(date(2025, 1, 1), 1), HoursFrom(date(2025, 1, 1), 2))},
            "hours_per_week",
        ),
        ({"amount_eur": D("NaN")}, "amount_eur"),
        ({"amount_eur": D("Infinity")}, "amount_eur"),
        ({"amount_eur": D("1e400")}, "amount_eur"),
        ({"amount_eur": 10**400}, "amount_eur"),
        ({"labour_amount_eur": D("1e-400")}, "labour_amount_eur"),
        ({"quantity": -1}, "quantity"),
        ({"worked_hours": -1}, "worked_hours"),
        ({"age": 131}, "age"),
        ({"start": date(2025, 2, 1), "end": date(2025, 1, 31)}, "end"),
        ({"start": date(1899, 12, 31)}, "start"),
        ({"end": date(2200, 1, 1)}, "end"),
    ],
)
def test_impossible_facts_are_refused_by_name(facts, field):
    with pytest.raises(FactsError) as error:
        Facts(block="PW", **facts)
    assert error.value.field == field


# Counting limits


def test_a_limit_counts_the_first_months():
    history = (HoursFrom(date(2024, 1, 1), D(36)), HoursFrom(date(2024, 10, 1), D(18)))
    told = value(
        HAAGLANDEN, block="WW", hours_per_week=history, start=date(2024, 1, 1), end=date(2025, 12, 31)
    )
    assert told.amount == D("17500.00")  # 9 months in full, 3 at half
    assert "At most 12 months count" in labels(told)


def test_stretches_beyond_the_limit_do_not_count_at_all():
    history = (HoursFrom(date(2024, 1, 1), D(18)), HoursFrom(date(2025, 1, 1), D(36)))
    told = value(HAAGLANDEN, block="WW", hours_per_week=history, start=date(2024, 1, 1), months=24)
    assert told.amount == D("10000.00")


def test_the_limit_is_lifted_by_wage_cost_subsidy():
    with_tag = value(HAAGLANDEN, block="WW", hours_per_week=36, months=18, tags=frozenset({"lks"}))
    assert with_tag.amount == D("30000.00")
    assert "does not apply" in labels(with_tag)


def test_exactly_the_limit_is_not_cut():
    assert "At most" not in labels(value(HAAGLANDEN, block="WW", hours_per_week=36, months=12))


def test_banenafspraak_counts_always():
    assert value(HAAGLANDEN, block="BANENAFSPRAAK", hours_per_week=36, months=60).amount == D("250000.00")


# Benefit duration


@pytest.mark.parametrize(
    ("since", "amount", "says"),
    [
        (date(2023, 6, 2), "35000.00", "fits <2 jaar in Participatiewet"),
        (date(2023, 6, 1), "0.00", "fits > 2 jaar in Participatiewet, not <2"),
        (date(2025, 6, 2), "0.00", "after the reference date"),
    ],
)
def test_the_benefit_must_fit_the_block_on_the_reference_date(since, amount, says):
    ruleset_facts = {"block": "PW_LT2Y", "hours_per_week": 36, "months": 12}
    told = value(FRYSLAN, **ruleset_facts, benefit_start=since, reference_date=date(2025, 6, 1))
    assert told.amount == D(amount)
    english = labels(told).replace("Participation Act benefit, under 2 years", "<2 jaar in Participatiewet")
    english = english.replace("Participation Act benefit, over 2 years", "> 2 jaar in Participatiewet")
    assert says in english


def test_exactly_two_years_is_the_longer_block_and_says_that_it_is_a_reading():
    facts = {"block": "PW_GT2Y", "hours_per_week": 36, "months": 12, "benefit_start": date(2023, 6, 1)}
    on_border = value(FRYSLAN, **facts, reference_date=date(2025, 6, 1))
    assert on_border.amount == D("40000.00")
    assert "counts as the longer one" in notes(on_border)
    assert "longer one" not in notes(value(FRYSLAN, **facts, reference_date=date(2025, 6, 2)))


def test_a_short_unemployment_benefit_fits_no_block_in_fryslan():
    told = value(
        FRYSLAN,
        block="WW_3M_1Y",
        hours_per_week=36,
        months=12,
        benefit_start=date(2025, 4, 1),
        reference_date=date(2025, 6, 1),
    )
    assert told.amount == 0
    assert "no block fits" in labels(told)


def test_an_unknown_benefit_start_is_noted():
    assert "was not checked" in notes(value(FRYSLAN, block="PW_LT2Y", hours_per_week=36, months=12))


def test_months_of_a_benefit_end_on_the_last_day_of_a_shorter_month():
    long_block = FRYSLAN.block("WW_3M_1Y")
    assert fits(long_block, date(2024, 11, 30), date(2025, 2, 28))
    assert not fits(long_block, date(2024, 11, 30), date(2025, 2, 27))


def test_the_start_of_the_work_stands_in_for_the_reference_date():
    facts = {"hours_per_week": 36, "start": date(2025, 6, 1), "months": 12}
    fryslan = value(FRYSLAN, block="PW_LT2Y", benefit_start=date(2024, 1, 1), **facts)
    assert "stands in for the reference date" in notes(fryslan)
    oost = value(OOST, block="PW_LT2Y", benefit_start=date(2024, 1, 1), **facts)
    assert "does not name a reference date" in notes(oost)


def test_a_published_start_as_reference_date_is_no_assumption():
    ruleset = rules(
        VALUATION_36,
        'reference = { value = "start" }\n',
        block("B", "per_year_fulltime", "value = 12000\nbenefit_max_months = 12", "work"),
    )
    told = value(
        ruleset,
        block="B",
        hours_per_week=36,
        months=1,
        start=date(2025, 6, 1),
        benefit_start=date(2025, 1, 1),
    )
    assert told.amount == D("1000.00")
    assert "reference date" not in notes(told)


def test_without_any_date_the_benefit_cannot_be_tested():
    facts = {"block": "PW_LT2Y", "hours_per_week": 36, "months": 12, "benefit_start": date(2024, 1, 1)}
    assert refused(FRYSLAN, **facts) == "reference_date"


# Start of the work, and what excludes


@pytest.mark.parametrize(("start", "amount"), [(date(2024, 3, 1), "20000.00"), (date(2024, 2, 29), "0.00")])
def test_work_may_have_started_a_year_before_the_contract(start, amount):
    told = value(
        HAAGLANDEN, block="WW", hours_per_week=36, months=12, start=start, reference_date=date(2025, 3, 1)
    )
    assert told.amount == D(amount)


def test_an_early_start_within_the_window_is_noted_and_a_later_start_is_not():
    facts = {"block": "WW", "hours_per_week": 36, "months": 12, "reference_date": date(2025, 3, 1)}
    assert "counts from its own start" in notes(value(HAAGLANDEN, start=date(2024, 3, 1), **facts))
    assert "counts from its own start" not in notes(value(HAAGLANDEN, start=date(2025, 3, 1), **facts))


def test_the_same_employer_takes_the_value_away_where_the_rule_says_so():
    tags = frozenset({"same_employer"})
    out = value(FRYSLAN, block="WW_GT1Y", hours_per_week=36, months=12, tags=tags)
    assert out.amount == 0
    assert "same employer" in labels(out)
    other_benefit = value(FRYSLAN, block="WIA_WAO", hours_per_week=36, months=12, tags=tags)
    assert other_benefit.amount == D("35000.00")


def test_an_exclusion_without_blocks_holds_for_every_block():
    ruleset = rules(
        VALUATION_36,
        '[[valuation.exclusions]]\ntag = "x"\nreason_nl = "nee"\nreason_en = "no"\n',
        WORK,
    )
    assert value(ruleset, block="W", tags=frozenset({"x"})).amount == 0


# Hours: minimum, basis, worked hours, days


def test_only_the_stretches_under_the_minimum_drop_out():
    history = (HoursFrom(date(2025, 1, 1), D(10)), HoursFrom(date(2025, 7, 1), D(12)))
    told = value(
        FRYSLAN, block="BBL_NEW", hours_per_week=history, start=date(2025, 1, 1), end=date(2025, 12, 31)
    )
    assert told.amount == D("2500.00")  # 15000 x 12/36 x 6/12
    assert "under the minimum of 12" in labels(told)


def test_without_full_time_hours_only_the_months_count():
    ruleset = rules("\n[valuation]\nmin_hours_per_week = { value = 12 }\n", WORK)
    told = value(ruleset, block="W", months=6)
    assert told.amount == D("18000.00")
    assert "not counted" in notes(told)
    assert "was not checked" in notes(told)


def test_assumed_full_time_hours_are_noted():
    assert "36 hours a week is used" in notes(value(OOST, block="NUG", hours_per_week=36, months=12))


def test_a_published_formula_is_no_assumption():
    published = rules(VALUATION_36, 'pro_rata = { value = "calendar_months" }\n', WORK)
    told = value(published, block="W", hours_per_week=18, months=12)
    assert told.steps[1].assumed is False
    assert "Pro rata" not in notes(told)


def test_worked_hours_count_against_a_normal_year():
    half = value(FRYSLAN, block="PW_LT2Y", worked_hours=936)
    assert half.amount == D("17500.00")
    assert "1,872 hours" in notes(half)
    assert "was not checked" in notes(half)


def test_worked_hours_stop_at_the_counting_limit():
    assert value(FRYSLAN, block="PW_LT2Y", worked_hours=5000, hours_per_week=36).amount == D("70000.00")


def test_worked_hours_go_on_while_the_limit_is_lifted():
    lifted = rules(
        VALUATION_36,
        'pro_rata = { value = "worked_hours" }\nnormal_year_hours = { value = 1800 }\n',
        'unlimited_tags = { value = ["lks"] }\n',
        block("B", "per_year_fulltime", "value = 18000\ncounting_max_months = 12", "work"),
    )
    assert value(lifted, block="B", worked_hours=3600).amount == D("18000.00")
    told = value(lifted, block="B", worked_hours=3600, tags=frozenset({"lks"}))
    assert told.amount == D("36000.00")
    assert "normal year" not in notes(told)


def test_worked_hours_never_exceed_full_time_over_the_period():
    told = value(FRYSLAN, block="PW_LT2Y", worked_hours=1000, start=date(2025, 1, 1), end=date(2025, 6, 30))
    assert told.amount == D("17500.00")
    assert "count as full time" in notes(told)


def test_worked_hours_under_the_weekly_minimum_have_no_value():
    assert value(FRYSLAN, block="PW_LT2Y", worked_hours=900, hours_per_week=11).amount == 0


def test_worked_hours_without_a_minimum_need_no_weekly_hours():
    ruleset = rules(VALUATION_36, 'pro_rata = { value = "worked_hours" }\n', WORK)
    assert value(ruleset, block="W", worked_hours=1872).amount == D("36000.00")


def test_worked_hours_need_a_normal_year():
    ruleset = rules('\n[valuation]\npro_rata = { value = "worked_hours" }\n', WORK)
    assert refused(ruleset, block="W", worked_hours=100) == "worked_hours"


def test_no_worked_hours_at_all_have_no_value():
    assert value(FRYSLAN, block="PW_LT2Y", worked_hours=0, months=0).amount == 0


def test_without_worked_hours_the_calendar_stands_in():
    told = value(FRYSLAN, block="PW_LT2Y", hours_per_week=18, months=12)
    assert told.amount == D("17500.00")
    assert "used in their place" in notes(told)
    assert told.steps[1].assumed is True


def test_pro_rata_by_days_of_the_year():
    ruleset = rules(VALUATION_36, 'pro_rata = { value = "calendar_days", assumed = true }\n', WORK)
    by_days = value(ruleset, block="W", hours_per_week=36, start=date(2024, 12, 31), end=date(2025, 1, 2))
    assert by_days.amount == D("295.62")  # 36000 x (1/366 + 2/365)
    assert "days of the year" in notes(by_days)


# Bonuses


@pytest.mark.parametrize(("age", "amount"), [(50, "40000.00"), (51, "50000.00")])
def test_over_50_in_utrecht_starts_at_51(age, amount):
    told = value(UTRECHT, block="PW", hours_per_week=36, months=12, age=age)
    assert told.amount == D(amount)
    assert ("our reading" in notes(told)) == (age == 51)


@pytest.mark.parametrize(
    ("age", "amount"), [(49, "35000.00"), (50, "40000.00"), (54, "40000.00"), (55, "42500.00")]
)
def test_of_the_age_bonuses_in_fryslan_only_the_highest_counts(age, amount):
    told = value(FRYSLAN, block="PW_LT2Y", hours_per_week=36, months=12, age=age)
    assert told.amount == D(amount)
    assert ("only the highest" in notes(told)) == (age == 55)


@pytest.mark.parametrize(("born", "amount"), [(date(1975, 6, 1), "40000.00"), (date(1975, 6, 2), "35000.00")])
def test_age_is_that_of_the_reference_date(born, amount):
    facts = {"block": "PW_LT2Y", "hours_per_week": 36, "months": 12, "reference_date": date(2025, 6, 1)}
    assert value(FRYSLAN, birth_date=born, **facts).amount == D(amount)


def test_age_and_birth_date_must_agree():
    facts = {"block": "PW", "hours_per_week": 36, "months": 12, "reference_date": date(2025, 6, 1)}
    agree = value(UTRECHT, birth_date=date(1970, 1, 1), age=55, **facts)
    assert agree.amount == D("50000.00")
    assert refused(UTRECHT, birth_date=date(1970, 1, 1), age=54, **facts) == "age"
    assert refused(UTRECHT, birth_date=date(2025, 6, 2), **facts) == "birth_date"


def test_a_birth_date_without_any_other_date_cannot_give_an_age():
    facts = {"block": "PW", "hours_per_week": 36, "months": 12, "birth_date": date(1970, 1, 1)}
    assert refused(UTRECHT, **facts) == "reference_date"


def test_bonuses_add_up_and_follow_hours_and_months():
    told = value(
        UTRECHT,
        block="PW",
        hours_per_week=18,
        months=6,
        age=60,
        permanent=True,
        tags=frozenset({"statushouder"}),
    )
    assert told.amount == D("17500.00")  # (40000 + 3 x 10000) / 4
    assert "Bonuses are added up" in notes(told)


def test_a_published_way_of_adding_up_is_no_assumption():
    ruleset = rules(
        VALUATION_36,
        'bonus_stacking = { value = "stack" }\nbonus_pro_rata = { value = true }\n',
        WORK,
        bonus("A", 100, "permanent = true"),
        bonus("B", 200, "age_from = 50"),
    )
    told = value(ruleset, block="W", hours_per_week=36, months=12, age=50, permanent=True)
    assert told.amount == D("36300.00")
    assert "onus" not in notes(told)


def test_highest_only_takes_one_bonus_of_all():
    ruleset = rules(
        VALUATION_36,
        'bonus_stacking = { value = "highest_only" }\n',
        WORK,
        bonus("HIGH", 500, "permanent = true"),
        bonus("LOW", 100, "age_from = 50"),
    )
    told = value(ruleset, block="W", hours_per_week=36, months=12, age=50, permanent=True)
    assert told.amount == D("36500.00")


def test_a_bonus_code_as_tag_earns_that_bonus():
    tags = frozenset({"bonus_statushouder_taal"})
    assert value(UTRECHT, block="PW", hours_per_week=36, months=12, tags=tags).amount == D("50000.00")


def test_a_bonus_may_be_kept_to_some_blocks():
    ruleset = rules(
        VALUATION_36,
        WORK,
        block("V", "per_year_fulltime", "value = 36000", "work"),
        bonus("B", 1000, 'permanent = true\nblocks = ["V"]'),
    )
    assert value(ruleset, block="W", hours_per_week=36, months=12, permanent=True).amount == D("36000.00")
    assert value(ruleset, block="V", hours_per_week=36, months=12, permanent=True).amount == D("37000.00")


def test_work_without_value_earns_no_bonus_not_even_a_flat_one():
    flat = rules(
        VALUATION_36, "bonus_pro_rata = { value = false }\n", WORK, bonus("B", 1000, "permanent = true")
    )
    assert value(flat, block="W", hours_per_week=36, months=0, permanent=True).amount == 0
    told = value(flat, block="W", hours_per_week=1, months=12, permanent=True)
    assert told.amount == D("2000.00")
    assert "bonus" not in notes(told).lower()


def test_activities_earn_no_bonus():
    assert value(UTRECHT, block="KENNIS_MIDDELEN", quantity=10, permanent=True).amount == D("1000.00")


# Units


@pytest.mark.parametrize(
    ("ruleset", "facts", "amount"),
    [
        (UTRECHT, {"block": "KENNIS_MIDDELEN", "quantity": D("7.5")}, "750.00"),
        (UTRECHT, {"block": "KENNIS_MIDDELEN", "amount_eur": D("1234.56")}, "1234.56"),
        (UTRECHT, {"block": "SOCIALE_INKOOP", "amount_eur": D("10000.005")}, "10000.01"),
        (UTRECHT, {"block": "SOCIALE_INKOOP", "labour_amount_eur": 4000}, "4000.00"),
        (UTRECHT, {"block": "SOCIALE_INKOOP", "amount_eur": 9, "labour_amount_eur": 4}, "9.00"),
        (UTRECHT, {"block": "MOBILITEIT", "amount_eur": 2500}, "2500.00"),
        (FRYSLAN, {"block": "SW_ONDERAANNEMING", "amount_eur": 9, "labour_amount_eur": 4}, "4.00"),
        (FRYSLAN, {"block": "OPLEIDING", "amount_eur": 950}, "950.00"),
        (OOST, {"block": "BBL_1_2", "months": 18}, "30000.00"),
        (OOST, {"block": "BBL_1_2", "quantity": D("0.5")}, "10000.00"),
        (
            OOST,
            {"block": "WEP_PROEFPLAATSING", "start": date(2025, 1, 1), "end": date(2025, 3, 31)},
            "2250.00",
        ),
    ],
)
def test_each_unit_counts_its_own_fact(ruleset, facts, amount):
    assert value(ruleset, **facts).amount == D(amount)


def test_sheltered_work_in_fryslan_counts_labour_cost_only():
    assert refused(FRYSLAN, block="SW_ONDERAANNEMING", amount_eur=1000) == "labour_amount_eur"


def test_cost_beside_hours_is_not_counted_twice():
    both = value(UTRECHT, block="KENNIS_MIDDELEN", quantity=10, amount_eur=5000)
    assert both.amount == D("1000.00")
    assert "not counted as well" in notes(both)


@pytest.mark.parametrize(
    ("block", "field", "message"),
    [
        ("SOCIALE_INKOOP", "amount_eur", "Give the amount or the labour cost, in euro."),
        ("KENNIS_MIDDELEN", "quantity", "Give the hours or the actual amount."),
    ],
)
def test_what_counts_in_two_ways_asks_for_either(block, field, message):
    with pytest.raises(FactsError) as error:
        value(UTRECHT, block=block)
    assert (error.value.field, error.value.message) == (field, message)


def test_a_second_way_of_counting_is_marked_when_it_is_our_reading():
    purchase = value(UTRECHT, block="SOCIALE_INKOOP", labour_amount_eur=4000)
    assert purchase.steps[0].assumed is True
    assert "our reading" in notes(purchase)


DAY_MAXIMUM = rules(block("D", "per_hour_day_maximum", "value = 100\nday_max_hours = 8"))


def test_hours_above_the_day_maximum_do_not_count():
    one_day = value(DAY_MAXIMUM, block="D", quantity=10)
    assert one_day.amount == D("800.00")
    assert "of one day" in notes(one_day)
    two_days = value(DAY_MAXIMUM, block="D", quantity=10, start=date(2025, 1, 1), end=date(2025, 1, 2))
    assert two_days.amount == D("1000.00")
    assert two_days.assumptions == value(PLAIN, block="W", hours_per_week=36, months=1).assumptions[1:]


def test_hours_per_hour_and_wage_cost_need_their_facts():
    by_hour = rules(block("H", "per_hour", "value = 35"), block("C", "wage_cost"))
    assert value(by_hour, block="H", quantity=3).amount == D("105.00")
    assert refused(by_hour, block="H") == "quantity"
    assert refused(by_hour, block="C") == "labour_amount_eur"
    assert refused(DAY_MAXIMUM, block="D") == "quantity"


def test_an_uncertain_value_is_marked():
    told = value(FRYSLAN, block="BANENAFSPRAAK", hours_per_week=36, months=12)
    assert told.steps[0].assumed is True
    assert "assumed or uncertain" in notes(told)


# Rounding


@pytest.mark.parametrize(
    ("rounding", "amount"),
    [("cent_half_up", "1234.57"), ("cent_down", "1234.56"), ("euro_half_up", "1235.00")],
)
def test_rounding_is_a_rule(rounding, amount):
    ruleset = rules(f'rounding = {{ value = "{rounding}" }}\n', block("A", "by_agreement"))
    told = value(ruleset, block="A", amount_eur=D("1234.565"))
    assert told.amount == D(amount)
    assert told.assumptions == ()
