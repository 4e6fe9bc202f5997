"""The part of a full-time year that somebody worked: weekly hours, months, limits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from crm.sroi.rules.draft import Draft
from crm.sroi.rules.errors import FactsError
from crm.sroi.rules.explanation import Explanation, Params
from crm.sroi.rules.facts import Facts
from crm.sroi.rules.kinds import ProRata
from crm.sroi.rules.model import Block, RuleSet, Valuation
from crm.sroi.rules.numbers import Number
from crm.sroi.rules.periods import Share, limited, stretches, told_months
from crm.sroi.rules.sourced import Sourced
from crm.sroi.rules.spells import room_left

NO_ROOM = "No value: the limit of {limit} months was used up before"
LIMIT = "At most {limit} months count"
LIMIT_FORMULA = "min({months}; {limit}) = {counted}"
LIMIT_LIFTED = "The limit of {limit} months does not apply"
TOO_FEW = "No value: {hours} hours a week is under the minimum of {least}"
TOO_FEW_FORMULA = "{hours} < {least}"
TOO_FEW_ASSUMED = "Hours under the weekly minimum are taken to have no value."
MINIMUM_UNCHECKED = "The minimum of {least} hours a week was not checked: the weekly hours are not known."
CAPPED = "More hours than full time count as full time."
BASIS_ASSUMED = "The publication does not say how many hours full time is; {basis} hours a week is used."
NO_BASIS = "The weekly hours are not counted: the rule set names no full-time hours."
PRO_RATA_ASSUMED = (
    "Pro rata is hours a week ÷ full-time hours × months ÷ 12, part months by their days; "
    "no formula is published."
)
BY_DAYS_ASSUMED = (
    "Pro rata is hours a week ÷ full-time hours × days ÷ days of the year; no formula is published."
)
BY_CALENDAR = "The worked hours were not given; weekly hours and calendar months are used in their place."
YEAR_HOURS_ASSUMED = "The normal year of the contractor is taken to be {year} hours."

PART = "{value} × {hours}/{basis} × {months}/12"
PART_NO_HOURS = "{value} × {months}/12"
PART_WORKED = "{value} × {hours}/{year}"


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a full-time year, with the formula that shows how it was found (without `{value}`)."""

    factor: Fraction
    formula: str
    params: Params
    assumed: bool


def portions(ruleset: RuleSet, block: Block, facts: Facts, draft: Draft) -> list[Portion]:
    """Return the parts of a full-time year that count for an effort, in order of time.

    Empty when every hour lies under the weekly minimum; the reason is then a step of the draft.
    Raises `FactsError` when hours or period are missing.
    """
    rules = ruleset.valuation
    if rules.pro_rata.value is ProRata.WORKED_HOURS and facts.worked_hours is not None:
        return _worked(rules, block, facts, draft)
    _note_calendar(rules, draft)
    if facts.hours_per_week is None and rules.hours_basis is not None:
        raise FactsError("hours_per_week", "Give the hours a week.")
    by_days = rules.pro_rata.value is ProRata.CALENDAR_DAYS
    shares = _enough(rules, counted(ruleset, block, facts, stretches(facts, by_days), draft), draft)
    return [_portion(rules, share, draft) for share in shares]


def counted(ruleset: RuleSet, block: Block, facts: Facts, shares: list[Share], draft: Draft) -> list[Share]:
    """Return the stretches up to the counting limit of the block, in order of time."""
    limit = block.counting_max_months
    if limit is None:
        return shares
    rules = ruleset.valuation
    months = sum((share.months for share in shares), Fraction(0))
    if _lifted(rules, facts):
        rule = rules.unlimited_tags
        draft.tell(LIMIT_LIFTED, "", {"limit": limit}, source=rule.source, assumed=rule.assumed)
        return shares
    room = room_left(rules, limit, facts, draft)
    if months > room:
        _tell_limit(block, months, room, draft)
    return limited(shares, room)


def share_that_counted(value: Explanation) -> Fraction:
    """Return the part of the time of an effort that its limit let count, at most 1, as it was explained."""
    for step in value.steps:
        if step.label == LIMIT:
            months, counted_months = step.params["months"], step.params["counted"]
            return Fraction(str(counted_months)) / Fraction(str(months))
    return Fraction(1)


def _tell_limit(block: Block, months: Fraction, room: Fraction, draft: Draft) -> None:
    if not room:
        draft.tell(NO_ROOM, "", {"limit": block.counting_max_months or 0}, source=block.source)
        return
    params: Params = {"limit": room, "months": months, "counted": room}
    draft.tell(LIMIT, LIMIT_FORMULA, params, source=block.source)


def _lifted(rules: Valuation, facts: Facts) -> bool:
    return not facts.tags.isdisjoint(rules.unlimited_tags.value)


def _enough(rules: Valuation, shares: list[Share], draft: Draft) -> list[Share]:
    minimum = rules.min_hours_per_week
    if minimum is None:
        return shares
    kept = []
    for share in shares:
        if share.hours is None:
            draft.note(MINIMUM_UNCHECKED, {"least": minimum.value})
        if share.hours is None or share.hours >= minimum.value:
            kept.append(share)
        else:
            _tell_too_few(minimum, share.hours, draft)
    return kept


def _tell_too_few(minimum: Sourced[Decimal], hours: Number | Fraction, draft: Draft) -> None:
    params: Params = {"hours": hours, "least": minimum.value}
    draft.tell(TOO_FEW, TOO_FEW_FORMULA, params, source=minimum.source, assumed=True)
    draft.note(TOO_FEW_ASSUMED)


def _portion(rules: Valuation, share: Share, draft: Draft) -> Portion:
    basis = rules.hours_basis
    if basis is None or share.hours is None:
        draft.note(NO_BASIS)
        return Portion(share.months / 12, PART_NO_HOURS, {"months": share.months}, True)
    if basis.assumed:
        draft.note(BASIS_ASSUMED, {"basis": basis.value})
    most = basis.value * rules.factor_cap.value
    capped = share.hours > most
    if capped and rules.factor_cap.assumed:
        draft.note(CAPPED)
    hours = most if capped else share.hours
    params: Params = {"hours": hours, "basis": basis.value, "months": share.months}
    return Portion(_factor(hours, basis.value, share.months), PART, params, _is_assumed(rules, basis, capped))


def _is_assumed(rules: Valuation, basis: Sourced[Decimal], capped: bool) -> bool:
    by_calendar_after_all = rules.pro_rata.value is ProRata.WORKED_HOURS
    return (
        rules.pro_rata.assumed
        or by_calendar_after_all
        or basis.assumed
        or (capped and rules.factor_cap.assumed)
    )


def _factor(hours: Number, basis: Decimal, months: Fraction) -> Fraction:
    top, bottom = hours.as_integer_ratio()
    full_top, full_bottom = basis.as_integer_ratio()
    return Fraction(top * full_bottom * months.numerator, bottom * full_top * months.denominator * 12)


def _note_calendar(rules: Valuation, draft: Draft) -> None:
    if rules.pro_rata.value is ProRata.WORKED_HOURS:
        draft.note(BY_CALENDAR)
    elif rules.pro_rata.assumed:
        by_days = rules.pro_rata.value is ProRata.CALENDAR_DAYS
        draft.note(BY_DAYS_ASSUMED if by_days else PRO_RATA_ASSUMED)


def _worked(rules: Valuation, block: Block, facts: Facts, draft: Draft) -> list[Portion]:
    year = _normal_year(rules, draft)
    hours = Fraction(facts.worked_hours or 0)
    months = _known_months(facts)
    if _too_few_worked(rules, facts, hours, months, draft):
        return []
    hours = _at_most(rules, block, facts, hours, year, draft)
    if months is not None and hours > year * months / 12 * Fraction(rules.factor_cap.value):
        hours = year * months / 12 * Fraction(rules.factor_cap.value)
        draft.note(CAPPED)
    assumed = rules.normal_year_hours is None or rules.normal_year_hours.assumed
    return [Portion(hours / year, PART_WORKED, {"hours": hours, "year": year}, assumed)]


def _normal_year(rules: Valuation, draft: Draft) -> Fraction:
    told, basis = rules.normal_year_hours, rules.hours_basis
    if told is not None:
        year = Fraction(told.value)
    elif basis is not None:
        year = Fraction(basis.value) * 52
    else:
        raise FactsError("worked_hours", "This rule set does not say how many hours a normal year has.")
    if told is None or told.assumed:
        draft.note(YEAR_HOURS_ASSUMED, {"year": year})
    return year


def _at_most(
    rules: Valuation, block: Block, facts: Facts, hours: Fraction, year: Fraction, draft: Draft
) -> Fraction:
    limit = block.counting_max_months
    if limit is None:
        return hours
    if _lifted(rules, facts):
        _tell_lifted_hours(rules, limit, hours, year, draft)
        return hours
    room = room_left(rules, limit, facts, draft)
    if hours <= year * room / 12:
        return hours
    _tell_limit(block, 12 * hours / year, room, draft)
    return year * room / 12


def _tell_lifted_hours(rules: Valuation, limit: int, hours: Fraction, year: Fraction, draft: Draft) -> None:
    if hours > year * limit / 12:
        draft.tell(LIMIT_LIFTED, "", {"limit": limit}, source=rules.unlimited_tags.source)


def _known_months(facts: Facts) -> Fraction | None:
    if facts.months is None and not (facts.start and facts.end):
        return None
    return told_months(facts)


def _too_few_worked(
    rules: Valuation, facts: Facts, hours: Fraction, months: Fraction | None, draft: Draft
) -> bool:
    minimum = rules.min_hours_per_week
    weekly = _weekly(facts, hours, months)
    if minimum is None:
        return False
    if weekly is None:
        draft.note(MINIMUM_UNCHECKED, {"least": minimum.value})
        return False
    if weekly >= minimum.value:
        return False
    _tell_too_few(minimum, weekly, draft)
    return True


def _weekly(facts: Facts, hours: Fraction, months: Fraction | None) -> Number | Fraction | None:
    if facts.hours_per_week is not None and not isinstance(facts.hours_per_week, tuple):
        return facts.hours_per_week
    return hours * 3 / (13 * months) if months else None
