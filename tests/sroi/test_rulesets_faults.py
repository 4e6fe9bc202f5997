"""Every fault of a rule file is named, with the line on which it stands."""

from __future__ import annotations

import json
import tomllib

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from crm.core.console import PlainGroup
from crm.sroi.cli import register
from crm.sroi.rulesets import SHIPPED, load_ruleset, ruleset_document
from crm.sroi.rulesets_faults import faults_of
from crm.sroi.rulesets_schema import ruleset_schema
from crm.sroi.toml_lines import key_lines
from tests.sroi.factories import DEMO, make_contract, make_effort

GOOD = """id = "test"
name = "Test"
region = "Nowhere"
version = "1"
source = "https://example.org/rules"
date_kind = { value = "award" }

[valuation]
hours_basis = { value = 36 }

[[evidence]]
code = "payslip"
name_nl = "Loonstrook"
name_en = "Pay slip"

[[blocks]]
code = "W"
name_nl = "Werk"
name_en = "Work"
unit = "per_year_fulltime"
kind = "work"
value = 36000
evidence = [
    "payslip",
]

[[blocks]]
code = "B"
name_nl = "Bonus"
name_en = "Bonus"
unit = "bonus_per_year_fulltime"
kind = "bonus"
value = 1000

[blocks.bonus]
age_from = 50
"""


def found(text):
    return [(fault.line, fault.field) for fault in faults_of(text)]


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


def test_a_file_without_faults_has_none():
    assert found(GOOD) == []


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_shipped_files_have_no_faults(path):
    assert faults_of(path.read_text(encoding="utf-8")) == []


def test_every_fault_is_named_and_not_only_the_first():
    """Two of the form, one missing key, one unknown key, and two that contradict the rest."""
    bad = (
        GOOD.replace('region = "Nowhere"', "region = 3")
        .replace("hours_basis = { value = 36 }", "hours_basis = { value = 0 }\ncolour = 1")
        .replace('name_en = "Work"\n', "")
        .replace("age_from = 50", "age_from = 200")
    )
    assert found(bad) == [
        (3, "region"),
        (9, "valuation.hours_basis"),
        (10, "valuation.colour"),
        (line_of(bad, "[[blocks]]"), "blocks.W.name_en"),
        (line_of(bad, "age_from"), "blocks.B.bonus.age_from"),
    ]


def test_the_line_of_an_entry_is_that_of_its_own_place_after_one_that_is_faulty():
    """The first block cannot be read; the second has a benefit that is longest before it is shortest."""
    bad = GOOD.replace('"per_year_fulltime"', '"per_moon"').replace(
        "value = 1000", "value = 1000\nbenefit_min_months = 12\nbenefit_max_months = 3"
    )
    assert found(bad) == [
        (line_of(bad, '"per_moon"'), "blocks.W.unit"),
        (line_of(bad, "benefit_max"), "blocks.B.benefit_max_months"),
    ]


def test_lists_without_codes_go_by_place():
    caps = '[[caps]]\nshare_pct = 10\n[[caps]]\nshare_pct = "x"\n[[caps]]\nshare_pct = 101\n'
    bad = GOOD + caps
    start = GOOD.count("\n")
    assert found(bad) == [(start + 4, "caps.1.share_pct"), (start + 6, "caps.1.share_pct")]


def test_a_code_that_is_not_known_is_named_only_when_it_is_certain():
    unknown = GOOD.replace('"payslip",', '"other",')
    assert found(unknown) == [(line_of(unknown, "evidence = ["), "blocks.W.evidence")]
    torn = unknown.replace('name_nl = "Loonstrook"\n', "")
    assert found(torn) == [(line_of(torn, "[[evidence]]"), "evidence.payslip.name_nl")]


def test_an_obligation_that_cannot_be_read_leaves_the_rest_to_be_looked_at():
    bad = GOOD + '[obligation]\nbase = { value = "moon" }\nmaximum = { value = -1 }\n[sanctions]\n'
    bad += "repair_days = { value = -1 }\n"
    start = GOOD.count("\n")
    assert found(bad) == [(start + 2, "obligation.base.value"), (start + 5, "sanctions.repair_days")]


@pytest.mark.parametrize(
    ("bad", "line", "field"),
    [
        ('hash = "0"\n' + GOOD, 1, "hash"),
        (GOOD.replace('"test"', "3"), 1, "id"),
        ("", 1, "name"),
        (GOOD.replace('{ value = "award" }', "3"), 6, "date_kind"),
        ("valuation = 3\n" + GOOD.replace("[valuation]\nhours_basis = { value = 36 }\n", ""), 1, "valuation"),
        ("blocks = [\n  3,\n]\n" + GOOD[: GOOD.index("[[blocks]]")], 2, "blocks.0"),
        ("caps = 3\n" + GOOD, 1, "caps"),
    ],
)
def test_odd_forms_are_faults_too(bad, line, field):
    assert (line, field) in found(bad)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('id = "a"\nname = = 3\n', 2),
        ('id = "a"\nid = "b"\n', 2),
        ("id = ", 1),
        ('id = "a"\n\nname = """\nno end', 4),
        ("x = " + "[" * 5000, 1),
        ("x = " + "9" * 5000, 1),
    ],
)
def test_a_file_that_is_not_toml_has_one_fault_with_its_line(text, line):
    [fault] = faults_of(text)
    assert (fault.line, fault.field) == (line, "ruleset")


def test_lines_are_found_in_every_form_of_toml():
    text = '''a.b = 1 # c = 2
"q.r" = """
d = 3
"""
list = [
  1, # one
  { x = 1, y = [
    2, 3 ] },
]
when = 2026-01-01 07:32:00
half = 0.5
[t.u]
v = 'it''s' # not how TOML does it
'''.replace("'it''s'", "'its'")
    text += "[[t.w]]\nx = 1\n[[t.w]]\ny = 2\n[t.w.z]\nk = 1\n[[t.w.deep]]\nk = 2\n"
    tomllib.loads(text)
    lines = key_lines(text.replace("\n", "\r\n"))
    assert lines == key_lines(text)
    expected = {
        ("a",): 1,
        ("a", "b"): 1,
        ("q.r",): 2,
        ("list",): 5,
        ("list", 0): 6,
        ("list", 1): 7,
        ("list", 1, "x"): 7,
        ("list", 1, "y", 1): 8,
        ("when",): 10,
        ("half",): 11,
        ("t", "u"): 12,
        ("t", "u", "v"): 13,
        ("t", "w", 0): 14,
        ("t", "w", 0, "x"): 15,
        ("t", "w", 1, "y"): 17,
        ("t", "w", 1, "z", "k"): 19,
        ("t", "w", 1, "deep", 0, "k"): 21,
    }
    assert {path: lines.get(path) for path in expected} == expected


names = st.text("abc", min_size=1, max_size=3)
values = st.recursive(
    st.integers(0, 9) | st.booleans() | st.sampled_from(["x", "a b", "#", "[", "]]", "=", "{"]),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(names, inside, max_size=3),
    max_leaves=8,
)


def paths(value, path=()):
    if path:
        yield path
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for name, inside in entries:
        yield from paths(inside, (*path, name))


def inline(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {inline(inside)}" for name, inside in value.items()) + " }"
    if isinstance(value, list):
        return "[\n" + ",\n".join(inline(entry) for entry in value) + "]"
    return f"'{value}'" if isinstance(value, str) else str(value).lower()


@given(st.dictionaries(names, values, max_size=5))
def test_every_path_of_a_document_has_a_line(document):
    text = "".join(f"{name} = {inline(value)}\n" for name, value in document.items())
    assert tomllib.loads(text) == document
    assert set(key_lines(text)) == set(paths(document))


# The command


@pytest.fixture
def run():
    app = typer.Typer(cls=PlainGroup)
    register(app)
    return lambda *words: CliRunner().invoke(app, ["ruleset", *map(str, words)])


def test_the_command_says_that_a_file_is_good(run, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(GOOD)
    result = run("check", path)
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "mine.toml is een regelset zonder fouten.\n",
        "",
    )


def test_the_command_names_every_fault_on_a_line_of_its_own(run, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(GOOD.replace('"work"', '"moon"').replace("age_from = 50", "age_from = 200"))
    result = run("check", path)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        f"{path}:21: blocks.W.kind: Kies een van deze: work, learning, purchasing, activity, training, "
        "bespoke, bonus.",
        f"{path}:36: blocks.B.bonus.age_from: Dit moet tussen 0 en 130 liggen.",
    ]


def test_the_command_names_a_file_that_is_not_there(run, tmp_path):
    result = run("check", tmp_path / "none.toml")
    assert result.exit_code == 2
    assert result.stderr == "ruleset: Het regelbestand none.toml kan niet worden gelezen.\n"


def test_the_stored_schema_is_that_of_the_models(run):
    stored = (SHIPPED.parents[1] / "docs" / "ruleset.schema.json").read_text(encoding="utf-8")
    assert stored == ruleset_schema()
    assert run("schema").stdout == stored


def test_the_schema_knows_every_part_of_the_shipped_files():
    schema = json.loads(ruleset_schema())
    assert "hash" not in schema["properties"]
    for path in SHIPPED.glob("*.toml"):
        assert set(tomllib.loads(path.read_text(encoding="utf-8"))) <= set(schema["properties"])


def test_the_command_tells_what_changed_between_two(run, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(GOOD)
    other = tmp_path / "other.toml"
    other.write_text(GOOD.replace("value = 36000", "value = 40000"))
    result = run("diff", path, other)
    assert (result.exit_code, result.stdout) == (0, "Bouwblok “Werk”, waarde: was 36.000, nu 40.000\n")
    assert run("diff", path, path).stdout == "De twee regelsets hebben dezelfde regels.\n"


def test_the_command_tells_what_running_contracts_would_become(run, lite_world, tmp_path):
    """A full-time year of the Participation Act is worth 40.000 in the demo rules; 20.000 is half of it."""
    demo = load_ruleset(DEMO)
    path = tmp_path / "half.toml"
    text = ruleset_document(demo).replace("value = 40000", "value = 20000")
    path.write_text(text, encoding="utf-8")
    assert run("diff", DEMO, path, "--contracts").stdout.splitlines()[-1] == (
        f"Geen lopend contract gebruikt {demo.name}."
    )
    make_effort(make_contract(lite_world, title="Park"))
    amounts = "verplichting € 50.000,00 → € 50.000,00, inspanningen € 13.333,33 → € 6.666,67"
    assert run("diff", DEMO, path, "--contracts").stdout.splitlines()[-2:] == [
        f"Park: {amounts}",
        f"Alle contracten samen (1): {amounts}",
    ]
    path.write_text(text.replace('code = "PW"', 'code = "OTHER"'), encoding="utf-8")
    assert run("diff", DEMO, path, "--contracts").stdout.splitlines()[-3:] == [
        "  1 bedragen zijn weggelaten: een van beide kan ze niet waarderen.",
        "Alle contracten samen (1): verplichting € 50.000,00 → € 50.000,00, inspanningen € 0,00 → € 0,00",
        "  1 bedragen zijn weggelaten: een van beide kan ze niet waarderen.",
    ]
