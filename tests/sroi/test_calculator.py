"""The two calculations for outside use, as functions and as commands."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal

import pytest
import typer
from typer.testing import CliRunner

from crm.core.config import settings
from crm.core.errors import Invalid
from crm.sroi.calculator import obligation_document, read_facts, value_document
from crm.sroi.cli import register
from crm.sroi.rules import RuleSet
from crm.sroi.rulesets import load_ruleset

D = Decimal
UTRECHT = load_ruleset("utrecht-current")
PW = {"block": "PW", "hours_per_week": 24, "months": 6}


def field_of(ruleset: RuleSet, facts: object) -> str:
    with pytest.raises(Invalid) as error:
        value_document(ruleset, facts)
    return error.value.field


def test_a_value_with_its_steps_in_dutch():
    document = value_document(UTRECHT, PW)
    assert document["amount"] == "13333.33"
    assert document["steps"] == [
        {
            "label": "Waarde van Participatiewet voor een voltijdjaar",
            "formula": "40.000",
            "amount": "40000.00",
            "source": UTRECHT.source,
            "assumed": False,
        },
        {
            "label": "Deel van een voltijdjaar dat meetelt",
            "formula": "40.000 × 24/36 × 6/12",
            "amount": "13333.33",
            "source": UTRECHT.source,
            "assumed": True,
        },
        {
            "label": "Afgerond op hele centen, een halve cent naar boven",
            "formula": "",
            "amount": "13333.33",
            "source": UTRECHT.source,
            "assumed": True,
        },
    ]
    assert len(document["assumptions"]) == 2
    assert document["assumptions"][0].startswith("Naar rato is uren per week")


def test_the_same_in_english():
    assert value_document(UTRECHT, PW, "en")["steps"][1]["formula"] == "40,000 × 24/36 × 6/12"


@pytest.mark.parametrize("hours", [24, "24", "24.0", D(24), 24.0, [{"from": "2025-01-01", "hours": "24"}]])
def test_numbers_may_be_numbers_or_text(hours):
    facts = {"block": "PW", "hours_per_week": hours, "start": "2025-01-01", "end": "2025-06-30"}
    assert value_document(UTRECHT, facts)["amount"] == "13333.33"


def test_all_facts_together():
    facts = {
        "block": " PW ",
        "start": date(2025, 1, 1),
        "end": "2025-06-30",
        "months": None,
        "hours_per_week": [{"from": "2025-04-01", "hours": 36}, {"from": "2025-01-01", "hours": 18}],
        "worked_hours": 500,
        "quantity": 1,
        "amount_eur": "1234.56",
        "labour_amount_eur": 0,
        "birth_date": "1970-01-01",
        "age": 55,
        "benefit_start": "2020-01-01",
        "permanent": True,
        "reference_date": "2025-01-01",
        "tags": ["Statushouder"],
    }
    assert value_document(UTRECHT, facts)["amount"] == "26250.00"  # 70000 x (3 x 1/2 + 3) / 12


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"block": "XX"}, "block"),
        ({"block": ""}, "block"),
        ({"block": 3}, "block"),
        ({"block": None}, "block"),
        ({"hours_per_week": -1}, "hours_per_week"),
        ({"hours_per_week": True}, "hours_per_week"),
        ({"hours_per_week": "1.234,56"}, "hours_per_week"),
        ({"hours_per_week": "many"}, "hours_per_week"),
        ({"hours_per_week": []}, "hours_per_week"),
        ({"hours_per_week": [3]}, "hours_per_week"),
        ({"hours_per_week": [{"from": "2025-01-01"}]}, "hours_per_week"),
        ({"hours_per_week": [{"from": "2025-01-01", "hours": 1, "x": 1}]}, "hours_per_week"),
        ({"hours_per_week": {"from": "2025-01-01", "hours": 1}}, "hours_per_week"),
        ({"months": "6 months"}, "months"),
        ({"months": float("nan")}, "months"),
        ({"months": float("inf")}, "months"),
        ({"months": 10**400}, "months"),
        ({"start": "2025-13-01"}, "start"),
        ({"start": "01-01-2025"}, "start"),
        ({"start": "20250101"}, "start"),
        ({"start": 20250101}, "start"),
        ({"start": datetime(2025, 1, 1)}, "start"),  # noqa: DTZ001
        ({"start": "2025-02-01", "end": "2025-01-01"}, "end"),
        ({"age": 50.5}, "age"),
        ({"age": D("NaN")}, "age"),
        ({"age": D("1e999999")}, "age"),
        ({"age": -1}, "age"),
        ({"permanent": "yes"}, "permanent"),
        ({"permanent": 1}, "permanent"),
        ({"tags": "lks"}, "tags"),
        ({"tags": [1]}, "tags"),
        ({"tags": {"lks": True}}, "tags"),
        ({"colour": "green"}, "colour"),
        ({"Block": "PW"}, "Block"),
    ],
)
def test_bad_facts_are_refused_by_name(more, field):
    assert field_of(UTRECHT, PW | more) == field


@pytest.mark.parametrize("facts", [None, [], "PW", 3])
def test_facts_must_be_an_object(facts):
    assert field_of(UTRECHT, facts) == "facts"


def test_the_block_is_needed():
    assert field_of(UTRECHT, {}) == "block"


def test_an_obligation_and_its_faults():
    lekstroom = load_ruleset("lekstroom")
    document = obligation_document(
        lekstroom,
        {"contract_type": "services", "contract_sum_eur": "800000", "award_date": "2026-01-01"},
    )
    assert document["amount"] == "40000.00"
    with pytest.raises(Invalid) as error:
        obligation_document(lekstroom, {})
    assert error.value.field == "contract_sum_eur"
    with pytest.raises(Invalid) as error:
        obligation_document(lekstroom, {"contract_sum": 1})
    assert error.value.field == "contract_sum"


@pytest.mark.parametrize(
    "facts", ["1" + "0" * 400, "1e400", "1e99999999999999999999", "-1e400", "NaN", "Infinity"]
)
def test_absurd_numbers_in_a_file_are_refused_by_name(tmp_path, facts):
    path = tmp_path / "facts.json"
    path.write_text(f'{{"block": "SOCIALE_INKOOP", "amount_eur": {facts}}}')
    assert field_of(UTRECHT, read_facts(path)) == "amount_eur"


def test_numbers_in_a_file_are_exact(tmp_path):
    path = tmp_path / "facts.json"
    path.write_text('{"block": "SOCIALE_INKOOP", "amount_eur": 999999999.005}')
    assert value_document(UTRECHT, read_facts(path))["amount"] == "999999999.01"


def test_zero_is_zero_however_it_is_written(tmp_path):
    path = tmp_path / "facts.json"
    path.write_text('{"block": "SOCIALE_INKOOP", "amount_eur": -0E+999}')
    assert value_document(UTRECHT, read_facts(path))["amount"] == "0.00"


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (b"{", "facts"),
        (b"\xff", "facts"),
        (b"[" * 100_000, "facts"),
        (b" " * 1_000_001, "facts"),
        (None, "facts"),
        (b'{"block": "PW", "block": "WW"}', "block"),
    ],
)
def test_files_that_are_no_facts_are_refused(tmp_path, content, field):
    path = tmp_path / "facts.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Invalid) as error:
        read_facts(path)
    assert error.value.field == field


# The commands


@pytest.fixture
def run(tmp_path):
    app = typer.Typer()
    register(app)

    def invoke(command, ruleset, facts):
        path = tmp_path / "facts.json"
        path.write_text(facts if isinstance(facts, str) else json.dumps(facts))
        return CliRunner().invoke(app, [command, "--ruleset", str(ruleset), "--facts", str(path)])

    return invoke


def test_the_commands_print_json(run):
    value = run("value", "utrecht-current", PW)
    assert value.exit_code == 0
    document = json.loads(value.stdout)
    assert list(document) == ["amount", "steps", "assumptions"]
    assert list(document["steps"][0]) == ["label", "formula", "amount", "source", "assumed"]
    assert document["amount"] == "13333.33"
    clause = run("obligation", "schiedam", {"contract_sum_eur": 1000000})
    assert json.loads(clause.stdout)["amount"] == "50000.00"


def test_the_commands_speak_the_language_of_the_installation(run, monkeypatch):
    monkeypatch.setenv("CRM_LANGUAGE", "en")
    settings.cache_clear()
    try:
        value = run("value", "utrecht-current", PW)
    finally:
        settings.cache_clear()
    assert json.loads(value.stdout)["steps"][1]["formula"] == "40,000 × 24/36 × 6/12"


@pytest.mark.parametrize(
    ("command", "ruleset", "facts", "sentence"),
    [
        ("value", "utrecht-current", {"block": "XX"}, "block: Deze regelset heeft geen bouwblok XX."),
        ("value", "utrecht-current", PW | {"hours_per_week": -1}, "hours_per_week: Dit moet 0 of meer zijn."),
        ("value", "no-such-set", PW, "ruleset: Er is geen regelset no-such-set."),
        ("value", "utrecht-current", "{", "facts: Het bestand facts.json is geen JSON."),
        ("obligation", "lekstroom", {}, "contract_sum_eur: Geef dit bedrag in euro, zonder btw."),
    ],
)
def test_bad_input_is_one_plain_sentence_and_exit_code_2(run, command, ruleset, facts, sentence):
    result = run(command, ruleset, facts)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [sentence]
    assert result.stdout == ""


def test_even_an_odd_key_gives_one_line(run):
    result = run("value", "utrecht-current", {"a\nb": 1})
    assert result.stderr.splitlines() == ["a b: Dit gegeven is niet bekend."]


def test_a_bad_rule_file_is_one_plain_sentence(run, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('id = "x"\n')
    result = run("value", path, PW)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == ["name: Dit onderdeel ontbreekt."]


def test_the_calculations_need_no_database():
    probe = "import sys, crm.sroi.cli; print([m for m in sys.modules if m[:4] in ('sqla', 'sqlm')])"
    loaded = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


def test_earlier_periods_of_the_same_person_are_read():
    """Haaglanden counts the Participation Act 24 months: 18 were used, 6 of these 12 count."""
    facts = PW | {
        "start": "2026-01-01",
        "end": "2026-12-31",
        "hours_per_week": 36,
        "months": None,
        "earlier": [{"from": "2024-07-01", "to": "2025-12-31"}],
    }
    haaglanden = load_ruleset("haaglanden-zhc-2023-07")
    assert value_document(haaglanden, facts)["amount"] == "20000.00"
    cut = facts | {"earlier": [{"from": "2024-07-01", "to": "2025-12-31", "counted_to": "2025-09-30"}]}
    assert value_document(haaglanden, cut)["amount"] == "30000.00"


@pytest.mark.parametrize(
    "earlier",
    [
        "2025",
        [3],
        [{"from": "2025-01-01"}],
        [{"from": "2025-01-01", "to": "2025-02-01", "why": "x"}],
        [{"from": "2025-01-01", "to": "2024-02-01"}],
        [{"from": "2025-01-01", "to": "2025-02-01", "hours_per_week": "many"}],
        [{"from": "2025-01-01", "to": "2025-02-01", "worked_hours": -1}],
        [{"from": "2025-01-01", "to": "2025-02-01", "counted_to": "2025-02-02"}],
        [{"from": "2025-01-01", "to": "2025-02-01", "counted_to": 3}],
    ],
)
def test_faulty_earlier_periods_are_named(earlier):
    assert field_of(UTRECHT, PW | {"earlier": earlier}) == "earlier"
