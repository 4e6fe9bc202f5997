"""What a rule set must hold to, beyond the type of each field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crm.sroi.rules.errors import RuleSetError
from crm.sroi.rules.kinds import VALUED_UNITS, Base, CapBase, Unit
from crm.sroi.rules.model import Block, BonusRule, ObligationRule, RuleSet
from crm.sroi.rules.numbers import Number, usable
from crm.sroi.rules.sourced import Sourced
from crm.sroi.rules.terms import Cap, Certificate, LadderStep

MOST = 10**12
IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


Faults = Iterator[RuleSetError]


def check_ruleset(ruleset: RuleSet) -> None:
    """Raise `RuleSetError` naming the first part of a rule set that contradicts itself or cannot be."""
    for fault in contradictions(ruleset):
        raise fault


def contradictions(ruleset: RuleSet) -> Faults:
    """Yield every part of a rule set that contradicts itself or cannot be.

    `field` of each names the part: keys joined by dots, entries of a list by their code or else their place
    (from 0).
    """
    if not IDENTIFIER.fullmatch(ruleset.id):
        yield RuleSetError("id", "An id has small letters and digits, joined by hyphens.")
    if ruleset.valid_from and ruleset.valid_until and ruleset.valid_until < ruleset.valid_from:
        yield RuleSetError("valid_until", "The last day lies before the first day.")
    yield from _no_doubles("blocks", (block.code for block in ruleset.blocks))
    yield from _no_doubles("evidence", (kind.code for kind in ruleset.evidence))
    for block in ruleset.blocks:
        yield from _check_block(ruleset, block)
    yield from _check_valuation(ruleset)
    for place, cap in enumerate(ruleset.caps):
        yield from _check_cap(ruleset, f"caps.{place}", cap)
    if ruleset.obligation:
        yield from _check_obligation(ruleset.obligation)
    yield from _check_terms(ruleset)
    yield from _check_ladder(ruleset.sanctions.ladder)
    yield from _check_certificates(ruleset.certificates)


def _check_block(ruleset: RuleSet, block: Block) -> Faults:
    where = f"blocks.{block.code}"
    if (block.unit in VALUED_UNITS) != (block.value is not None):
        yield RuleSetError(
            f"{where}.value", "A value belongs to units with a fixed value, and only to those."
        )
    if block.or_unit is Unit.BONUS or block.or_unit in VALUED_UNITS:
        yield RuleSetError(f"{where}.or_unit", "The second way to count must use actual amounts.")
    if (block.unit is Unit.BONUS) != (block.bonus is not None):
        yield RuleSetError(f"{where}.bonus", "A bonus needs both the bonus unit and a bonus rule.")
    if (block.unit is Unit.HOUR_DAY_MAXIMUM) != (block.day_max_hours is not None):
        yield RuleSetError(f"{where}.day_max_hours", "A day maximum belongs to the unit with a day maximum.")
    yield from _check_block_numbers(where, block)
    if block.bonus:
        yield from _check_bonus(ruleset, where, block.bonus)
    for code in block.evidence:
        if code not in {kind.code for kind in ruleset.evidence}:
            yield RuleSetError(f"{where}.evidence", "The evidence {code} is not described.", code=code)


def _check_block_numbers(where: str, block: Block) -> Faults:
    yield from _within(f"{where}.value", block.value, MOST)
    yield from _within(f"{where}.day_max_hours", block.day_max_hours, 24)
    yield from _within(f"{where}.counting_max_months", block.counting_max_months, 1200)
    yield from _within(f"{where}.benefit_min_months", block.benefit_min_months, 1200)
    yield from _within(f"{where}.benefit_max_months", block.benefit_max_months, 1200)
    if block.unlimited and block.counting_max_months is not None:
        yield RuleSetError(f"{where}.counting_max_months", "A block is limited or unlimited, not both.")
    lowest, highest = block.benefit_min_months, block.benefit_max_months
    if lowest is not None and highest is not None and highest <= lowest:
        yield RuleSetError(f"{where}.benefit_max_months", "The longest benefit must exceed the shortest.")


def _check_bonus(ruleset: RuleSet, where: str, bonus: BonusRule) -> Faults:
    triggers = (bonus.age_from is not None, bonus.age_over is not None, bonus.permanent, bool(bonus.tags))
    if sum(triggers) != 1:
        yield RuleSetError(
            f"{where}.bonus", "A bonus has exactly one of age_from, age_over, permanent, tags."
        )
    yield from _within(f"{where}.bonus.age_from", bonus.age_from, 130)
    yield from _within(f"{where}.bonus.age_over", bonus.age_over, 130)
    yield from _lower_case(f"{where}.bonus.tags", bonus.tags)
    yield from _known_codes(f"{where}.bonus.blocks", bonus.blocks, ruleset)


def _check_valuation(ruleset: RuleSet) -> Faults:
    rules = ruleset.valuation
    yield from _more_than_zero("valuation.hours_basis", rules.hours_basis, 168)
    yield from _more_than_zero("valuation.factor_cap", rules.factor_cap, 10)
    yield from _more_than_zero("valuation.normal_year_hours", rules.normal_year_hours, 8784)
    yield from _sourced_within("valuation.min_hours_per_week", rules.min_hours_per_week, 168)
    yield from _sourced_within("valuation.start_window_months", rules.start_window_months, 1200)
    yield from _sourced_within("valuation.gap_months", rules.gap_months, 1200)
    yield from _lower_case("valuation.unlimited_tags", rules.unlimited_tags.value)
    for place, exclusion in enumerate(rules.exclusions):
        where = f"valuation.exclusions.{place}"
        yield from _lower_case(f"{where}.tag", [exclusion.tag])
        yield from _known_codes(f"{where}.blocks", exclusion.blocks, ruleset)


def _check_obligation(rule: ObligationRule) -> Faults:
    fixed = rule.base.value is Base.FIXED
    if fixed != (rule.fixed_amount is not None):
        yield RuleSetError(
            "obligation.fixed_amount", "A fixed amount belongs to the fixed base, and only there."
        )
    if (rule.base.value is Base.HOURS) != (rule.hour_value_eur is not None):
        yield RuleSetError(
            "obligation.hour_value_eur", "The value of an hour belongs to the base hours, and only there."
        )
    yield from _more_than_zero("obligation.hour_value_eur", rule.hour_value_eur, MOST)
    yield from _no_doubles("obligation.percentages", (str(rate.contract_type) for rate in rule.percentages))
    yield from _no_doubles("obligation.thresholds", (str(limit.contract_type) for limit in rule.thresholds))
    for place, rate in enumerate(rule.percentages):
        yield from _within(f"obligation.percentages.{place}.value", rate.value, 100)
    for place, limit in enumerate(rule.thresholds):
        yield from _within(f"obligation.thresholds.{place}.value", limit.value, MOST)
    yield from _sourced_within("obligation.percentage_min", rule.percentage_min, 100)
    yield from _sourced_within("obligation.percentage_max", rule.percentage_max, 100)
    yield from _sourced_within("obligation.fixed_amount", rule.fixed_amount, MOST)
    yield from _sourced_within("obligation.maximum", rule.maximum, MOST)
    if rule.labour_share:
        yield from _within("obligation.labour_share.below_pct", rule.labour_share.below_pct, 100)
        yield from _within("obligation.labour_share.percentage", rule.labour_share.percentage, 100)


def _check_cap(ruleset: RuleSet, where: str, cap: Cap) -> Faults:
    yield from _within(f"{where}.share_pct", cap.share_pct, 100)
    yield from _known_codes(f"{where}.blocks", cap.blocks, ruleset)
    yield from _lower_case(f"{where}.tags", cap.tags)
    if cap.base_kinds and cap.base is not CapBase.APPROVED:
        yield RuleSetError(f"{where}.base_kinds", "Kinds of the base belong to the base approved.")


def _check_ladder(ladder: tuple[LadderStep, ...]) -> Faults:
    yield from _no_doubles("sanctions.ladder", (step.code for step in ladder))
    before = 0
    for step in ladder:
        where = f"sanctions.ladder.{step.code}.after_days"
        yield from _within(where, step.after_days, 3660)
        if step.after_days < before:
            yield RuleSetError(where, "The steps of the ladder stand in order of days.")
        before = max(before, step.after_days)


def _check_certificates(certificates: tuple[Certificate, ...]) -> Faults:
    yield from _no_doubles("certificates", (one.code for one in certificates))
    for one in certificates:
        yield from _lower_case(f"certificates.{one.code}.code", [one.code])
        yield from _within(
            f"certificates.{one.code}.obligation_discount_pct", one.obligation_discount_pct, 100
        )
        yield from _within(f"certificates.{one.code}.purchasing_share_pct", one.purchasing_share_pct, 100)


def _check_terms(ruleset: RuleSet) -> Faults:
    yield from _sourced_within("sanctions.repair_days", ruleset.sanctions.repair_days, 3660)
    yield from _sourced_within("sanctions.fine_pct", ruleset.sanctions.fine_pct, 1000)
    yield from _sourced_within("deadlines.first_contact_days", ruleset.deadlines.first_contact_days, 3660)
    yield from _sourced_within("deadlines.plan_days", ruleset.deadlines.plan_days, 3660)
    yield from _more_than_zero(
        "deadlines.report_interval_months", ruleset.deadlines.report_interval_months, 1200
    )


def _no_doubles(field: str, codes: Iterable[str]) -> Faults:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            yield RuleSetError(field, "{code} is there twice.", code=code)
        seen.add(code)


def _known_codes(field: str, codes: Iterable[str], ruleset: RuleSet) -> Faults:
    known = {block.code for block in ruleset.blocks}
    for code in codes:
        if code not in known:
            yield RuleSetError(field, "This rule set has no block {code}.", code=code)


def _lower_case(field: str, tags: Iterable[str]) -> Faults:
    for tag in tags:
        if tag != tag.lower() or not tag.strip():
            yield RuleSetError(field, "Tags are written in lower case.")


def _more_than_zero(field: str, rule: Sourced[Number] | Sourced[int] | None, most: int) -> Faults:
    yield from _sourced_within(field, rule, most)
    if rule is not None and not rule.value:
        yield RuleSetError(field, "This must be more than 0.")


def _sourced_within(field: str, rule: Sourced[Number] | Sourced[int] | None, most: int) -> Faults:
    yield from _within(field, None if rule is None else rule.value, most)


def _within(field: str, value: Number | None, most: int) -> Faults:
    if value is not None and not (usable(value) and 0 <= value <= most):
        yield RuleSetError(field, "This must lie between 0 and {most}.", most=str(most))
