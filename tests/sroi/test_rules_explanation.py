"""Explanations: readable in both languages, stored and read back unchanged."""

from __future__ import annotations

import ast
import json
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from crm.core.i18n import catalogue, in_language
from crm.sroi import calculator, rules, rulesets
from crm.sroi.rules import (
    Explanation,
    Facts,
    HoursFrom,
    ObligationFacts,
    compute_obligation,
    value_effort,
    written,
)
from crm.sroi.rulesets import load_ruleset

D = Decimal
DUTCH = in_language("nl")


def test_a_formula_is_written_in_the_readers_notation():
    told = value_effort(
        load_ruleset("utrecht-current"), Facts(block="PW", hours_per_week=D("24.5"), months=6)
    )
    assert told.readable_steps("nl", DUTCH)[1].formula == "40.000 × 24,5/36 × 6/12"
    assert told.readable_steps("en")[1].formula == "40,000 × 24.5/36 × 6/12"


def test_labels_and_names_are_in_the_readers_language():
    told = value_effort(load_ruleset("utrecht-current"), Facts(block="WW", hours_per_week=36, months=12))
    assert told.readable_steps("nl", DUTCH)[0].label == "Waarde van WW-uitkering van UWV voor een voltijdjaar"
    assert told.readable_steps("en")[0].label == "Value of Unemployment benefit for a full-time year"


def test_terms_and_dates_are_in_the_readers_language():
    told = compute_obligation(
        load_ruleset("fryslan-friese-eis"), ObligationFacts(contract_type="supplies", contract_sum_eur=10)
    )
    assert told.readable_steps("nl", DUTCH)[-1].label == "Geen verplichting: de regel noemt leveringen niet"
    early = compute_obligation(
        load_ruleset("haaglanden-zhc-2023-07"),
        ObligationFacts(contract_sum_eur=10, award_date=date(2023, 1, 31)),
    )
    assert "31 jan 2023" in early.readable_assumptions("nl", DUTCH)[0]
    assert "31 Jan 2023" in early.readable_assumptions("en")[0]


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (D(40000), "40.000", "40,000"),
        (D("40000.00"), "40.000", "40,000"),
        (D("13333.33"), "13.333,33", "13,333.33"),
        (D("1234.5"), "1.234,50", "1,234.50"),
        (D("24.50"), "24,5", "24.5"),
        (Fraction(6), "6", "6"),
        (Fraction(17, 31), "0,5484", "0.5484"),
        (12, "12", "12"),
        (D("1E+3"), "1.000", "1,000"),
    ],
)
def test_numbers_as_people_write_them(value, dutch, english):
    assert written(value, "nl") == dutch
    assert written(value, "en") == english


def test_every_step_has_a_source_and_the_last_one_the_amount():
    told = value_effort(
        load_ruleset("utrecht-current"), Facts(block="PW", hours_per_week=24, months=6, age=60)
    )
    assert all(step.source.startswith("https://") for step in told.steps)
    assert told.steps[-1].amount == told.amount
    parts = [step.amount or D(0) for step in told.steps[1:-1]]
    assert sum(parts) == told.amount == D("16666.67")


def test_an_explanation_names_the_exact_rule_set():
    ruleset = load_ruleset("utrecht-current")
    told = value_effort(ruleset, Facts(block="PW", hours_per_week=24, months=6))
    assert (told.ruleset, told.ruleset_hash) == ("utrecht-current", ruleset.hash)


def test_a_stored_explanation_reads_back_unchanged():
    history = (HoursFrom(date(2025, 1, 10), D(20)), HoursFrom(date(2025, 3, 1), D(40)))
    effort = value_effort(
        load_ruleset("fryslan-friese-eis"),
        Facts(
            block="PW_LT2Y",
            hours_per_week=history,
            start=date(2025, 1, 10),
            end=date(2027, 9, 9),
            age=56,
            benefit_start=date(2024, 1, 1),
        ),
    )
    clause = compute_obligation(
        load_ruleset("fryslan-friese-eis"),
        ObligationFacts(contract_type="supplies", contract_sum_eur=10),
    )
    for told in (effort, clause):
        stored = json.loads(json.dumps(told.to_json()))
        assert Explanation.from_json(stored) == told


def _messages() -> set[str]:
    """Every text of the engine that people read, found in the source itself."""
    files = [*Path(rules.__file__).parent.glob("*.py"), Path(rulesets.__file__), Path(calculator.__file__)]
    found: set[str] = set()
    for tree in (ast.parse(path.read_text(encoding="utf-8")) for path in files):
        for node in ast.walk(tree):
            name = getattr(getattr(node, "func", None), "id", "")
            if name in {"FactsError", "RuleSetError", "Invalid", "_needed", "Term"}:
                found |= _strings(node)
        for node in tree.body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "").lstrip("_").isupper():
                found |= _strings(node)
    words = re.compile(r"[A-Za-z]{2,}")
    return {text for text in found if " " in text and words.search(re.sub(r"\{\w+\}|min\(", "", text))}


def _strings(node: ast.AST) -> set[str]:
    """The strings below a node, but for those of a `Bilingual`, which brings its Dutch itself."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Bilingual":
        return set()
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    return {text for part in ast.iter_child_nodes(node) for text in _strings(part)}


def test_every_text_of_the_engine_has_a_dutch_one():
    messages = _messages()
    assert len(messages) > 100
    assert {text for text in messages if text not in catalogue("nl")} == set()


def test_translations_keep_their_placeholders():
    fields = re.compile(r"\{(\w+)\}")
    for text in _messages():
        assert set(fields.findall(catalogue("nl")[text][0])) == set(fields.findall(text)), text
