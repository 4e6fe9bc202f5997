"""The vectors of the public sources, and the arithmetic on published tables.

Published examples that are not ours to compute: pub-07 is an abolished wage tax credit (its pattern,
annual amount x hours / full time x months / 12, is that of a full-time year and is tested as such), pub-12
is the wage cost subsidy of the minimum wage, pub-13 and pub-14 are a municipal premium for employers with
two steps; none of these is a social return value.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from crm.sroi.rules import (
    Facts,
    FactsError,
    ObligationFacts,
    WithholdingReading,
    compute_obligation,
    value_effort,
    withholding,
)
from crm.sroi.rulesets import load_ruleset
from tests.sroi.ruletexts import VALUATION_36, block, bonus, rules

D = Decimal

EFFORTS = [
    ("der-01", "utrecht-current", {"block": "PW", "hours_per_week": 36, "months": 12}, "40000.00"),
    ("der-02", "utrecht-current", {"block": "PW", "hours_per_week": 24, "months": 6}, "13333.33"),
    ("der-03", "utrecht-v40h", {"block": "PW_GT2Y", "hours_per_week": 24, "months": 6}, "12000.00"),
    (
        "der-04",
        "utrecht-current",
        {"block": "BANENAFSPRAAK", "hours_per_week": 32, "months": 12, "age": 52},
        "53333.33",
    ),
    ("der-06", "haaglanden-zhc-2023-07", {"block": "WW", "hours_per_week": 36, "months": 18}, "20000.00"),
    ("der-09", "oost-nederland", {"block": "WEP_PROEFPLAATSING", "months": 4}, "3000.00"),
    ("der-11", "fryslan-friese-eis", {"block": "PW_LT2Y", "hours_per_week": 10, "months": 12}, "0.00"),
]

OBLIGATIONS = [
    # pub-01 prints "1 miljard" twice, with 50.000 as the outcome; 5 % of 1.000.000 is what fits.
    ("pub-01", "schiedam", {"contract_sum_eur": 1_000_000}, "50000.00"),
    ("pub-02", "lekstroom", {"contract_sum_eur": 800_000, "percentage": 5}, "40000.00"),
    ("der-12", "fryslan-friese-eis", {"contract_sum_eur": 8_000_000, "percentage": 2}, "160000.00"),
    ("der-13", "fryslan-friese-eis", {"contract_sum_eur": 20_000_000}, "300000.00"),
    ("der-14", "leidschendam-voorburg", {"contract_sum_eur": 400_000, "labour_share_pct": 20}, "8000.00"),
]


@pytest.mark.parametrize(("name", "ruleset", "facts", "amount"), EFFORTS, ids=[row[0] for row in EFFORTS])
def test_efforts_have_the_value_of_the_vector(name, ruleset, facts, amount):
    assert value_effort(load_ruleset(ruleset), Facts(**facts)).amount == D(amount)


@pytest.mark.parametrize(
    ("name", "ruleset", "facts", "amount"), OBLIGATIONS, ids=[row[0] for row in OBLIGATIONS]
)
def test_obligations_are_those_of_the_vector(name, ruleset, facts, amount):
    assert compute_obligation(load_ruleset(ruleset), ObligationFacts(**facts)).amount == D(amount)


def test_der_05_a_flat_bonus_counts_in_full():
    flat = rules(
        VALUATION_36,
        "bonus_pro_rata = { value = false, assumed = true }\n",
        block("BA", "per_year_fulltime", "value = 50000", "work"),
        bonus("OLD", 10000, "age_over = 50"),
    )
    facts = Facts(block="BA", hours_per_week=32, months=12, age=52)
    assert value_effort(flat, facts).amount == D("54444.44")


def test_pub_03_wage_cost_counts_one_to_one():
    by_cost = rules(block("HIRE", "wage_cost", kind="work"))
    assert value_effort(by_cost, Facts(block="HIRE", labour_amount_eur=32000)).amount == D("32000.00")
    assert value_effort(by_cost, Facts(block="HIRE", amount_eur=32000)).amount == D("32000.00")


def test_pub_07_pattern_of_a_year_amount_by_hours_and_months():
    yearly = rules(
        "\n[valuation]\nhours_basis = { value = 40 }\n",
        block("Y", "per_year_fulltime", "value = 2000", "work"),
    )
    assert value_effort(yearly, Facts(block="Y", hours_per_week=32, months=1)).amount == D("133.33")


def test_pub_09_and_10_a_full_time_year_is_weekly_hours_times_13_thirds_times_12_unrounded():
    at_40 = rules(
        '\n[valuation]\nhours_basis = { value = 40 }\npro_rata = { value = "worked_hours" }\n',
        block("Y", "per_year_fulltime", "value = 20800", "work"),
    )
    # 2.080 hours a year: every worked hour is exactly 10 euro, a month of 173 1/3 hours 1.733,33.
    assert value_effort(at_40, Facts(block="Y", worked_hours=2080)).amount == D("20800.00")
    assert value_effort(at_40, Facts(block="Y", worked_hours=D("173.33"))).amount == D("1733.30")


def test_pub_09_weekly_average_uses_13_weeks_in_3_months():
    fryslan = load_ruleset("fryslan-friese-eis")
    just_enough = Facts(block="PW_LT2Y", worked_hours=156, months=3)  # 12 hours a week
    too_few = Facts(block="PW_LT2Y", worked_hours=D("155.9"), months=3)
    assert value_effort(fryslan, just_enough).amount == D("2916.67")
    assert value_effort(fryslan, too_few).amount == 0


def test_der_18_withholding_in_both_readings():
    shortfall, share = WithholdingReading.SHORTFALL, WithholdingReading.SHARE_OF_LAST_INSTALMENT
    assert withholding(shortfall, D(50000), D(35000)) == D("15000.00")
    assert withholding(share, D(50000), D(35000), D(100000)) == D("30000.00")


def test_nothing_is_withheld_once_the_obligation_is_met():
    assert withholding(WithholdingReading.SHARE_OF_LAST_INSTALMENT, D(50000), D(60000)) == 0


def test_withholding_a_share_needs_the_last_instalment():
    with pytest.raises(FactsError) as refused:
        withholding(WithholdingReading.SHARE_OF_LAST_INSTALMENT, D(50000), D(1))
    assert refused.value.field == "last_instalment"


def test_the_cost_method_counts_wage_cost_one_to_one():
    """pub-03 (https://oaz.nl/nieuws/hoe-sroi-verplichting-invullen): a yearly wage cost of 32.000 counts."""
    rotterdam = load_ruleset("rotterdam-kosten")
    hired = Facts(block="WERKEN", labour_amount_eur=D(32000))
    assert value_effort(rotterdam, hired).amount == D("32000.00")
    with pytest.raises(FactsError) as error:
        value_effort(rotterdam, Facts(block="WERKEN", hours_per_week=36, months=12))
    assert error.value.field == "labour_amount_eur"


@pytest.mark.parametrize(
    ("ruleset", "days", "working"),
    [
        ("nissewaard", 7, False),
        ("maastricht", 7, False),
        ("noord-holland", 7, True),
        ("fryslan-friese-eis", 7, False),
    ],
)
def test_first_contact_terms_are_those_published(ruleset, days, working):
    """sroi pages of Nissewaard, Podium24, the province of Noord-Holland and Fryslân."""
    deadline = load_ruleset(ruleset).deadlines.first_contact
    assert deadline is not None
    assert (deadline.days, deadline.working_days) == (days, working)


@pytest.mark.parametrize(
    ("kind", "amount", "obligation"),
    [("works", 500_000, "10000.00"), ("works", 499_999, "0.00"), ("services", 200_000, "10000.00")],
)
def test_eindhoven_asks_2_percent_of_works_and_5_of_the_rest(kind, amount, obligation):
    """https://houseoftenders.nl/kennisbank/wat-is-sroi/ (a secondary source)."""
    facts = ObligationFacts(contract_type=kind, contract_sum_eur=amount)
    assert compute_obligation(load_ruleset("eindhoven"), facts).amount == D(obligation)


def test_twente_asks_5_percent_from_100_000():
    """https://www.hengelo.nl/Ondernemers/Inkoop-en-aanbesteding/Social-Return-On-Investment.html"""
    twente = load_ruleset("twente")
    assert compute_obligation(twente, ObligationFacts(contract_sum_eur=100_000)).amount == D("5000.00")
    assert compute_obligation(twente, ObligationFacts(contract_sum_eur=99_999)).amount == 0
