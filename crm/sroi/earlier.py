"""What other work of the same person uses of the time that may count, as facts of an effort.

The spells are stored with the effort, so that its amount can be computed again from what is stored, also when
the other efforts have changed since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crm.core.access import Permission
from crm.core.errors import Invalid
from crm.core.work import Work
from crm.sroi import claims
from crm.sroi.persons import Mark
from crm.sroi.queries.same_person import Who, counting_work, other_work
from crm.sroi.records import Effort
from crm.sroi.rules import RuleSet, Spell
from crm.sroi.rules.going_first import OtherWork, going_first

NEWEST = 2**62
"""Stands for the number of an effort that has none yet: it comes after all that are there."""
KEYS = ("earlier", "counted_first")


def for_effort(
    work: Work,
    effort: Effort,
    facts: Mapping[str, Any],
    ruleset: RuleSet,
    marks: frozenset[Mark],
    *,
    counts: bool,
) -> dict[str, Any]:
    """Return the facts of an effort with the other work of its person that goes first, as it is to be stored.

    Everything on record when the effort `counts`: it is handed in or decided on. For a draft only the work at
    its own company, whoever writes it: with a name and a date of birth a contractor could look up who is in a
    scheme elsewhere.
    """
    if not is_limited(facts, ruleset):
        return as_told(facts)
    who = Who(effort.employer_id, marks, effort.placement_id, effort.subject)
    everywhere = counts or work.actor.may(Permission.EFFORT_REVIEW)
    seen = counting_work(work, [who], everywhere=everywhere, writing=True)
    if not counts:
        seen = [one for one in seen if one.who.employer_id == effort.employer_id]
    return completed(facts, other_work(who, seen), effort.id)


def beforehand(
    work: Work, facts: Mapping[str, Any], ruleset: RuleSet, who: Who, effort_id: int | None
) -> dict[str, Any]:
    """Return the same for a claim that is looked at before it is handed in; see `for_effort`.

    Nothing is stored, so it is what the one who looks may see: everything for who reviews.
    """
    if not is_limited(facts, ruleset):
        return as_told(facts)
    seen = counting_work(work, [who], everywhere=work.actor.may(Permission.EFFORT_REVIEW))
    return completed(facts, other_work(who, seen), effort_id)


def as_it_counts_now(
    work: Work, effort: Effort, ruleset: RuleSet, *, writing: bool = False
) -> dict[str, Any]:
    """Return the facts of an effort that waits with the other work of its person as that stands now."""
    if not is_limited(effort.facts, ruleset):
        return as_told(effort.facts)
    who = Who(effort.employer_id, frozenset(), effort.placement_id, effort.subject, effort.id)
    seen = counting_work(work, [who], everywhere=True, writing=writing)
    return completed(effort.facts, other_work(who, seen), effort.id)


def as_told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts without what the register added about other work."""
    return {name: value for name, value in facts.items() if name not in KEYS}


def is_limited(facts: Mapping[str, Any], ruleset: RuleSet) -> bool:
    """Return whether a rule set limits how long the person of an effort may count."""
    if "start" not in facts:
        return False
    try:
        block = claims.block_of(ruleset, facts["block"])
    except Invalid:
        return False
    lifted = ruleset.valuation.unlimited_tags.value
    return block.counting_max_months is not None and not set(facts.get("tags", ())) & set(lifted)


def completed(facts: Mapping[str, Any], others: Sequence[OtherWork], effort_id: int | None) -> dict[str, Any]:
    """Return facts with the spells that go before an effort, in place of those that stood there."""
    told = as_told(facts)
    found = going_first(effort_id or NEWEST, date.fromisoformat(told["start"]), others)
    spells = zip(KEYS, (found.earlier, found.counted_first), strict=True)
    return told | {name: [_stored(spell) for spell in some] for name, some in spells if some}


def _stored(spell: Spell) -> dict[str, str]:
    told = {"from": spell.start.isoformat(), "to": spell.end.isoformat()}
    if spell.hours_per_week is not None:
        told["hours_per_week"] = f"{spell.hours_per_week:f}"
    if spell.worked_hours is not None:
        told["worked_hours"] = f"{spell.worked_hours:f}"
    if spell.counted_until is not None:
        told["counted_to"] = spell.counted_until.isoformat()
    return told
