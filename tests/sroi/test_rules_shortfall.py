"""What follows a shortfall: Fryslân's withholding in both readings, Eindhoven's fine, explained by steps.

Fryslân: https://www.harlingen.nl/niet-nakomen-van-verplichting (repair period, then withholding on the last
instalment pro rata to the unrealised part or invoicing it, not when not to blame). Eindhoven:
https://houseoftenders.nl/kennisbank/wat-is-sroi/ (a fine of 50 % of the SROI amount). Worked by hand.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.sroi.rules import FactsError
from crm.sroi.rules.shortfall import Outcome, explain_shortfall
from crm.sroi.rulesets import load_ruleset
from tests.sroi.ruletexts import rules

D = Decimal
TODAY = date(2026, 11, 24)
FRYSLAN = load_ruleset("fryslan-friese-eis")
SHARE = rules('[sanctions]\nwithholding = { value = "share_of_last_instalment", assumed = true }\n')
THREE_QUARTERS = {"obligation": D(160000), "realised": D(120000)}


def told(ruleset, **facts):
    return explain_shortfall(ruleset, Outcome(**facts), TODAY)


def labels(explanation):
    return [step.label for step in explanation.readable_steps("en")]


def test_the_shortfall_itself_is_withheld_and_what_is_beyond_the_instalment_invoiced():
    explanation = told(FRYSLAN, **THREE_QUARTERS, last_instalment=D(25000))
    assert explanation.amount == D("40000.00")
    assert labels(explanation)[:3] == [
        "Obligation less what was realised",
        "Withheld or invoiced: the shortfall",
        "Of this, 15,000 is more than the last instalment and is invoiced",
    ]
    assert explanation.steps[0].amount == D("40000.00")
    assert "Of this" not in " ".join(labels(told(FRYSLAN, **THREE_QUARTERS, last_instalment=D(40000))))
    assert told(FRYSLAN, **THREE_QUARTERS).amount == D("40000.00")


def test_in_the_other_reading_a_quarter_of_the_last_instalment_is_withheld():
    explanation = told(SHARE, **THREE_QUARTERS, last_instalment=D(25000))
    assert explanation.amount == D("6250.00")
    assert explanation.readable_steps("en")[1].formula == "25,000 × 40,000/160,000"
    assert "How the withholding is computed is our reading of the publication." in (
        explanation.readable_assumptions("en")
    )
    with pytest.raises(FactsError) as error:
        told(SHARE, **THREE_QUARTERS)
    assert error.value.field == "last_instalment"


def test_nothing_follows_while_the_repair_period_runs():
    running = told(FRYSLAN, **THREE_QUARTERS, repair_until=TODAY)
    assert running.amount == 0
    assert labels(running)[-1] == "Nothing follows yet: the repair period runs until 24 Nov 2026"
    over = told(FRYSLAN, **THREE_QUARTERS, repair_until=date(2026, 11, 23))
    assert over.amount == D("40000.00")
    known = rules("[sanctions]\nrepair_days = { value = 90 }\nfine_pct = { value = 50 }\n")
    assert not told(known, **THREE_QUARTERS, repair_until=TODAY).steps[-1].assumed


def test_nothing_follows_for_who_is_not_to_blame():
    free = told(FRYSLAN, **THREE_QUARTERS, not_to_blame=True)
    assert (free.amount, labels(free)[-1]) == (0, "Nothing follows: the contractor is not to blame")
    silent = told(SHARE, **THREE_QUARTERS, last_instalment=D(25000), not_to_blame=True)
    assert silent.amount == D("6250.00")
    assert "goes free" in " ".join(silent.readable_assumptions("en"))


def test_nothing_follows_when_the_obligation_is_met():
    met = told(FRYSLAN, obligation=D(100), realised=D(120))
    assert (met.amount, labels(met)) == (0, ["Nothing follows: the obligation is met"])


def test_a_rule_set_without_sanctions_says_so():
    silent = told(rules(), **THREE_QUARTERS)
    assert silent.amount == 0
    assert labels(silent)[-1] == "The rule set names no withholding and no fine"


def test_the_fine_is_half_of_the_amount_that_the_rule_set_names():
    """Eindhoven: 40.000 withheld and a fine of 50 % of the SROI amount of 160.000."""
    explanation = told(load_ruleset("eindhoven"), **THREE_QUARTERS)
    assert explanation.amount == D("120000.00")
    assert "Fine on the whole obligation" in labels(explanation)
    on_shortfall = rules("[sanctions]\nfine_pct = { value = 50 }\n")
    half = told(on_shortfall, **THREE_QUARTERS)
    assert (half.amount, half.steps[1].amount) == (D("20000.00"), D("20000.00"))
    assert half.steps[1].assumed


def test_a_published_reading_is_no_assumption():
    known = rules('[sanctions]\nwithholding = { value = "shortfall" }\n')
    found = told(known, **THREE_QUARTERS)
    assert found.amount == D("40000.00")
    assert not found.steps[1].assumed
    assert "withholding" not in " ".join(found.readable_assumptions("en"))


@given(st.decimals(0, 10**7, places=2), st.decimals(0, 10**7, places=2), st.decimals(0, 10**7, places=2))
def test_a_withholding_is_never_negative_and_never_above_what_it_is_a_part_of(asked, done, last):
    facts = {"obligation": asked, "realised": done, "last_instalment": last}
    assert 0 <= told(FRYSLAN, **facts).amount <= asked
    assert 0 <= told(SHARE, **facts).amount <= last
