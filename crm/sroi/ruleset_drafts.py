"""What can be told of a rule set under way from its text alone: faults, rules, and what was changed."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache

from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.sroi.rules import RuleSet
from crm.sroi.rules.comparing import Difference, differences
from crm.sroi.rulesets import parse_ruleset
from crm.sroi.rulesets_faults import Fault, faults_of
from crm.sroi.toml_lines import key_lines

OTHER_ID = N_("The id of this version is {code} and stays so. Make another version for another id.")
# What every version has of its own, and what is said about it, is no change of the rules.
ITS_OWN = frozenset({"id", "name", "version", "valid_from", "valid_until", "note"})


@lru_cache(maxsize=32)
def faults_in(document: str, code: str) -> tuple[Fault, ...]:
    """Return every fault of a text, in order of line; another id than the version's own is one as well."""
    found = faults_of(document)
    if found:
        return tuple(found)
    if parse_ruleset(document).id == code:
        return ()
    return (Fault(key_lines(document).get(("id",), 1), "id", OTHER_ID, {"code": code}),)


@lru_cache(maxsize=32)
def read_draft(document: str, code: str) -> RuleSet:
    """Return the rules of a text; raises `Invalid` for `document` while it has faults."""
    if found := faults_in(document, code):
        raise Invalid("document", "The text still has faults ({count}). Repair them first.", count=len(found))
    return parse_ruleset(document)


def changed_rules(base: RuleSet, ruleset: RuleSet) -> list[Difference]:
    """Return what differs from the rule set it was made from, without what each version has of its own."""
    return [one for one in differences(base, ruleset) if one.area not in ITS_OWN]


def apart(one: str, other: str) -> tuple[str, str]:
    """Return the lines of two texts that are not in both, for laying them side by side."""
    left, right = one.splitlines(), other.splitlines()
    steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    changed = [step for step in steps if step[0] != "equal"]
    return (
        "\n".join(line for _, start, end, _, _ in changed for line in left[start:end]),
        "\n".join(line for _, _, _, start, end in changed for line in right[start:end]),
    )
