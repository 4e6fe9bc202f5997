"""The obligation of a contract: base, type, threshold, percentage, labour share, maximum."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from crm.sroi.rules import FactsError, ObligationFacts, compute_obligation
from crm.sroi.rulesets import load_ruleset
from tests.sroi.ruletexts import rules

D = Decimal
BASE = '\n[obligation]\nbase = { value = "%s" }\n'
FIVE = "\n[[obligation.percentages]]\nvalue = 5\n"


def obligation(ruleset, **facts):
    if isinstance(ruleset, str):
        ruleset = load_ruleset(ruleset)
    return compute_obligation(ruleset, ObligationFacts(**facts))


def refused(ruleset, **facts):
    with pytest.raises(FactsError) as error:
        obligation(ruleset, **facts)
    return error.value.field


def told(explanation):
    steps = " | ".join(f"{step.label}: {step.formula}" for step in explanation.readable_steps("en"))
    return steps + " || " + " | ".join(explanation.readable_assumptions("en"))


@pytest.mark.parametrize(
    ("ruleset", "kind", "contract_sum", "amount"),
    [
        ("fryslan-friese-eis", "works", 250_000, "5000.00"),
        ("fryslan-friese-eis", "works", D("249999.99"), "0.00"),
        ("fryslan-friese-eis", "services", 100_000, "2000.00"),
        ("fryslan-friese-eis", "supplies", 500_000, "0.00"),
        ("lekstroom", "services", 100_000, "0.00"),
        ("lekstroom", "services", D("100000.01"), "5000.00"),
        ("schiedam", "supplies", 125_000, "6250.00"),
        ("schiedam", "goods", 125_000, "6250.00"),
        ("schiedam", "works", 224_999, "0.00"),
        ("leidschendam-voorburg", "supplies", 500_000, "0.00"),
        ("utrecht-current", "works", 10_000, "500.00"),
        ("hart-van-west-brabant-demo", "works", 99_999, "0.00"),
        ("hart-van-west-brabant-demo", "works", 100_000, "5000.00"),
    ],
)
def test_thresholds_by_type(ruleset, kind, contract_sum, amount):
    assert obligation(ruleset, contract_type=kind, contract_sum_eur=contract_sum).amount == D(amount)


def test_under_the_threshold_the_explanation_says_why():
    low = told(obligation("fryslan-friese-eis", contract_type="works", contract_sum_eur=200_000))
    assert "under the threshold of 250,000: 200,000 < 250,000" in low
    border = told(obligation("lekstroom", contract_type="works", contract_sum_eur=100_000))
    assert "not above the threshold of 100,000: 100,000 ≤ 100,000" in border
    assert "reaches the threshold of 100,000: 800,000 > 100,000" in told(
        obligation("lekstroom", contract_sum_eur=800_000)
    )


def test_the_type_is_asked_only_where_it_matters():
    assert obligation("schiedam", contract_sum_eur=225_000).amount == D("11250.00")
    assert obligation("schiedam", contract_sum_eur=124_999).amount == 0
    assert refused("schiedam", contract_sum_eur=200_000) == "contract_type"


def test_exactly_the_threshold_is_a_reading_where_the_page_is_silent():
    on_it = obligation("schiedam", contract_type="works", contract_sum_eur=225_000)
    assert "how to read it" in told(on_it)
    above = obligation("schiedam", contract_type="works", contract_sum_eur=225_001)
    assert "how to read it" not in told(above)


@pytest.mark.parametrize(("share", "amount"), [(D("29.99"), "8000.00"), (30, "20000.00"), (None, "20000.00")])
def test_a_low_labour_share_lowers_the_percentage(share, amount):
    assert obligation("leidschendam-voorburg", contract_sum_eur=400_000, labour_share_pct=share).amount == D(
        amount
    )


def test_the_agreed_percentage_goes_before_the_rule():
    agreed = obligation("leidschendam-voorburg", contract_sum_eur=400_000, labour_share_pct=20, percentage=4)
    assert agreed.amount == D("16000.00")
    assert "outside the published" not in told(agreed)


@pytest.mark.parametrize("percentage", [1, 6])
def test_an_agreed_percentage_outside_the_published_range_is_shown_as_such(percentage):
    odd = obligation(
        "fryslan-friese-eis", contract_type="works", contract_sum_eur=1_000_000, percentage=percentage
    )
    assert odd.amount == D(10_000 * percentage)
    assert "outside the published range of 2 to 5 %" in told(odd)


def test_the_percentage_bid_sets_the_obligation_up_to_the_maximum():
    bid = obligation("fryslan-friese-eis", contract_type="works", contract_sum_eur=8_000_000, percentage=5)
    assert bid.amount == D("300000.00")
    assert "min(400,000; 300,000)" in told(bid)


def test_percentages_may_differ_by_type():
    by_type = rules(
        BASE % "bid_sum",
        '\n[[obligation.percentages]]\ncontract_type = "works"\nvalue = 2\n',
        '\n[[obligation.percentages]]\ncontract_type = "services"\nvalue = 5\n',
    )
    assert obligation(by_type, contract_type="works", contract_sum_eur=1000).amount == D("20.00")
    assert obligation(by_type, contract_type="services", contract_sum_eur=1000).amount == D("50.00")
    assert refused(by_type, contract_sum_eur=1000) == "contract_type"
    assert refused(by_type, contract_type="supplies", contract_sum_eur=1000) == "percentage"


def test_a_type_of_its_own_goes_before_the_general_rule():
    mixed = rules(
        BASE % "contract_sum",
        FIVE,
        '\n[[obligation.percentages]]\ncontract_type = "works"\nvalue = 2\n',
    )
    assert obligation(mixed, contract_type="works", contract_sum_eur=1000).amount == D("20.00")
    assert obligation(mixed, contract_type="supplies", contract_sum_eur=1000).amount == D("50.00")


@pytest.mark.parametrize(
    ("base", "fact"),
    [
        ("contract_sum", "contract_sum_eur"),
        ("bid_sum", "contract_sum_eur"),
        ("wage_bill", "wage_bill_eur"),
        ("invoiced_turnover", "invoiced_eur"),
    ],
)
def test_each_base_takes_its_own_amount(base, fact):
    ruleset = rules(BASE % base, FIVE)
    assert obligation(ruleset, **{fact: 1000}).amount == D("50.00")
    assert refused(ruleset) == fact


def test_the_threshold_is_measured_on_the_contract_sum_even_when_the_base_is_not():
    oost = obligation("oost-nederland", invoiced_eur=150_000, contract_sum_eur=250_000)
    assert oost.amount == D("7500.00")
    assert obligation("oost-nederland", invoiced_eur=200_000).amount == 0


def test_before_the_first_invoice_the_contract_sum_is_an_estimate():
    estimate = obligation("oost-nederland", contract_sum_eur=400_000)
    assert estimate.amount == D("20000.00")
    assert "stands in for it" in told(estimate)


def test_a_fixed_obligation():
    fixed = rules(BASE % "fixed", "fixed_amount = { value = 2500 }\n")
    assert obligation(fixed).amount == D("2500.00")


def test_a_rule_set_may_have_no_obligation():
    assert refused(rules()) == "ruleset"


def test_a_rule_set_without_percentage_asks_for_one():
    assert refused(rules(BASE % "contract_sum"), contract_sum_eur=1000) == "percentage"


def test_unknown_types_of_contract_are_refused():
    assert refused("schiedam", contract_type="gifts", contract_sum_eur=1) == "contract_type"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"contract_sum_eur": -1}, "contract_sum_eur"),
        ({"wage_bill_eur": D("NaN")}, "wage_bill_eur"),
        ({"invoiced_eur": 10**400}, "invoiced_eur"),
        ({"labour_share_pct": 101}, "labour_share_pct"),
        ({"percentage": 101}, "percentage"),
        ({"award_date": date(1800, 1, 1)}, "award_date"),
    ],
)
def test_impossible_facts_are_refused_by_name(facts, field):
    with pytest.raises(FactsError) as error:
        ObligationFacts(**facts)
    assert error.value.field == field


def test_an_award_outside_the_term_of_the_rule_set_is_noted():
    before = obligation("haaglanden-zhc-2023-07", contract_sum_eur=1000, award_date=date(2023, 6, 30))
    assert "outside the term" in told(before)
    first_day = obligation("haaglanden-zhc-2023-07", contract_sum_eur=1000, award_date=date(2023, 7, 1))
    assert "outside the term" not in told(first_day)


def test_what_is_assumed_is_said():
    assumed = told(obligation("utrecht-current", contract_sum_eur=1_000_000))
    assert "base of the obligation is assumed" in assumed
    assert "percentage of 5 % is assumed" in assumed
    maximum = rules(BASE % "contract_sum", "maximum = { value = 10, assumed = true }\n", FIVE)
    assert "maximum of 10 is assumed" in told(obligation(maximum, contract_sum_eur=1000))


def test_a_published_list_of_types_is_no_assumption():
    published = obligation("leidschendam-voorburg", contract_type="supplies", contract_sum_eur=500_000)
    assert published.assumptions == ()
    read = obligation("fryslan-friese-eis", contract_type="supplies", contract_sum_eur=500_000)
    assert "our reading" in told(read)
