"""What a line of a plan of action is worth: like an effort, times the number of people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.money import cents
from crm.sroi import claims
from crm.sroi.commands import EffortClaim
from crm.sroi.plan_commands import PlanLineFacts
from crm.sroi.records import Contract, PlanLine
from crm.sroi.rules import Explanation, RuleSet, Step
from crm.sroi.rules.explanation import Params
from crm.sroi.rules.questions import is_about_a_person
from crm.sroi.standing import last_day

TOGETHER = N_("{people} people together")
TIMES = N_("{people} × {each}")
UNTIL = N_("Counts up to {day}, the last day of the contract")
_NO_CLAIM = frozenset({"people", "activity", "line_id", "version"})


def facts_of(told: PlanLineFacts, contract: Contract, ruleset: RuleSet) -> dict[str, Any]:
    """Return the facts of one person or purchase of a line, as they are stored.

    What lies beyond the last day of the contract, or of its repair period, is cut off. Raises `Invalid` for a
    block that there is not, for people where nobody is counted, and for a period outside the contract.
    """
    block = claims.block_of(ruleset, told.block)
    if told.people > 1 and not is_about_a_person(block):
        raise Invalid("people", "Nobody is counted here. Give the whole amount or number on one line.")
    return _within(claims.facts_of(_claim(told), contract, ruleset), told.start, told.end, contract)


def value_of(facts: Mapping[str, Any], people: int, ruleset: RuleSet) -> Explanation:
    """Return what a line is worth in euro for all its people; raises `Invalid` for what is missing."""
    return _together(claims.value_of(facts, ruleset), people)


def draft_value(told: PlanLineFacts, contract: Contract, ruleset: RuleSet) -> Explanation:
    """Return the same while it is filled in: zero, with a step that says what is missing."""
    facts = facts_of(told, contract, ruleset)
    return _cut(_together(claims.draft_value(facts, ruleset), told.people), facts, told.end)


def fill(line: PlanLine, told: PlanLineFacts, contract: Contract, ruleset: RuleSet) -> None:
    """Put what was told on a line, with its value; raises `Invalid` like `facts_of` and `value_of`."""
    line.facts = facts_of(told, contract, ruleset)
    line.block, line.people, line.activity = told.block, told.people, told.activity
    line.starts_on, line.ends_on = told.start, told.end
    _value(line, value_of(line.facts, line.people, ruleset), ruleset)


def revalue(line: PlanLine, contract: Contract, ruleset: RuleSet) -> None:
    """Compute the value of a line again, on the term that the contract has now; raises `Invalid`."""
    line.facts = _within(line.facts, line.starts_on, line.ends_on, contract)
    _value(line, value_of(line.facts, line.people, ruleset), ruleset)


def value_anew(line: PlanLine, contract: Contract, ruleset: RuleSet) -> None:
    """Compute the value again under another rule set or term; zero, with why, when it does not fit."""
    line.facts = claims.on_contract(line.facts, contract, ruleset)
    try:
        revalue(line, contract, ruleset)
    except Invalid as fault:
        _value(line, claims.nothing(fault, ruleset), ruleset)


def valued_until(line: PlanLine) -> date | None:
    """Return the last day that counts in the value of a line; None when it is about no period."""
    told = line.facts.get("end")
    return line.ends_on if told is None else date.fromisoformat(told)


def _within(
    facts: Mapping[str, Any], start: date | None, end: date | None, contract: Contract
) -> dict[str, Any]:
    last = last_day(contract)
    if start is not None and start > last:
        raise Invalid("start", "By then the contract has ended. Choose an earlier day.")
    return {**facts} if end is None else {**facts, "end": min(end, last).isoformat()}


def _value(line: PlanLine, told: Explanation, ruleset: RuleSet) -> None:
    explanation = _cut(told, line.facts, line.ends_on)
    line.value_cents, line.explanation = cents(explanation.amount), explanation.to_json()
    line.rule_set_hash = ruleset.hash


def _cut(told: Explanation, facts: Mapping[str, Any], end: date | None) -> Explanation:
    """Return an explanation that says first up to which day a line counts, when that is sooner than told."""
    if end is None or facts["end"] == end.isoformat():
        return told
    step = Step(UNTIL, params={"day": date.fromisoformat(facts["end"])})
    return replace(told, steps=(step, *told.steps))


def _claim(told: PlanLineFacts) -> EffortClaim:
    return EffortClaim(**told.model_dump(exclude=set(_NO_CLAIM)), submit=False)


def _together(one: Explanation, people: int) -> Explanation:
    if people == 1 or not one.amount:
        return one
    amount = one.amount * people
    params: Params = {"people": people, "each": one.amount}
    return replace(
        one, amount=amount, steps=(*one.steps, Step(TOGETHER, formula=TIMES, params=params, amount=amount))
    )
