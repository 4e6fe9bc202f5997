"""A rule set that contradicts itself is refused, and the faulty part is named."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from crm.core.errors import Invalid
from crm.sroi import rules as rules_package
from crm.sroi.rules import RuleSet
from crm.sroi.rulesets import parse_ruleset
from tests.sroi.ruletexts import HEAD, VALUATION_36, WORK, block, bonus, rules

HOUR = block("H", "per_hour", "value = 10")
LADDER_STEP = '[[sanctions.ladder]]\ncode = "{code}"\nname_nl = "n"\nname_en = "n"\nafter_days = {days}\n'
CERTIFICATE = (
    '[[certificates]]\ncode = "{code}"\nname_nl = "n"\nname_en = "n"\npurchasing_share_pct = {share}\n'
)
OBLIGATION = '\n[obligation]\nbase = { value = "contract_sum" }\n'


@pytest.mark.parametrize(
    ("field", "parts"),
    [
        ("valid_until", ("valid_from = 2025-01-02\nvalid_until = 2025-01-01\n",)),
        ("blocks", (WORK, WORK)),
        ("evidence", ('[[evidence]]\ncode = "a"\nname_nl = "a"\nname_en = "a"\n' * 2,)),
        ("blocks.H.value", (block("H", "per_hour"),)),
        ("blocks.H.value", (block("H", "invoice", "value = 1"),)),
        ("blocks.H.value", (block("H", "per_hour", "value = -1"),)),
        ("blocks.H.value", (block("H", "per_hour", "value = 1e400"),)),
        ("blocks.H.or_unit", (block("H", "per_hour", 'value = 1\nor_unit = "per_month"'),)),
        ("blocks.H.bonus", (block("H", "per_hour", "value = 1\n[blocks.bonus]\npermanent = true"),)),
        ("blocks.B.bonus", (block("B", "bonus_per_year_fulltime", "value = 1"),)),
        ("blocks.B.bonus", (bonus("B", 1, "permanent = true\nage_from = 50"),)),
        ("blocks.B.bonus", (bonus("B", 1, 'highest_of = "age"'),)),
        ("blocks.B.bonus.age_from", (bonus("B", 1, "age_from = 200"),)),
        ("blocks.B.bonus.age_over", (bonus("B", 1, "age_over = -1"),)),
        ("blocks.B.bonus.tags", (bonus("B", 1, 'tags = ["LKS"]'),)),
        ("blocks.B.bonus.tags", (bonus("B", 1, 'tags = [" "]'),)),
        ("blocks.B.bonus.blocks", (bonus("B", 1, 'permanent = true\nblocks = ["X"]'),)),
        ("blocks.D.day_max_hours", (block("D", "per_hour_day_maximum", "value = 1"),)),
        ("blocks.D.day_max_hours", (block("D", "per_hour", "value = 1\nday_max_hours = 8"),)),
        ("blocks.D.day_max_hours", (block("D", "per_hour_day_maximum", "value = 1\nday_max_hours = 25"),)),
        (
            "blocks.H.counting_max_months",
            (block("H", "per_hour", "value = 1\ncounting_max_months = 12\nunlimited = true"),),
        ),
        ("blocks.H.counting_max_months", (block("H", "per_hour", "value = 1\ncounting_max_months = -1"),)),
        (
            "blocks.H.benefit_max_months",
            (block("H", "per_hour", "value = 1\nbenefit_min_months = 12\nbenefit_max_months = 12"),),
        ),
        ("blocks.H.evidence", (block("H", "per_hour", 'value = 1\nevidence = ["payslip"]'),)),
        ("valuation.hours_basis", ("[valuation]\nhours_basis = { value = 0 }\n",)),
        ("valuation.hours_basis", ("[valuation]\nhours_basis = { value = 169 }\n",)),
        ("valuation.factor_cap", ("[valuation]\nfactor_cap = { value = 0 }\n",)),
        ("valuation.unlimited_tags", ('[valuation]\nunlimited_tags = { value = ["LKS"] }\n',)),
        (
            "valuation.exclusions.0.tag",
            ('[[valuation.exclusions]]\ntag = "A"\nreason_nl = "a"\nreason_en = "a"\n',),
        ),
        (
            "valuation.exclusions.0.blocks",
            ('[[valuation.exclusions]]\ntag = "a"\nreason_nl = "a"\nreason_en = "a"\nblocks = ["X"]\n',),
        ),
        ("caps.0.share_pct", ("[[caps]]\nshare_pct = 101\n",)),
        ("caps.0.blocks", ('[[caps]]\nshare_pct = 10\nblocks = ["X"]\n',)),
        ("caps.0.tags", ('[[caps]]\nshare_pct = 10\ntags = ["X"]\n',)),
        ("caps.0.base_kinds", ('[[caps]]\nshare_pct = 10\nbase_kinds = ["work"]\n',)),
        ("sanctions.ladder", (LADDER_STEP.format(code="a", days=1) * 2,)),
        ("sanctions.ladder.a.after_days", (LADDER_STEP.format(code="a", days=-1),)),
        (
            "sanctions.ladder.b.after_days",
            (LADDER_STEP.format(code="a", days=14), LADDER_STEP.format(code="b", days=7)),
        ),
        ("certificates", (CERTIFICATE.format(code="pso_1", share=1) * 2,)),
        ("certificates.PSO.code", (CERTIFICATE.format(code="PSO", share=1),)),
        ("certificates.pso_1.purchasing_share_pct", (CERTIFICATE.format(code="pso_1", share=101),)),
        (
            "certificates.pso_1.obligation_discount_pct",
            (CERTIFICATE.format(code="pso_1", share=1), "obligation_discount_pct = -1\n"),
        ),
        ("obligation.fixed_amount", ('[obligation]\nbase = { value = "fixed" }\n',)),
        ("obligation.fixed_amount", (OBLIGATION, "fixed_amount = { value = 1 }\n")),
        ("obligation.percentages.0.value", (OBLIGATION, "[[obligation.percentages]]\nvalue = 101\n")),
        ("obligation.percentages", (OBLIGATION, "[[obligation.percentages]]\nvalue = 1\n" * 2)),
        ("obligation.thresholds.0.value", (OBLIGATION, "[[obligation.thresholds]]\nvalue = -1\n")),
        ("obligation.percentage_min", (OBLIGATION, "percentage_min = { value = -1 }\n")),
        ("obligation.maximum", (OBLIGATION, "maximum = { value = -1 }\n")),
        (
            "obligation.labour_share.below_pct",
            (OBLIGATION, "[obligation.labour_share]\nbelow_pct = 101\npercentage = 2\n"),
        ),
        ("sanctions.repair_days", ("[sanctions]\nrepair_days = { value = -1 }\n",)),
        ("deadlines.report_interval_months", ("[deadlines]\nreport_interval_months = { value = 0 }\n",)),
    ],
)
def test_the_faulty_part_is_named(field, parts):
    with pytest.raises(Invalid) as error:
        rules(*parts)
    assert error.value.field == field


@pytest.mark.parametrize("ruleset_id", ["", "Test", "a--b", "../a", "a b"])
def test_an_id_is_plain(ruleset_id):
    with pytest.raises(Invalid) as error:
        parse_ruleset(HEAD.replace('"test"', f'"{ruleset_id}"'))
    assert error.value.field == "id"


def test_the_rules_stand_on_the_standard_library_alone():
    for path in Path(rules_package.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [str(node.module)]
            for name in names:
                own = name.startswith("crm.sroi.rules")
                assert own or name.split(".")[0] in sys.stdlib_module_names, (path.name, name)


def test_a_full_rule_set_without_faults_is_accepted():
    accepted = rules(
        "valid_from = 2025-01-01\nvalid_until = 2025-01-01\n",
        VALUATION_36,
        '[[valuation.exclusions]]\ntag = "x"\nreason_nl = "n"\nreason_en = "n"\nblocks = ["H"]\n',
        OBLIGATION,
        "[obligation.labour_share]\nbelow_pct = 30\npercentage = 2\n",
        '[[caps]]\nshare_pct = 10\nblocks = ["H"]\n',
        HOUR,
        bonus("B", 1, 'tags = ["x"]\nblocks = ["H"]'),
    )
    assert isinstance(accepted, RuleSet)
    assert [code.code for code in accepted.bonuses] == ["B"]


def test_the_sanction_ladder_is_data():
    ladder = rules(
        LADDER_STEP.format(code="first", days=1), "letter = true\nautomatic = true\n"
    ).sanctions.ladder
    [step] = ladder
    assert (step.name.nl, step.after_days, step.letter, step.automatic) == ("n", 1, True, True)
