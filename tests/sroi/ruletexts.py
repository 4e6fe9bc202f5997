"""Rule sets for tests, written as the files that administrators write."""

from __future__ import annotations

from crm.sroi.rules import RuleSet
from crm.sroi.rulesets import parse_ruleset

HEAD = """
id = "test"
name = "Test"
region = "Nowhere"
version = "1"
source = "https://example.org/rules"
date_kind = { value = "award" }
"""

WORK = """
[[blocks]]
code = "W"
name_nl = "Werk"
name_en = "Work"
unit = "per_year_fulltime"
kind = "work"
value = 36000
"""


def block(code: str, unit: str, more: str = "", kind: str = "activity") -> str:
    """Return a block as text; `more` are its further lines."""
    return (
        f'\n[[blocks]]\ncode = "{code}"\nname_nl = "{code} nl"\nname_en = "{code} en"\n'
        f'unit = "{unit}"\nkind = "{kind}"\n{more}\n'
    )


def bonus(code: str, value: int, rule: str) -> str:
    """Return a bonus as text, with the lines of its rule."""
    return block(code, "bonus_per_year_fulltime", f"value = {value}\n[blocks.bonus]\n{rule}", "bonus")


def rules(*parts: str) -> RuleSet:
    """Return the rule set of a head and these parts."""
    return parse_ruleset(HEAD + "".join(parts))


VALUATION_36 = "\n[valuation]\nhours_basis = { value = 36 }\n"
