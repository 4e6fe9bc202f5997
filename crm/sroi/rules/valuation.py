"""The value of an effort ("inspanningswaarde"), with every step shown.

The value is a fictitious amount that the buyer agreed on; it is neither wage nor cost, except for the units
that count actual amounts.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from crm.sroi.rules.bonuses import add_bonuses
from crm.sroi.rules.certificates import counted_share
from crm.sroi.rules.draft import Draft
from crm.sroi.rules.eligibility import refusal
from crm.sroi.rules.errors import FactsError
from crm.sroi.rules.explanation import Explanation, Params, Value
from crm.sroi.rules.facts import Facts
from crm.sroi.rules.kinds import Kind, ProRata, Unit
from crm.sroi.rules.model import Block, RuleSet
from crm.sroi.rules.numbers import Number
from crm.sroi.rules.periods import stretches
from crm.sroi.rules.worktime import counted, portions

TABLE_VALUE = {
    Unit.FULL_TIME_YEAR: "Value of {block} for a full-time year",
    Unit.MONTH: "Value of {block} for a month",
    Unit.LEARNING_YEAR: "Value of {block} for a learning year",
    Unit.HOUR: "Value of {block} for an hour",
    Unit.EMPLOYEE_HOUR: "Value of {block} for an hour of an employee",
    Unit.HOUR_DAY_MAXIMUM: "Value of {block} for an hour, at most {most} hours a day",
}
HOUR_UNITS = frozenset({Unit.HOUR, Unit.EMPLOYEE_HOUR})
LABOUR_ONLY = frozenset({Unit.LABOUR_COST, Unit.WAGE_COST})
PART_OF_PURCHASE = "Part of a purchase that counts"
PER_CENT = "{share} % × {amount}"
PART_OF_YEAR = "Part of a full-time year that counts"
MONTHS = "Months that count"
HOURS = "Hours that count"
HOURS_ON_DAYS = "Hours that count: at most {most} a day, on {days} days"
LEARNING_YEARS = "Learning years that count"
PER_MONTH = "{value} × {months}"
PER_HOUR = "{value} × {hours}"
PER_HOUR_LIMITED = "{value} × min({hours}; {most} × {days})"
PER_LEARNING_YEAR = "{value} × {years}"
PER_LEARNING_MONTH = "{value} × {months}/12"
AMOUNT = "{amount}"
ACTUAL = {
    Unit.INVOICE: "Invoice excl. VAT of {block}",
    Unit.COST_EXCL_VAT: "Actual cost excl. VAT of {block}",
    Unit.COST: "Actual cost of {block}",
    Unit.LABOUR_COST: "Actual labour cost of {block}",
    Unit.WAGE_COST: "Actual wage cost of {block}",
    Unit.AGREEMENT: "Value agreed for {block}",
}
MONTHS_ASSUMED = "A month counts in full, whatever the hours; the publication does not mention hours."
LEARNING_ASSUMED = "A learning year counts by months of twelve, whatever the hours; no formula is published."
ONE_DAY_ASSUMED = "No dates were given; all hours are taken to be of one day."
ONE_WAY = "The cost given beside the hours is not counted as well."
BLOCK_ASSUMED = "The value of {block} is assumed or uncertain in the publication."
SECOND_WAY_ASSUMED = "Counting {block} by actual amounts is our reading of the publication."


def value_effort(ruleset: RuleSet, facts: Facts) -> Explanation:
    """Return the value in euro of one effort under a rule set, never negative and rounded once.

    A value of zero says in a step why. An effort of one person without an end is valued up to `end` or for
    `months`. Raises `FactsError` naming the fact that is missing or does not fit.
    """
    block = ruleset.block(facts.block)
    if block.unit is Unit.BONUS:
        raise FactsError("block", "{code} is a bonus on top of another block.", code=block.code)
    draft = Draft(ruleset)
    refused = refusal(ruleset, block, facts, draft)
    if refused:
        return draft.refuse(refused.label, "", refused.params, refused.source, refused.assumed)
    if block.assumed:
        draft.note(BLOCK_ASSUMED, {"block": block.name})
    _VALUERS[block.unit](block, facts, draft)
    return draft.finish()


Valuer = Callable[[Block, Facts, Draft], None]


def _table_value(block: Block, draft: Draft) -> Fraction:
    params: dict[str, Value] = {"block": block.name, "value": block.value or 0}
    if block.day_max_hours is not None:
        params["most"] = block.day_max_hours
    value = block.value or Decimal(0)
    draft.show(TABLE_VALUE[block.unit], "{value}", params, value, block.source, block.assumed)
    return Fraction(value)


def _full_time_year(block: Block, facts: Facts, draft: Draft) -> None:
    value = _table_value(block, draft)
    parts = portions(draft.ruleset, block, facts, draft)
    for part in parts:
        params = {"value": block.value or 0, **part.params}
        rule = draft.ruleset.valuation.pro_rata
        draft.add(PART_OF_YEAR, part.formula, params, value * part.factor, rule.source, part.assumed)
    add_bonuses(draft.ruleset, block, facts, parts, draft)


def _months(block: Block, facts: Facts, draft: Draft) -> Fraction:
    by_days = draft.ruleset.valuation.pro_rata.value is ProRata.CALENDAR_DAYS
    shares = counted(draft.ruleset, block, facts, stretches(facts, by_days), draft)
    return sum((share.months for share in shares), Fraction(0))


def _month(block: Block, facts: Facts, draft: Draft) -> None:
    value = _table_value(block, draft)
    months = _months(block, facts, draft)
    params: Params = {"value": block.value or 0, "months": months}
    draft.note(MONTHS_ASSUMED)
    draft.add(MONTHS, PER_MONTH, params, value * months, block.source, True)


def _learning_year(block: Block, facts: Facts, draft: Draft) -> None:
    value = _table_value(block, draft)
    told = facts.quantity
    if told is not None:
        years: Params = {"value": block.value or 0, "years": told}
        draft.add(LEARNING_YEARS, PER_LEARNING_YEAR, years, value * Fraction(told), block.source, False)
        return
    months = _months(block, facts, draft)
    draft.note(LEARNING_ASSUMED)
    params: Params = {"value": block.value or 0, "months": months}
    draft.add(LEARNING_YEARS, PER_LEARNING_MONTH, params, value * months / 12, block.source, True)


def _hours(block: Block, facts: Facts, draft: Draft) -> None:
    if facts.quantity is None and block.or_unit is not None:
        _second_way(block, facts, draft)
        return
    hours = _needed("quantity", facts.quantity, "Give the number of hours.")
    value = _table_value(block, draft)
    if block.or_unit is not None and facts.amount_eur is not None:
        draft.note(ONE_WAY)
    params: Params = {"value": block.value or 0, "hours": hours}
    draft.add(HOURS, PER_HOUR, params, value * Fraction(hours), block.source, False)


def _hours_with_day_maximum(block: Block, facts: Facts, draft: Draft) -> None:
    hours = _needed("quantity", facts.quantity, "Give the number of hours.")
    value = _table_value(block, draft)
    most = Fraction(block.day_max_hours or 0)
    days = 1
    if facts.start and facts.end:
        days = (facts.end - facts.start).days + 1
    else:
        draft.note(ONE_DAY_ASSUMED)
    params: Params = {"value": block.value or 0, "hours": hours, "most": most, "days": days}
    amount = value * min(Fraction(hours), most * days)
    assumed = not (facts.start and facts.end)
    draft.add(HOURS_ON_DAYS, PER_HOUR_LIMITED, params, amount, block.source, assumed)


def _amount(block: Block, facts: Facts, draft: Draft) -> None:
    if facts.amount_eur is None and block.or_unit is not None:
        _second_way(block, facts, draft)
        return
    amount = _needed("amount_eur", facts.amount_eur, "Give the amount in euro, excl. VAT.")
    _count_actual(block, block.unit, amount, facts, draft)


def _labour(block: Block, facts: Facts, draft: Draft) -> None:
    amount = _needed("labour_amount_eur", facts.labour_amount_eur, "Give the labour cost in euro.")
    _count_actual(block, block.unit, amount, facts, draft)


def _wage(block: Block, facts: Facts, draft: Draft) -> None:
    told = facts.amount_eur if facts.labour_amount_eur is None else facts.labour_amount_eur
    amount = _needed("labour_amount_eur", told, "Give the wage cost in euro, employer costs included.")
    _count_actual(block, block.unit, amount, facts, draft)


def _second_way(block: Block, facts: Facts, draft: Draft) -> None:
    unit = block.or_unit or block.unit
    told = facts.labour_amount_eur if unit is Unit.LABOUR_COST else facts.amount_eur
    if block.unit in HOUR_UNITS:
        amount = _needed("quantity", told, "Give the hours or the actual amount.")
    else:
        amount = _needed("amount_eur", told, "Give the amount or the labour cost, in euro.")
    if block.or_assumed:
        draft.note(SECOND_WAY_ASSUMED, {"block": block.name})
    _count_actual(block, unit, amount, facts, draft)


def _count_actual(block: Block, unit: Unit, amount: Number, facts: Facts, draft: Draft) -> None:
    params: Params = {"block": block.name, "amount": amount}
    assumed = block.assumed or (unit is not block.unit and block.or_assumed)
    share = None
    if block.kind is Kind.PURCHASING and unit not in LABOUR_ONLY:
        share = counted_share(draft.ruleset, facts.supplier_certificate, draft)
    if share is None:
        draft.add(ACTUAL[unit], AMOUNT, params, Fraction(amount), block.source, assumed)
        return
    draft.show(ACTUAL[unit], AMOUNT, params, Fraction(amount), block.source, assumed)
    part: Params = {"amount": amount, "share": share.pct}
    exact = Fraction(amount) * Fraction(share.pct) / 100
    draft.add(PART_OF_PURCHASE, PER_CENT, part, exact, share.source, share.assumed)


def _needed(field: str, value: Number | None, message: str) -> Number:
    if value is None:
        raise FactsError(field, message)
    return value


_VALUERS: dict[Unit, Valuer] = {
    Unit.FULL_TIME_YEAR: _full_time_year,
    Unit.MONTH: _month,
    Unit.LEARNING_YEAR: _learning_year,
    Unit.HOUR: _hours,
    Unit.EMPLOYEE_HOUR: _hours,
    Unit.HOUR_DAY_MAXIMUM: _hours_with_day_maximum,
    Unit.INVOICE: _amount,
    Unit.COST_EXCL_VAT: _amount,
    Unit.COST: _amount,
    Unit.AGREEMENT: _amount,
    Unit.LABOUR_COST: _labour,
    Unit.WAGE_COST: _wage,
}
