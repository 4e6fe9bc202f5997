"""Certificates: the part of a purchase that counts (Twente: 100 % Code register, 50 % SE NL), and discounts.

No discount percentage is published anywhere (https://adviespuntsr.nl/pso/ only says that there are some), so
those here are invented.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.sroi.rules import Facts, ObligationFacts, compute_obligation, value_effort
from crm.sroi.rulesets import load_ruleset
from tests.sroi.ruletexts import block, rules

D = Decimal
TWENTE = load_ruleset("twente")


def certificate(code, rest):
    return f'\n[[certificates]]\ncode = "{code}"\nname_nl = "{code} nl"\nname_en = "{code} en"\n{rest}\n'


CLAUSE = '\n[obligation]\nbase = { value = "contract_sum" }\n[[obligation.percentages]]\nvalue = 5\n'
DISCOUNTS = rules(
    CLAUSE,
    certificate("pso_1", "obligation_discount_pct = 10\nassumed = true"),
    certificate("pso_3", "obligation_discount_pct = 30"),
    certificate("pso_aspirant", "assumed = true"),
)


@pytest.mark.parametrize(
    ("held", "amount"),
    [
        ("code_sociale_ondernemingen", "10000.00"),
        ("se_nl", "5000.00"),
        (None, "5000.00"),
        ("", "0.00"),
        ("pso_1", "0.00"),
    ],
)
def test_what_the_supplier_holds_decides_what_part_of_a_purchase_counts(held, amount):
    told = value_effort(TWENTE, Facts(block="SOCIALE_INKOOP", amount_eur=D(10000), supplier_certificate=held))
    assert told.amount == D(amount)


def test_the_part_is_explained():
    told = value_effort(
        TWENTE, Facts(block="SOCIALE_INKOOP", amount_eur=D(10000), supplier_certificate="se_nl")
    )
    [step] = [one for one in told.readable_steps("en") if one.label == "Part of a purchase that counts"]
    assert (step.formula, step.amount) == ("50 % × 10,000", D("5000.00"))


def test_without_shares_and_outside_purchasing_all_counts():
    utrecht, share = load_ruleset("utrecht-current"), certificate("x", "purchasing_share_pct = 50")
    assert value_effort(utrecht, Facts(block="SOCIALE_INKOOP", amount_eur=100)).amount == 100
    training = rules(share, block("T", "invoice", "", "training"))
    assert value_effort(training, Facts(block="T", amount_eur=100)).amount == 100
    labour = rules(share, block("L", "actual_labour_cost", "", "purchasing"))
    assert value_effort(labour, Facts(block="L", labour_amount_eur=100)).amount == 100


@pytest.mark.parametrize(
    ("held", "amount", "notes"),
    [
        ((), "5000.00", 0),
        (("pso_1",), "4500.00", 1),
        (("pso_3",), "3500.00", 0),
        (("pso_1", "pso_3"), "3500.00", 1),
        (("pso_aspirant",), "5000.00", 1),
        (("unheard_of",), "5000.00", 1),
    ],
)
def test_the_highest_discount_lowers_the_obligation(held, amount, notes):
    """5 % of 100.000 is 5.000; 10 % less is 4.500 and 30 % less 3.500."""
    plain = compute_obligation(DISCOUNTS, ObligationFacts(contract_sum_eur=100_000))
    told = compute_obligation(
        DISCOUNTS, ObligationFacts(contract_sum_eur=100_000, certificates=frozenset(held))
    )
    assert told.amount == D(amount)
    assert len(told.assumptions) - len(plain.assumptions) == notes


def test_a_fixed_obligation_has_the_discount_too():
    fixed = rules(
        '\n[obligation]\nbase = { value = "fixed" }\nfixed_amount = { value = 8000 }\n',
        certificate("pso_1", "obligation_discount_pct = 25"),
    )
    assert compute_obligation(fixed, ObligationFacts()).amount == D("8000.00")
    held = ObligationFacts(certificates=frozenset({"pso_1"}))
    assert compute_obligation(fixed, held).amount == D("6000.00")


def test_what_is_still_to_be_invoiced_is_added_to_what_was():
    """Oost-Nederland: a percentage of invoiced turnover; 5 % of 60.000 and an estimate of 40.000."""
    oost = load_ruleset("oost-nederland")
    told = compute_obligation(
        oost,
        ObligationFacts(invoiced_eur=60_000, invoiced_rest_eur=40_000, percentage=5, contract_sum_eur=10**6),
    )
    assert told.amount == D("5000.00")
    assert [(step.label, step.amount) for step in told.steps[:3]] == [
        ("Invoiced so far, excl. VAT", D("60000.00")),
        ("Estimate of what is still to be invoiced, excl. VAT", D("40000.00")),
        ("Expected turnover excl. VAT", D("100000.00")),
    ]
    done = ObligationFacts(invoiced_eur=60_000, percentage=5, contract_sum_eur=10**6)
    assert compute_obligation(oost, done).amount == D("3000.00")


@given(st.decimals(0, 10**8, places=2), st.sampled_from(["pso_1", "pso_3", "pso_aspirant", "other"]))
def test_a_discount_never_raises_and_never_makes_negative(contract_sum, held):
    plain = compute_obligation(DISCOUNTS, ObligationFacts(contract_sum_eur=contract_sum)).amount
    facts = ObligationFacts(contract_sum_eur=contract_sum, certificates=frozenset({held}))
    assert 0 <= compute_obligation(DISCOUNTS, facts).amount <= plain
