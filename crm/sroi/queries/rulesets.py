"""Which authority uses which rule set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from crm.core.work import Work
from crm.sroi import rulebook
from crm.sroi.records import Authority, AuthorityRuleSet
from crm.sroi.rules import RuleSet


@dataclass(frozen=True)
class Assignment:
    """A rule set that an authority uses from a day on."""

    authority: str
    rule_set_code: str
    valid_from: date
    valid_until: date | None


def assignments(work: Work) -> list[Assignment]:
    """Return the rule sets of the authorities that the actor sees, by authority, the latest first."""
    wanted = (
        select(AuthorityRuleSet, Authority.name)
        .join(Authority, col(Authority.id) == AuthorityRuleSet.authority_id)
        .order_by(col(Authority.name), col(AuthorityRuleSet.valid_from).desc())
    )
    return [
        Assignment(authority, found.rule_set_code, found.valid_from, found.valid_until)
        for found, authority in work.session.exec(wanted)
    ]


def ruleset_names(work: Work) -> dict[str, str]:
    """Return the rule sets that can be chosen by code, shipped and published ones."""
    return rulebook.names(work)


def ruleset(work: Work, code: str) -> RuleSet:
    """Return a rule set by its code; raises `Invalid` when there is none or it was tampered with."""
    return rulebook.named(work, code)
