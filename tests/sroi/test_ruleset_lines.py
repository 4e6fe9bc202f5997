"""The lines of a rule set that can be changed by form, and the example cases that show what it does."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crm.core.errors import Invalid
from crm.sroi.ruleset_cases import effects_on_cases
from crm.sroi.ruleset_drafts import apart, changed_rules
from crm.sroi.ruleset_lines import Change, Section, lines_of, with_changes
from crm.sroi.rulesets import load_ruleset, parse_ruleset, ruleset_document, shipped_rulesets

D = Decimal
UTRECHT = load_ruleset("utrecht-current")
FRYSLAN = load_ruleset("fryslan-friese-eis")
EVERY = pytest.mark.parametrize("ruleset", shipped_rulesets(), ids=lambda one: one.id)


def change(path: str, value: str | None, months: int | None = None) -> Change:
    return Change(path, None if value is None else D(value), months, "https://example.nl", assumed=True)


@EVERY
def test_lines_that_stay_the_same_change_nothing(ruleset):
    same = [
        Change(line.path, line.value, line.months, line.source, line.assumed)
        for line in lines_of(ruleset)
        if line.value is not None or line.path.startswith("blocks.")
    ]
    again = parse_ruleset(ruleset_document(with_changes(ruleset, same)))
    assert again.hash == ruleset.hash


def test_the_cap_of_fryslan_is_a_line_of_the_obligation():
    [line] = [line for line in lines_of(FRYSLAN) if line.path == "obligation.maximum"]
    assert (line.section, line.value) == (Section.OBLIGATION, D(300_000))


def test_bonuses_stand_apart():
    bonuses = [line.path for line in lines_of(UTRECHT) if line.section is Section.BONUSES]
    assert bonuses == ["blocks.BONUS_50PLUS", "blocks.BONUS_STATUSHOUDER_TAAL", "blocks.BONUS_VAST"]


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        ("blocks.PW", "41000", lambda rules: rules.block("PW").value),
        ("blocks.BONUS_VAST", "9000", lambda rules: rules.block("BONUS_VAST").value),
        ("obligation.percentages.0", "6", lambda rules: rules.obligation.percentages[0].value),
        ("obligation.maximum", "250000", lambda rules: rules.obligation.maximum.value),
        ("valuation.hours_basis", "40", lambda rules: rules.valuation.hours_basis.value),
        ("deadlines.plan_days", "14", lambda rules: rules.deadlines.plan_days.value),
        ("sanctions.repair_days", "60", lambda rules: rules.sanctions.repair_days.value),
    ],
)
def test_a_line_changes_its_rule_and_nothing_else(path, value, found):
    after = with_changes(UTRECHT, [change(path, value)])
    assert found(after) == D(value)
    assert {one.area for one in changed_rules(UTRECHT, after)} == {path.split(".")[0]}


def test_a_counting_limit_takes_the_place_of_no_limit():
    unlimited = with_changes(UTRECHT, [change("blocks.PW", "40000")])
    limited = with_changes(unlimited, [change("blocks.PW", "40000", 24)])
    assert (limited.block("PW").counting_max_months, limited.block("PW").unlimited) == (24, False)


def test_an_empty_line_takes_its_rule_away():
    after = with_changes(FRYSLAN, [change("obligation.maximum", None)])
    assert FRYSLAN.obligation is not None
    assert after.obligation is not None
    assert (FRYSLAN.obligation.maximum is None, after.obligation.maximum) == (False, None)


def test_of_two_thresholds_the_right_one_goes():
    eindhoven = load_ruleset("eindhoven")
    assert eindhoven.obligation is not None
    first, second = eindhoven.obligation.thresholds
    after = with_changes(
        eindhoven,
        [change("obligation.thresholds.0", None), change("obligation.thresholds.1", "1")],
    )
    assert after.obligation is not None
    [left] = after.obligation.thresholds
    assert (left.contract_type, left.value) == (second.contract_type, D(1))
    assert first.contract_type != second.contract_type


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("deadlines.plan_days", "2.5", "whole number"),
        ("obligation.percentages.0", "101", "between 0 and 100"),
        ("blocks.PW", None, "A value belongs to units with a fixed value"),
        ("obligation.percentages.9", "5", "no longer there"),
        ("hash.x", "5", "no longer there"),
    ],
)
def test_what_cannot_be_is_refused(path, value, message):
    with pytest.raises(Invalid, match=message):
        with_changes(UTRECHT, [change(path, value)])


def test_what_every_version_has_of_its_own_is_no_change():
    text = ruleset_document(UTRECHT).replace('id = "utrecht-current"', 'id = "utrecht-2027"')
    assert changed_rules(UTRECHT, parse_ruleset(text)) == []


def test_texts_are_laid_side_by_side_where_they_differ():
    assert apart("a\nb\nc\n", "a\nx\nc\nd\n") == ("b", "x\nd")


def test_cases_that_change_stand_in_front_with_both_amounts():
    after = with_changes(UTRECHT, [change("blocks.WW", "40000")])
    first, *rest = effects_on_cases(UTRECHT, after)
    # 24 of 36 hours for 9 of 12 months: half of the value.
    assert (first.effect.before.amount, first.effect.after.amount) == (D("10000.00"), D("20000.00"))
    assert first.effect.change == D("10000.00")
    assert {row.effect.change for row in rest} == {D("0.00")}


def test_a_bonus_is_valued_on_top_of_a_block():
    after = with_changes(UTRECHT, [change("blocks.BONUS_VAST", "0")])
    [row] = [row for row in effects_on_cases(UTRECHT, after) if row.effect.change]
    # A full-time year of the Participation Act (40,000) with or without 10,000 for a permanent contract.
    assert (row.effect.before.amount, row.effect.after.amount) == (D("50000.00"), D("40000.00"))


@EVERY
def test_every_block_of_a_shipped_rule_set_has_a_case_with_an_amount(ruleset):
    of_blocks = [row for row in effects_on_cases(ruleset, ruleset) if "name" in row.told.params]
    assert len(of_blocks) == len(ruleset.blocks)
