"""Bonuses on top of a block: for age, a permanent contract, or a group that the tags name."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from crm.sroi.rules.draft import Draft
from crm.sroi.rules.eligibility import reference_day
from crm.sroi.rules.errors import FactsError
from crm.sroi.rules.facts import Facts
from crm.sroi.rules.kinds import Stacking, Unit
from crm.sroi.rules.model import Block, BonusRule, RuleSet
from crm.sroi.rules.worktime import Portion

PRO_RATA_BONUS_ASSUMED = (
    "The bonus follows the hours and months of the work; the publication does not say so."
)
FLAT_BONUS_ASSUMED = "The bonus counts in full, whatever the hours; the publication does not say so."
HIGHEST_ASSUMED = "Of several bonuses only the highest is counted; the publication does not say so."
STACK_ASSUMED = "Bonuses are added up; the publication does not say so."
TRIGGER_ASSUMED = "Who gets the bonus {bonus} is our reading of the publication."
BONUS = "Bonus: {bonus}"
FLAT = "{value}"


def age_on(birth_date: date, day: date) -> int:
    """Return the age in whole years on a day; somebody born on 29 February has a birthday on 1 March."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def add_bonuses(ruleset: RuleSet, block: Block, facts: Facts, portions: list[Portion], draft: Draft) -> None:
    """Add the bonuses that the facts earn on a block, one step per part of the period.

    An effort without value earns none. Raises `FactsError` when the age cannot be known.
    """
    if block.unit is not Unit.FULL_TIME_YEAR or not any(portion.factor for portion in portions):
        return
    earned = [bonus for bonus in ruleset.bonuses if _earned(ruleset, block, bonus, facts, draft)]
    for bonus in _chosen(ruleset, earned, draft):
        _add(ruleset, bonus, portions, draft)


def _earned(ruleset: RuleSet, block: Block, bonus: Block, facts: Facts, draft: Draft) -> bool:
    rule = bonus.bonus
    if rule is None or (rule.blocks and block.code not in rule.blocks):
        return False
    if rule.permanent:
        return facts.permanent
    if rule.tags:
        return bonus.code.lower() in facts.tags or not facts.tags.isdisjoint(rule.tags)
    return _old_enough(ruleset, rule, facts, draft)


def _old_enough(ruleset: RuleSet, rule: BonusRule, facts: Facts, draft: Draft) -> bool:
    if facts.age is None and facts.birth_date is None:
        return False
    age = _age(ruleset, facts, draft)
    if rule.age_from is not None:
        return age >= rule.age_from
    return rule.age_over is not None and age > rule.age_over


def _age(ruleset: RuleSet, facts: Facts, draft: Draft) -> int:
    if facts.birth_date is None:
        return facts.age or 0
    day = reference_day(ruleset, facts, draft)
    if day < facts.birth_date:
        raise FactsError("birth_date", "The birth date lies after the reference date.")
    age = age_on(facts.birth_date, day)
    if facts.age is not None and facts.age != age:
        raise FactsError("age", "The age does not fit the birth date on the reference date.")
    return age


def _chosen(ruleset: RuleSet, earned: list[Block], draft: Draft) -> list[Block]:
    stacking = ruleset.valuation.bonus_stacking
    highest_only = stacking.value is Stacking.HIGHEST_ONLY
    best: dict[str, Block] = {}
    for bonus in earned:
        group = "" if highest_only or bonus.bonus is None else bonus.bonus.highest_of or bonus.code
        if group not in best or (bonus.value or 0) > (best[group].value or 0):
            best[group] = bonus
    if len(best) < len(earned):
        draft.note(HIGHEST_ASSUMED)
    if len(best) > 1 and stacking.assumed:
        draft.note(STACK_ASSUMED)
    return list(best.values())


def _add(ruleset: RuleSet, bonus: Block, portions: list[Portion], draft: Draft) -> None:
    pro_rata = ruleset.valuation.bonus_pro_rata
    value, name = bonus.value or 0, bonus.name
    reading = bonus.bonus is not None and bonus.bonus.assumed
    if reading:
        draft.note(TRIGGER_ASSUMED, {"bonus": name})
    if pro_rata.assumed:
        draft.note(PRO_RATA_BONUS_ASSUMED if pro_rata.value else FLAT_BONUS_ASSUMED)
    assumed = reading or pro_rata.assumed
    if not pro_rata.value:
        draft.add(BONUS, FLAT, {"bonus": name, "value": value}, Fraction(value), bonus.source, assumed)
        return
    for portion in portions:
        params = {"bonus": name, "value": value, **portion.params}
        draft.add(BONUS, portion.formula, params, Fraction(value) * portion.factor, bonus.source, assumed)
