"""An obligation in hours of work, and what it comes to in euro.

PIANOo names the hours worked as a third base, beside the contract price and the wage bill.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from crm.sroi.rules.draft import Draft
from crm.sroi.rules.errors import FactsError
from crm.sroi.rules.explanation import Params, Term
from crm.sroi.rules.facts import ObligationFacts
from crm.sroi.rules.kinds import Base
from crm.sroi.rules.model import ObligationRule
from crm.sroi.rules.numbers import Number
from crm.sroi.rules.sourced import Sourced

OF_WORK = "Hours of work of the contract"
OF_WORK_FORMULA = "{hours} hours"
OWED = "Obligation in hours"
OWED_FORMULA = "{percentage} % × {hours} hours = {owed} hours"
WORTH = "What those hours are worth"
WORTH_FORMULA = "{owed} hours × {value} euro"
BASE_ASSUMED = "The base of the obligation is assumed: {base}."
VALUE_ASSUMED = "The value of {value} euro an hour is assumed."


def contract_hours(rule: ObligationRule, facts: ObligationFacts, draft: Draft) -> Number:
    """Return the hours of work of a contract; raises `FactsError` when they are not given."""
    hours = facts.contract_hours
    if hours is None:
        raise FactsError("contract_hours", "Give the hours of work of the contract.")
    if rule.base.assumed:
        draft.note(BASE_ASSUMED, {"base": Term(OF_WORK)})
    params: Params = {"hours": hours}
    draft.tell(OF_WORK, OF_WORK_FORMULA, params, source=rule.base.source, assumed=rule.base.assumed)
    return hours


def hours_in_euros(
    base: Sourced[Base], value: Sourced[Decimal], hours: Number, percentage: Number, draft: Draft
) -> Fraction:
    """Return what a percentage of the hours comes to in euro, at a value an hour."""
    owed = Fraction(hours) * Fraction(percentage) / 100
    told: Params = {"percentage": percentage, "hours": hours, "owed": owed}
    draft.tell(OWED, OWED_FORMULA, told, source=base.source, assumed=base.assumed)
    if value.assumed:
        draft.note(VALUE_ASSUMED, {"value": value.value})
    amount = owed * Fraction(value.value)
    params: Params = {"owed": owed, "value": value.value}
    draft.show(WORTH, WORTH_FORMULA, params, amount, value.source, value.assumed)
    return amount
