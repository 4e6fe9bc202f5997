"""Whether an effort counts at all: benefit duration, start of the work, and what excludes it.

Each test returns None, or a `Refusal` that says in plain words why the value is zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm.sroi.rules.draft import Draft
from crm.sroi.rules.errors import FactsError
from crm.sroi.rules.explanation import Bilingual, Params
from crm.sroi.rules.facts import Facts
from crm.sroi.rules.kinds import DateKind
from crm.sroi.rules.model import Block, RuleSet
from crm.sroi.rules.periods import add_months

DURATION_FITS = "Benefit since {since}, on the reference date {day}: fits {block}"
DURATION_UNKNOWN = "The start of the benefit was not given; that it fits {block} was not checked."
DURATION_OTHER = "No value: the benefit runs since {since}, and on {day} that fits {other}, not {block}"
DURATION_NONE = "No value: the benefit runs since {since}, and on {day} no block fits that"
DURATION_LATER = "No value: the benefit started on {since}, after the reference date {day}"
DURATION_BORDER = "A benefit of exactly the border between two blocks counts as the longer one."
STARTED_EARLY = "No value: the work started on {start}, more than {months} months before {day}"
STARTED_BEFORE = "Work that started before the reference date counts from its own start."
EXCLUDED = "No value: {reason}"
REFERENCE_ASSUMED = "The start of the work stands in for the reference date, which was not given."
REFERENCE_SILENT = "The publication does not name a reference date; the start of the work is used."


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an effort has no value."""

    label: str
    params: Params
    source: str
    assumed: bool


def refusal(ruleset: RuleSet, block: Block, facts: Facts, draft: Draft) -> Refusal | None:
    """Return why an effort has no value, or None when it counts."""
    return (
        _excluded(ruleset, block, facts)
        or _started_too_early(ruleset, facts, draft)
        or _benefit(ruleset, block, facts, draft)
    )


def reference_day(ruleset: RuleSet, facts: Facts, draft: Draft) -> date:
    """Return the reference date ("peildatum") of the facts, else the start of the work (noted).

    Raises `FactsError` for `reference_date` when neither is known.
    """
    if facts.reference_date:
        return facts.reference_date
    if facts.start is None:
        raise FactsError("reference_date", "Give the reference date, or the start date of the work.")
    rule = ruleset.valuation.reference
    if rule.value is not DateKind.START:
        draft.note(REFERENCE_ASSUMED)
    elif rule.assumed:
        draft.note(REFERENCE_SILENT)
    return facts.start


def fits(block: Block, since: date, day: date) -> bool:
    """Tell whether a benefit that runs since a date is, on a day, of the duration that the block asks.

    The shortest duration counts itself, the longest does not: exactly 24 months is not "under two years".
    A benefit that starts after the day fits nothing.
    """
    lowest, highest = block.benefit_min_months, block.benefit_max_months
    long_enough = add_months(since, lowest or 0) <= day
    return long_enough and (highest is None or day < add_months(since, highest))


def _excluded(ruleset: RuleSet, block: Block, facts: Facts) -> Refusal | None:
    for exclusion in ruleset.valuation.exclusions:
        if exclusion.tag in facts.tags and (not exclusion.blocks or block.code in exclusion.blocks):
            reason = Bilingual(exclusion.reason_nl, exclusion.reason_en)
            return Refusal(EXCLUDED, {"reason": reason}, exclusion.source, exclusion.assumed)
    return None


def _started_too_early(ruleset: RuleSet, facts: Facts, draft: Draft) -> Refusal | None:
    window = ruleset.valuation.start_window_months
    start, day = facts.start, facts.reference_date
    if window is None or start is None or day is None or start >= day:
        return None
    if add_months(start, window.value) < day:
        params: Params = {"start": start, "months": window.value, "day": day}
        return Refusal(STARTED_EARLY, params, window.source, window.assumed)
    draft.note(STARTED_BEFORE)
    return None


def _benefit(ruleset: RuleSet, block: Block, facts: Facts, draft: Draft) -> Refusal | None:
    if not block.banded:
        return None
    since = facts.benefit_start
    if since is None:
        draft.note(DURATION_UNKNOWN, {"block": block.name})
        return None
    day = reference_day(ruleset, facts, draft)
    params: Params = {"since": since, "day": day, "block": block.name}
    if not fits(block, since, day):
        return _misfit(ruleset, block, since, day)
    on_border = block.benefit_min_months is not None and add_months(since, block.benefit_min_months) == day
    if on_border:
        draft.note(DURATION_BORDER)
    draft.tell(DURATION_FITS, "", params, source=block.source, assumed=on_border)
    return None


def _misfit(ruleset: RuleSet, block: Block, since: date, day: date) -> Refusal:
    params: dict[str, date | Bilingual] = {"since": since, "day": day, "block": block.name}
    if day < since:
        return Refusal(DURATION_LATER, params, block.source, False)
    for other in ruleset.blocks:
        if other.benefit_group == block.benefit_group and other.banded and fits(other, since, day):
            return Refusal(DURATION_OTHER, params | {"other": other.name}, block.source, block.assumed)
    return Refusal(DURATION_NONE, params, block.source, block.assumed)
