"""What a rule set must hold to, beyond the type of each field."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crm.sroi.rules.errors import RuleSetError
from crm.sroi.rules.kinds import VALUED_UNITS, Base, Unit
from crm.sroi.rules.model import Block, BonusRule, ObligationRule, RuleSet
from crm.sroi.rules.numbers import Number, usable
from crm.sroi.rules.sourced import Sourced

MOST = 10**12
IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check_ruleset(ruleset: RuleSet) -> None:
    """Raise `RuleSetError` naming the first part of a rule set that contradicts itself or cannot be."""
    if not IDENTIFIER.fullmatch(ruleset.id):
        raise RuleSetError("id", "An id has small letters and digits, joined by hyphens.")
    if ruleset.valid_from and ruleset.valid_until and ruleset.valid_until < ruleset.valid_from:
        raise RuleSetError("valid_until", "The last day lies before the first day.")
    _no_doubles("blocks", (block.code for block in ruleset.blocks))
    _no_doubles("evidence", (kind.code for kind in ruleset.evidence))
    for block in ruleset.blocks:
        _check_block(ruleset, block)
    _check_valuation(ruleset)
    for cap in ruleset.caps:
        _within("caps.share_pct", cap.share_pct, 100)
        _known_codes("caps.blocks", cap.blocks, ruleset)
    if ruleset.obligation:
        _check_obligation(ruleset.obligation)
    _check_terms(ruleset)


def _check_block(ruleset: RuleSet, block: Block) -> None:
    where = f"blocks.{block.code}"
    if (block.unit in VALUED_UNITS) != (block.value is not None):
        raise RuleSetError(
            f"{where}.value", "A value belongs to units with a fixed value, and only to those."
        )
    if block.or_unit is Unit.BONUS or block.or_unit in VALUED_UNITS:
        raise RuleSetError(f"{where}.or_unit", "The second way to count must use actual amounts.")
    if (block.unit is Unit.BONUS) != (block.bonus is not None):
        raise RuleSetError(f"{where}.bonus", "A bonus needs both the bonus unit and a bonus rule.")
    if (block.unit is Unit.HOUR_DAY_MAXIMUM) != (block.day_max_hours is not None):
        raise RuleSetError(f"{where}.day_max_hours", "A day maximum belongs to the unit with a day maximum.")
    _check_block_numbers(where, block)
    if block.bonus:
        _check_bonus(ruleset, where, block.bonus)
    for code in block.evidence:
        if code not in {kind.code for kind in ruleset.evidence}:
            raise RuleSetError(f"{where}.evidence", "The evidence {code} is not described.", code=code)


def _check_block_numbers(where: str, block: Block) -> None:
    _within(f"{where}.value", block.value, MOST)
    _within(f"{where}.day_max_hours", block.day_max_hours, 24)
    _within(f"{where}.counting_max_months", block.counting_max_months, 1200)
    _within(f"{where}.benefit_min_months", block.benefit_min_months, 1200)
    _within(f"{where}.benefit_max_months", block.benefit_max_months, 1200)
    if block.unlimited and block.counting_max_months is not None:
        raise RuleSetError(f"{where}.counting_max_months", "A block is limited or unlimited, not both.")
    lowest, highest = block.benefit_min_months, block.benefit_max_months
    if lowest is not None and highest is not None and highest <= lowest:
        raise RuleSetError(f"{where}.benefit_max_months", "The longest benefit must exceed the shortest.")


def _check_bonus(ruleset: RuleSet, where: str, bonus: BonusRule) -> None:
    triggers = (bonus.age_from is not None, bonus.age_over is not None, bonus.permanent, bool(bonus.tags))
    if sum(triggers) != 1:
        raise RuleSetError(
            f"{where}.bonus", "A bonus has exactly one of age_from, age_over, permanent, tags."
        )
    _within(f"{where}.bonus.age_from", bonus.age_from, 130)
    _within(f"{where}.bonus.age_over", bonus.age_over, 130)
    _lower_case(f"{where}.bonus.tags", bonus.tags)
    _known_codes(f"{where}.bonus.blocks", bonus.blocks, ruleset)


def _check_valuation(ruleset: RuleSet) -> None:
    rules = ruleset.valuation
    _more_than_zero("valuation.hours_basis", rules.hours_basis, 168)
    _more_than_zero("valuation.factor_cap", rules.factor_cap, 10)
    _more_than_zero("valuation.normal_year_hours", rules.normal_year_hours, 8784)
    _sourced_within("valuation.min_hours_per_week", rules.min_hours_per_week, 168)
    _sourced_within("valuation.start_window_months", rules.start_window_months, 1200)
    _sourced_within("valuation.gap_months", rules.gap_months, 1200)
    _lower_case("valuation.unlimited_tags", rules.unlimited_tags.value)
    for exclusion in rules.exclusions:
        _lower_case("valuation.exclusions.tag", [exclusion.tag])
        _known_codes("valuation.exclusions.blocks", exclusion.blocks, ruleset)


def _check_obligation(rule: ObligationRule) -> None:
    fixed = rule.base.value is Base.FIXED
    if fixed != (rule.fixed_amount is not None):
        raise RuleSetError(
            "obligation.fixed_amount", "A fixed amount belongs to the fixed base, and only there."
        )
    _no_doubles("obligation.percentages", (str(rate.contract_type) for rate in rule.percentages))
    _no_doubles("obligation.thresholds", (str(limit.contract_type) for limit in rule.thresholds))
    for rate in rule.percentages:
        _within("obligation.percentages", rate.value, 100)
    for limit in rule.thresholds:
        _within("obligation.thresholds", limit.value, MOST)
    _sourced_within("obligation.percentage_min", rule.percentage_min, 100)
    _sourced_within("obligation.percentage_max", rule.percentage_max, 100)
    _sourced_within("obligation.fixed_amount", rule.fixed_amount, MOST)
    _sourced_within("obligation.maximum", rule.maximum, MOST)
    if rule.labour_share:
        _within("obligation.labour_share.below_pct", rule.labour_share.below_pct, 100)
        _within("obligation.labour_share.percentage", rule.labour_share.percentage, 100)


def _check_terms(ruleset: RuleSet) -> None:
    _sourced_within("sanctions.repair_days", ruleset.sanctions.repair_days, 3660)
    _sourced_within("sanctions.fine_pct", ruleset.sanctions.fine_pct, 1000)
    _sourced_within("deadlines.first_contact_days", ruleset.deadlines.first_contact_days, 3660)
    _sourced_within("deadlines.plan_days", ruleset.deadlines.plan_days, 3660)
    _more_than_zero("deadlines.report_interval_months", ruleset.deadlines.report_interval_months, 1200)


def _no_doubles(field: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise RuleSetError(field, "{code} is there twice.", code=code)
        seen.add(code)


def _known_codes(field: str, codes: Iterable[str], ruleset: RuleSet) -> None:
    known = {block.code for block in ruleset.blocks}
    for code in codes:
        if code not in known:
            raise RuleSetError(field, "This rule set has no block {code}.", code=code)


def _lower_case(field: str, tags: Iterable[str]) -> None:
    for tag in tags:
        if tag != tag.lower() or not tag.strip():
            raise RuleSetError(field, "Tags are written in lower case.")


def _more_than_zero(field: str, rule: Sourced[Number] | Sourced[int] | None, most: int) -> None:
    _sourced_within(field, rule, most)
    if rule is not None and not rule.value:
        raise RuleSetError(field, "This must be more than 0.")


def _sourced_within(field: str, rule: Sourced[Number] | Sourced[int] | None, most: int) -> None:
    _within(field, None if rule is None else rule.value, most)


def _within(field: str, value: Number | None, most: int) -> None:
    if value is not None and not (usable(value) and 0 <= value <= most):
        raise RuleSetError(field, "This must lie between 0 and {most}.", most=str(most))
