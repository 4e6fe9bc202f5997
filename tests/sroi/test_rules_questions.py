"""What has to be asked about an effort, and an example of what would fill an amount."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from crm.sroi.rules import FactsError, Unit, value_effort
from crm.sroi.rules.example import Example, example_for
from crm.sroi.rules.facts import Facts
from crm.sroi.rules.questions import Question, features, is_about_a_person, plainly, questions
from crm.sroi.rulesets import load_ruleset, shipped_rulesets
from tests.sroi.ruletexts import VALUATION_36, WORK, block, bonus, rules

Q = Question
DEMO = load_ruleset("hart-van-west-brabant-demo")
FRYSLAN = load_ruleset("fryslan-friese-eis")
HAAGLANDEN = load_ruleset("haaglanden-zhc-2023-07")
OOST = load_ruleset("oost-nederland")

ANSWERS = {
    Q.PERIOD: {"start": date(2026, 1, 1), "end": date(2026, 6, 30)},
    Q.DAY: {"start": date(2026, 1, 1)},
    Q.HOURS: {"hours_per_week": Decimal(24)},
    Q.WORKED_HOURS: {"worked_hours": Decimal(480)},
    Q.QUANTITY: {"quantity": Decimal(8)},
    Q.AMOUNT: {"amount_eur": Decimal(1000)},
    Q.LABOUR_AMOUNT: {"labour_amount_eur": Decimal(1000)},
    Q.BENEFIT_START: {"benefit_start": date(2025, 6, 1)},
    Q.AGE: {"age": 30},
    Q.PERMANENT: {"permanent": True},
    Q.SUPPLIER_CERTIFICATE: {"supplier_certificate": "se_nl"},
}


@pytest.mark.parametrize("ruleset", shipped_rulesets(), ids=lambda ruleset: ruleset.id)
def test_whoever_answers_the_questions_gets_a_value(ruleset):
    for one in ruleset.blocks:
        if one.unit is Unit.BONUS:
            continue
        answers = {}
        for question in questions(ruleset, one):
            answers |= ANSWERS[question]
        assert value_effort(ruleset, Facts(block=one.code, **answers)).amount >= 0


def test_a_block_for_work_asks_for_a_period_and_hours():
    asked = questions(DEMO, DEMO.block("PW"))
    assert asked == {Q.PERIOD, Q.HOURS, Q.AGE, Q.PERMANENT}


def test_buying_asks_for_a_day_and_an_amount_in_one_of_two_ways():
    assert questions(DEMO, DEMO.block("SOCIALE_INKOOP")) == {Q.DAY, Q.AMOUNT, Q.LABOUR_AMOUNT}
    assert not is_about_a_person(DEMO.block("SOCIALE_INKOOP"))


def test_an_activity_asks_for_hours_or_what_it_cost():
    assert questions(DEMO, DEMO.block("KENNIS_MIDDELEN")) == {Q.DAY, Q.QUANTITY, Q.AMOUNT}


def test_a_block_for_a_benefit_duration_asks_since_when():
    assert Q.BENEFIT_START in questions(FRYSLAN, FRYSLAN.block("PW_LT2Y"))
    assert Q.BENEFIT_START not in questions(FRYSLAN, FRYSLAN.block("BANENAFSPRAAK"))


def test_the_hours_worked_are_asked_only_where_they_decide():
    assert Q.WORKED_HOURS in questions(FRYSLAN, FRYSLAN.block("WIA_WAO"))
    assert Q.WORKED_HOURS not in questions(DEMO, DEMO.block("PW"))


def test_a_month_and_a_learning_year_ask_for_a_period_alone():
    assert questions(OOST, OOST.block("WEP_PROEFPLAATSING")) == {Q.PERIOD}
    assert questions(OOST, OOST.block("BBL_1_2")) == {Q.PERIOD}
    assert is_about_a_person(OOST.block("BBL_1_2"))


def test_hours_are_not_asked_where_full_time_is_not_defined():
    ruleset = rules(WORK)
    assert Q.HOURS not in questions(ruleset, ruleset.blocks[0])


def test_a_bonus_for_other_blocks_is_not_asked():
    work = WORK + bonus("OLD", 100, 'age_from = 50\nblocks = ["H"]') + block("H", "per_hour", "value = 1")
    ruleset = rules(VALUATION_36, work)
    assert Q.AGE not in questions(ruleset, ruleset.blocks[0])


def test_features_are_the_tags_that_change_the_value():
    assert [one.tag for one in features(DEMO, DEMO.block("PW"))] == ["statushouder"]
    assert [one.tag for one in features(FRYSLAN, FRYSLAN.block("WW_GT1Y"))] == ["same_employer"]
    assert features(FRYSLAN, FRYSLAN.block("PW_LT2Y")) == ()
    assert features(DEMO, DEMO.block("SOCIALE_INKOOP")) == ()


def test_the_tag_that_lifts_a_limit_is_asked_only_where_there_is_a_limit():
    limited = [one for one in HAAGLANDEN.blocks if one.counting_max_months and one.bonus is None]
    for one in limited:
        assert "lks" in [feature.tag for feature in features(HAAGLANDEN, one)]
    free = next(one for one in HAAGLANDEN.blocks if one.counting_max_months is None and one.kind == "work")
    assert "lks" not in [feature.tag for feature in features(HAAGLANDEN, free)]


def test_a_block_without_plain_words_is_told_by_its_name():
    ruleset = rules(VALUATION_36, WORK)
    assert plainly(ruleset.blocks[0]) == ruleset.blocks[0].name
    assert plainly(DEMO.block("PW")).nl == DEMO.block("PW").plain_nl


def test_the_example_is_the_shortest_work_of_one_person_that_is_enough():
    # 40.000 × 24/36 × 4/12 = 8.888,89 is too little for 10.750; 5/12 makes 11.111,11.
    found = example_for(DEMO, Decimal(10750), 14)
    assert found == Example(DEMO.block("PW"), 1, Decimal(24), 5, Decimal("11111.11"))


def test_the_example_takes_more_people_when_time_is_short():
    # 3 months make 6.666,67 a person; 10.750 needs two.
    found = example_for(DEMO, Decimal(10750), 3)
    assert found is not None
    assert (found.people, found.months, found.amount) == (2, 3, Decimal("13333.34"))


def test_the_example_never_takes_longer_than_a_year():
    found = example_for(DEMO, Decimal(30000), 36)
    assert found is not None
    assert (found.people, found.months) == (2, 12)


def test_the_example_takes_the_lowest_of_several_values():
    found = example_for(OOST, Decimal(1), 12)
    assert found is not None
    assert found.block.code == "PW_LT2Y"


def test_without_a_block_for_assistance_the_example_takes_another():
    ruleset = rules(VALUATION_36, WORK)
    found = example_for(ruleset, Decimal(1), 12)
    assert found is not None
    assert found.block.code == ruleset.blocks[0].code


@pytest.mark.parametrize(
    ("ruleset", "needed", "months_left"),
    [
        (DEMO, Decimal(0), 12),
        (DEMO, Decimal(100), 0),
        (load_ruleset("lekstroom"), Decimal(100), 12),
    ],
    ids=["nothing needed", "no time left", "no blocks"],
)
def test_sometimes_there_is_no_example(ruleset, needed, months_left):
    assert example_for(ruleset, needed, months_left) is None


def test_questions_do_not_hide_what_the_engine_wants():
    with pytest.raises(FactsError):
        value_effort(DEMO, Facts(block="PW", start=date(2026, 1, 1), end=date(2026, 6, 30)))
