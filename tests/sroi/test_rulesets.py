"""Rule sets as files: the shipped ones, reading, writing, choosing, and faults named in one sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from crm.core.errors import Invalid
from crm.sroi.rules import (
    Base,
    DateKind,
    Facts,
    Kind,
    ObligationFacts,
    Unit,
    compute_obligation,
    value_effort,
)
from crm.sroi.rulesets import (
    in_force,
    load_ruleset,
    parse_ruleset,
    ruleset_document,
    ruleset_for,
    ruleset_from,
    shipped_rulesets,
)
from tests.sroi.ruletexts import HEAD, VALUATION_36, WORK, block, rules

D = Decimal

# Code and value of every published row, None where actual amounts count.
TABLES = {
    "utrecht-current": {
        "PW": 40000,
        "BANENAFSPRAAK": 50000,
        "PRO_VSO_MBO1": 35000,
        "WIA_WAO": 40000,
        "WW": 20000,
        "BBL_2_4": 35000,
        "BOL_2_4": 20000,
        "NUG": 10000,
        "BONUS_50PLUS": 10000,
        "BONUS_STATUSHOUDER_TAAL": 10000,
        "BONUS_VAST": 10000,
        "SOCIALE_INKOOP": None,
        "KENNIS_MIDDELEN": 100,
        "SOCIAAL_PROJECT": 100,
        "ONTWIKKELTRAJECT": None,
        "MOBILITEIT": None,
    },
    "utrecht-v13rows-36h": {
        "PW_LT2Y": 30000,
        "PW_GT2Y": 40000,
        "WW_LT1Y": 15000,
        "WW_GT1Y": 20000,
        "WIA_WAO": 30000,
        "BANENAFSPRAAK": 35000,
        "WSW_INZET": None,
        "BONUS_VAST": 10000,
        "BONUS_50PLUS": 5000,
        "BBL": 15000,
        "BOL": 10000,
        "MA": 100,
        "NUG": 10000,
    },
    "utrecht-v40h": {
        "PW_LT2Y": 30000,
        "PW_GT2Y": 40000,
        "WW_LT1Y": 15000,
        "WW_GT1Y": 20000,
        "WIA_WAO": 30000,
        "BANENAFSPRAAK": 35000,
    },
    "haaglanden-zhc-2023-07": {
        "NUG": 5000,
        "JONGERE_ZONDER_SK": 10000,
        "STAGE_MBO_HBO": 5000,
        "STAGE_VSO_PRO": 7500,
        "BBL_MAX2": 25000,
        "BBL_3PLUS": 15000,
        "WW": 20000,
        "WIA": 30000,
        "PW": 40000,
        "BANENAFSPRAAK": 50000,
        "BONUS_55PLUS": 10000,
        "OPLEIDING_BEGELEIDING": None,
        "BONUS_DIENSTVERBAND_VSO_PRO": 25000,
        "BONUS_ARBEIDSBEPERKING_IPS": 10000,
    },
    "oost-nederland": {
        "PW_LT2Y": 30000,
        "PW_GT2Y": 40000,
        "BANENAFSPRAAK_WIA_WSW_BESCHUT": 40000,
        "WW_LT1Y": 10000,
        "WW_GT1Y": 15000,
        "NUG": 10000,
        "WEP_PROEFPLAATSING": 750,
        "BBL_1_2": 20000,
    },
    "fryslan-friese-eis": {
        "PW_LT2Y": 35000,
        "PW_GT2Y": 40000,
        "WW_3M_1Y": 15000,
        "WW_GT1Y": 20000,
        "WIA_WAO": 35000,
        "BANENAFSPRAAK": 40000,
        "BONUS_50PLUS": 5000,
        "BONUS_55PLUS": 7500,
        "WEP": 7500,
        "BBL_NEW": 15000,
        "BBL_EXISTING": 10000,
        "STAGE_MBO_1_2": 5000,
        "STAGE_MBO_3_4_HBO": 2500,
        "SW_ONDERAANNEMING": None,
        "OPLEIDING": None,
        "MAATWERK": None,
    },
}
LIMITS = {
    ("haaglanden-zhc-2023-07", "WW"): 12,
    ("haaglanden-zhc-2023-07", "PW"): 24,
    ("haaglanden-zhc-2023-07", "STAGE_VSO_PRO"): 24,
    ("haaglanden-zhc-2023-07", "BBL_3PLUS"): 36,
    ("haaglanden-zhc-2023-07", "BANENAFSPRAAK"): None,
    ("oost-nederland", "NUG"): 12,
    ("oost-nederland", "PW_GT2Y"): 24,
    ("fryslan-friese-eis", "WW_3M_1Y"): 24,
    ("utrecht-current", "PW"): None,
}


@pytest.mark.parametrize("ruleset_id", TABLES)
def test_every_published_row_is_a_block_with_its_value(ruleset_id):
    shipped = {block.code: block.value for block in load_ruleset(ruleset_id).blocks}
    assert shipped == TABLES[ruleset_id]


@pytest.mark.parametrize(("ruleset_id", "code"), LIMITS)
def test_counting_limits_are_those_of_the_tables(ruleset_id, code):
    assert load_ruleset(ruleset_id).block(code).counting_max_months == LIMITS[ruleset_id, code]


@pytest.mark.parametrize(
    ("ruleset_id", "hours", "assumed"),
    [
        ("utrecht-current", 36, False),
        ("utrecht-v40h", 40, False),
        ("fryslan-friese-eis", 36, False),
        ("oost-nederland", 36, True),
    ],
)
def test_full_time_hours(ruleset_id, hours, assumed):
    basis = load_ruleset(ruleset_id).valuation.hours_basis
    assert basis is not None
    assert (basis.value, basis.assumed) == (hours, assumed)


def test_all_rule_sets_are_shipped():
    assert {ruleset.id for ruleset in shipped_rulesets()} == {
        *TABLES,
        "leidschendam-voorburg",
        "lekstroom",
        "schiedam",
        "eindhoven",
        "maastricht",
        "nissewaard",
        "noord-holland",
        "rotterdam-kosten",
        "twente",
        "hart-van-west-brabant-demo",
    }


@pytest.mark.parametrize("ruleset", shipped_rulesets(), ids=lambda ruleset: ruleset.id)
def test_every_shipped_rule_set_can_be_used(ruleset):
    assert ruleset.obligation is not None
    assert ruleset.source.startswith("https://") or ruleset.demo
    for one in ruleset.blocks:
        assert one.name_nl
        assert one.name_en
        assert one.plain_nl.endswith(".")
        assert one.plain_en.endswith(".")
        assert one.code not in one.plain_nl


def test_the_invented_rule_set_says_so_everywhere():
    demo = load_ruleset("hart-van-west-brabant-demo")
    assert demo.demo
    assert demo.source == "invented for demonstration"
    assert all(one.assumed for one in demo.blocks)
    assert demo.valuation.hours_basis is not None
    assert demo.valuation.hours_basis.assumed
    assert demo.in_force(date(2020, 1, 1))
    assert not demo.in_force(date(2019, 12, 31))
    work = demo.block("BANENAFSPRAAK")
    assert [kind.name_en for kind in demo.evidence_for(work)] == [
        "Employment contract",
        "Pay slip",
        "Target-group statement or proof from the register",
    ]


@pytest.mark.parametrize("ruleset", shipped_rulesets(), ids=lambda ruleset: ruleset.id)
def test_a_rule_set_written_and_read_again_is_the_same(ruleset):
    again = parse_ruleset(ruleset_document(ruleset))
    assert again == ruleset
    assert len(again.hash) == 64


def test_any_text_survives_writing():
    odd = rules(VALUATION_36, block("Q", "per_hour", 'value = 0.5\nnote = "a \\"b\\" \\\\ c\\n\\u007F é"'))
    again = parse_ruleset(ruleset_document(odd))
    assert again.block("Q").note == 'a "b" \\ c\n\x7f é'
    assert again == odd


def test_the_hash_follows_the_rules_and_not_the_layout():
    original = rules(VALUATION_36, WORK)
    assert rules("# a remark\n\n", VALUATION_36.replace("36", "36.0"), WORK).hash == original.hash
    assert rules(VALUATION_36, WORK.replace("36000", "36001")).hash != original.hash


def test_reading_gives_kinds_and_exact_numbers():
    ruleset = load_ruleset("oost-nederland")
    assert ruleset.date_kind.value is DateKind.AWARD
    assert ruleset.obligation is not None
    assert ruleset.obligation.base.value is Base.INVOICED
    wep = ruleset.block("WEP_PROEFPLAATSING")
    assert (wep.unit, wep.kind, wep.value) == (Unit.MONTH, Kind.WORK, D(750))


# Choosing


def version(number: int, since: str) -> str:
    return HEAD.replace('"test"', f'"v{number}"').replace('version = "1"', f'version = "{number}"') + since


def test_the_latest_version_in_force_is_chosen():
    versions = [
        parse_ruleset(version(1, "valid_until = 2024-12-31\n")),
        parse_ruleset(version(3, "valid_from = 2025-01-01\n")),
        parse_ruleset(version(2, "valid_from = 2024-07-01\nvalid_until = 2024-12-31\n")),
    ]
    chosen = [in_force(versions, day) for day in (date(2024, 6, 30), date(2024, 7, 1), date(2025, 1, 1))]
    assert [ruleset.version for ruleset in chosen if ruleset] == ["1", "2", "3"]


def test_an_authority_without_a_rule_set_in_force_has_none():
    assert ruleset_for(["haaglanden-zhc-2023-07"], date(2023, 6, 30)) is None
    found = ruleset_for(["haaglanden-zhc-2023-07"], date(2023, 7, 1))
    assert found is not None
    assert found.id == "haaglanden-zhc-2023-07"


# Faults


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (HEAD.replace('name = "Test"\n', ""), "name"),
        (HEAD + 'colour = "green"\n', "colour"),
        (HEAD + 'hash = "0"\n', "hash"),
        (HEAD.replace('"Nowhere"', "3"), "region"),
        (HEAD.replace('"award"', '"whenever"'), "date_kind.value"),
        (HEAD + "valuation = 3\n", "valuation"),
        (HEAD + '\n[valuation]\nhours_basis = { value = "many" }\n', "valuation.hours_basis.value"),
        (HEAD + "\n[valuation]\nhours_basis = { value = nan }\n", "valuation.hours_basis.value"),
        (HEAD + "\n[valuation]\nhours_basis = { hours = 36 }\n", "valuation.hours_basis.value"),
        (HEAD + WORK.replace("per_year_fulltime", "per_moon"), "blocks.W.unit"),
        (HEAD + WORK.replace('code = "W"\n', ""), "blocks.0.code"),
        (HEAD + WORK + WORK.replace('"W"', '"V"') + "colour = 3\n", "blocks.V.colour"),
        (HEAD + "blocks = [3]\n", "blocks.0"),
        ("id = ", "ruleset"),
        ("x = " + "[" * 5000, "ruleset"),
        ("x = " + "9" * 5000, "ruleset"),
    ],
)
def test_a_bad_rule_file_names_the_faulty_field(text, field):
    with pytest.raises(Invalid) as error:
        parse_ruleset(text)
    assert error.value.field == field


def test_a_toml_fault_names_the_line():
    with pytest.raises(Invalid, match="look at line 2"):
        parse_ruleset('id = "a"\nname = = 3\n')


def test_a_document_need_not_come_from_a_file():
    document = {
        "id": "x",
        "name": "X",
        "region": "R",
        "version": "1",
        "source": "s",
        "date_kind": {"value": "award"},
    }
    assert ruleset_from(document).id == "x"


def test_the_example_in_the_documentation_is_a_rule_set():
    page = (Path(__file__).parents[2] / "docs" / "rulesets.md").read_text(encoding="utf-8")
    example = parse_ruleset(page.split("```toml\n")[1].split("```")[0])
    assert example.id == "voorbeeld-2026"
    effort = Facts(block="PW_LANG", hours_per_week=18, months=12, permanent=True)
    assert value_effort(example, effort).amount == D("22500.00")
    clause = ObligationFacts(contract_type="works", contract_sum_eur=1_000_000)
    assert compute_obligation(example, clause).amount == D("20000.00")


def test_a_file_is_read_by_its_path(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + HEAD.encode())
    assert load_ruleset(path).id == "test"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"#" * 1_000_001, None])
def test_files_that_cannot_be_read_are_refused(tmp_path, content):
    path = tmp_path / "bad.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Invalid, match=r"bad\.toml") as error:
        load_ruleset(path)
    assert error.value.field == "ruleset"


@pytest.mark.parametrize("name", ["no-such-set", "../secrets", "a\0b", "", "/"])
def test_unknown_rule_sets_are_refused(name):
    with pytest.raises(Invalid) as error:
        load_ruleset(name)
    assert error.value.field == "ruleset"


# Hashes that contracts were stored with before rule sets had certificates, ladders and gaps: the texts of
# these files hold nothing new, so reading them again must give the hash under which they were stored.
STORED_HASHES = {
    "leidschendam-voorburg": "595a2fbe377141690d6842a31d9e9b69acb26b46bf7420a1ac8d8a51fe503fc9",
    "oost-nederland": "cf4d968aedefdf5f4fd17a6cc5b3ad438857179ee91e328e624f830ae8cfd770",
    "utrecht-current": "35685bc95c2b924b3432f70a6229f45f6bfee1d58a5a004c835ff758a3361e35",
    "utrecht-v40h": "6e898c1b755db557ae23981c7195137ff5b117aabdb8897426ccfc6afdba8559",
}


@pytest.mark.parametrize("ruleset_id", STORED_HASHES)
def test_a_stored_rule_set_keeps_the_hash_it_was_stored_with(ruleset_id):
    ruleset = load_ruleset(ruleset_id)
    assert ruleset.hash == STORED_HASHES[ruleset_id]
    assert parse_ruleset(ruleset_document(ruleset)).hash == STORED_HASHES[ruleset_id]


def test_what_came_later_is_part_of_the_hash_once_it_is_used():
    plain = rules(VALUATION_36, WORK)
    assert rules(VALUATION_36, 'long_gap = { value = "counts", assumed = true }\n', WORK).hash == plain.hash
    assert rules(VALUATION_36, 'long_gap = { value = "starts_anew" }\n', WORK).hash != plain.hash
    assert rules(VALUATION_36, WORK, '[[certificates]]\ncode = "a"\nname_nl = "a"\nname_en = "a"\n').hash != (
        plain.hash
    )
