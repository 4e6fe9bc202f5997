"""The obligation of a contract ("SROI-verplichting"): base, threshold, percentage, maximum."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from crm.sroi.rules.certificates import less_discount
from crm.sroi.rules.draft import Draft
from crm.sroi.rules.errors import FactsError
from crm.sroi.rules.explanation import Explanation, Params, Term
from crm.sroi.rules.facts import ObligationFacts
from crm.sroi.rules.hours_base import contract_hours, hours_in_euros
from crm.sroi.rules.kinds import Base, ContractType
from crm.sroi.rules.model import ByType, ObligationRule, RuleSet
from crm.sroi.rules.numbers import Number

BASES = {
    Base.CONTRACT_SUM: ("contract_sum_eur", "Contract sum excl. VAT"),
    Base.BID_SUM: ("contract_sum_eur", "Bid sum excl. VAT"),
    Base.WAGE_BILL: ("wage_bill_eur", "Wage bill of the contract"),
    Base.INVOICED: ("invoiced_eur", "Invoiced turnover excl. VAT"),
}
TYPES = {
    ContractType.WORKS: Term("works"),
    ContractType.SERVICES: Term("services"),
    ContractType.SUPPLIES: Term("supplies"),
}
TENDER_WORD_FOR_SUPPLIES = "goods"
AMOUNT = "{amount}"
ESTIMATED = "Contract sum excl. VAT, as an estimate of the turnover"
ESTIMATE = "The invoiced turnover is not known yet; the contract sum stands in for it."
SO_FAR = "Invoiced so far, excl. VAT"
REST = "Estimate of what is still to be invoiced, excl. VAT"
EXPECTED = "Expected turnover excl. VAT"
EXPECTED_FORMULA = "{invoiced} + {rest}"
REST_ASSUMED = "What is still to be invoiced is an estimate; the obligation moves with the real invoices."
FIXED = "Fixed obligation of the rule set"
NOT_THIS_TYPE = "No obligation: the rule does not name {type}"
BELOW = "No obligation: the contract is under the threshold of {threshold}"
NOT_ABOVE = "No obligation: the contract is not above the threshold of {threshold}"
PASSED = "The contract reaches the threshold of {threshold}"
PASSED_FORMULA = "{measured} ≥ {threshold}"
PASSED_ABOVE = "{measured} > {threshold}"
BELOW_FORMULA = "{measured} < {threshold}"
NOT_ABOVE_FORMULA = "{measured} ≤ {threshold}"
PERCENT = "{percentage} %"
AGREED = "Percentage agreed in the contract or the bid"
STANDARD = "Percentage of the rule set"
LOW_LABOUR = "Lower percentage: labour is under {below} % of the contract"
LOW_LABOUR_FORMULA = "{share} % < {below} % → {percentage} %"
OUTSIDE = "The agreed {percentage} % lies outside the published range of {least} to {most} %"
PRODUCT = "Percentage of the base"
PRODUCT_FORMULA = "{percentage} % × {amount}"
MAXIMUM = "At most {maximum}"
MAXIMUM_FORMULA = "min({amount}; {maximum})"
NOT_IN_FORCE = "The contract was awarded on {day}, outside the term of this rule set."
BASE_ASSUMED = "The base of the obligation is assumed: {base}."
THRESHOLD_ASSUMED = "The threshold of {threshold}, or how to read it, is assumed."
PERCENTAGE_ASSUMED = "The percentage of {percentage} % is assumed."
MAXIMUM_ASSUMED = "The maximum of {maximum} is assumed."
TYPE_ASSUMED = "That {type} have no obligation is our reading of the publication."


def compute_obligation(ruleset: RuleSet, facts: ObligationFacts) -> Explanation:
    """Return the obligation in euro of a contract, with the threshold test and every step; never negative.

    A contract under the threshold has an obligation of zero, and a step says so. A percentage in the facts
    (the clause or the bid) goes before the rule set's own. Raises `FactsError` naming what is missing.
    """
    rule = ruleset.obligation
    if rule is None:
        raise FactsError("ruleset", "This rule set has no rule for the obligation.")
    kind = _contract_type(facts)
    draft = Draft(ruleset)
    if facts.award_date and not ruleset.in_force(facts.award_date):
        draft.note(NOT_IN_FORCE, {"day": facts.award_date})
    if rule.fixed_amount is not None:
        fixed = Fraction(rule.fixed_amount.value)
        draft.show(FIXED, AMOUNT, {"amount": fixed}, fixed, rule.base.source, rule.base.assumed)
        draft.set_total(less_discount(ruleset, facts.certificates, fixed, draft))
        return draft.finish()
    base = _base(rule, facts, draft)
    without = _wrong_type(rule, kind, draft) or _under_threshold(rule, kind, facts, base, draft)
    if without:
        return without
    percentage = _percentage(rule, kind, facts, draft)
    amount = _limited(rule, base, percentage, draft)
    draft.set_total(less_discount(ruleset, facts.certificates, amount, draft))
    return draft.finish()


def _contract_type(facts: ObligationFacts) -> ContractType | None:
    if facts.contract_type is None:
        return None
    if facts.contract_type == TENDER_WORD_FOR_SUPPLIES:
        return ContractType.SUPPLIES
    try:
        return ContractType(facts.contract_type)
    except ValueError:
        raise FactsError("contract_type", "Choose works, services or supplies.") from None


def _base(rule: ObligationRule, facts: ObligationFacts, draft: Draft) -> Number:
    if rule.base.value is Base.HOURS:
        return contract_hours(rule, facts, draft)
    field, label = BASES[rule.base.value]
    amount: Number | None = getattr(facts, field)
    if rule.base.value is Base.INVOICED:
        if amount is None and facts.contract_sum_eur is not None:
            return _estimate(facts.contract_sum_eur, draft)
        if amount is not None and facts.invoiced_rest_eur is not None:
            return _with_rest(rule, amount, facts.invoiced_rest_eur, draft)
    if amount is None:
        raise FactsError(field, "Give this amount in euro, excl. VAT.")
    if rule.base.assumed:
        draft.note(BASE_ASSUMED, {"base": Term(label)})
    draft.show(label, AMOUNT, {"amount": amount}, Fraction(amount), rule.base.source, rule.base.assumed)
    return amount


def _estimate(contract_sum: Number, draft: Draft) -> Number:
    draft.note(ESTIMATE)
    draft.show(ESTIMATED, AMOUNT, {"amount": contract_sum}, Fraction(contract_sum), "", True)
    return contract_sum


def _with_rest(rule: ObligationRule, invoiced: Number, rest: Number, draft: Draft) -> Number:
    """Return what was invoiced with the estimate of the rest: the base moves with real invoices (Zwolle)."""
    base, total = rule.base, invoiced + rest
    draft.note(REST_ASSUMED)
    draft.show(SO_FAR, AMOUNT, {"amount": invoiced}, Fraction(invoiced), base.source, base.assumed)
    draft.show(REST, AMOUNT, {"amount": rest}, Fraction(rest), base.source, True)
    params: Params = {"invoiced": invoiced, "rest": rest}
    draft.show(EXPECTED, EXPECTED_FORMULA, params, Fraction(total), base.source, True)
    return total


def _wrong_type(rule: ObligationRule, kind: ContractType | None, draft: Draft) -> Explanation | None:
    named = rule.applies_to
    if kind is None or not named.value or kind in named.value:
        return None
    if named.assumed:
        draft.note(TYPE_ASSUMED, {"type": TYPES[kind]})
    return draft.refuse(NOT_THIS_TYPE, "", {"type": TYPES[kind]}, named.source, named.assumed)


def _under_threshold(
    rule: ObligationRule, kind: ContractType | None, facts: ObligationFacts, base: Number, draft: Draft
) -> Explanation | None:
    measured = base if facts.contract_sum_eur is None else facts.contract_sum_eur
    measured = measured if facts.tendered_eur is None else facts.tendered_eur
    if rule.base.value is Base.HOURS and rule.thresholds and facts.contract_sum_eur is None:
        raise FactsError("contract_sum_eur", "Give this amount in euro, excl. VAT.")
    limit = _threshold(rule, kind, measured)
    if limit is None:
        return None
    inclusive = rule.threshold_inclusive
    assumed = limit.assumed or (inclusive.assumed and measured == limit.value)
    params: Params = {"measured": measured, "threshold": limit.value}
    if assumed:
        draft.note(THRESHOLD_ASSUMED, params)
    if _reaches(measured, limit, inclusive.value):
        formula = PASSED_FORMULA if inclusive.value else PASSED_ABOVE
        draft.tell(PASSED, formula, params, source=limit.source, assumed=assumed)
        return None
    label, formula = (BELOW, BELOW_FORMULA) if inclusive.value else (NOT_ABOVE, NOT_ABOVE_FORMULA)
    return draft.refuse(label, formula, params, limit.source, assumed)


def _reaches(measured: Number, limit: ByType, inclusive: bool) -> bool:
    return measured >= limit.value if inclusive else measured > limit.value


def _threshold(rule: ObligationRule, kind: ContractType | None, measured: Number) -> ByType | None:
    if kind is not None or not rule.thresholds:
        return _for_type(rule.thresholds, kind)
    lowest, highest = min(rule.thresholds, key=_value), max(rule.thresholds, key=_value)
    inclusive = rule.threshold_inclusive.value
    if _reaches(measured, lowest, inclusive) != _reaches(measured, highest, inclusive):
        raise FactsError("contract_type", "Give the type of contract: the threshold depends on it.")
    return highest if _reaches(measured, highest, inclusive) else lowest


def _value(limit: ByType) -> Decimal:
    return limit.value


def _for_type(rules: tuple[ByType, ...], kind: ContractType | None) -> ByType | None:
    general = None
    for rule in rules:
        if rule.contract_type is None:
            general = rule
        elif rule.contract_type is kind:
            return rule
    return general


def _percentage(
    rule: ObligationRule, kind: ContractType | None, facts: ObligationFacts, draft: Draft
) -> Number:
    if facts.percentage is not None:
        return _agreed(rule, facts.percentage, draft)
    low = rule.labour_share
    share = facts.labour_share_pct
    if low is not None and share is not None and share < low.below_pct:
        params: Params = {"share": share, "below": low.below_pct, "percentage": low.percentage}
        draft.tell(LOW_LABOUR, LOW_LABOUR_FORMULA, params, source=low.source, assumed=low.assumed)
        _note_percentage(low.assumed, low.percentage, draft)
        return low.percentage
    rate = _rate(rule, kind)
    draft.tell(STANDARD, PERCENT, {"percentage": rate.value}, source=rate.source, assumed=rate.assumed)
    _note_percentage(rate.assumed, rate.value, draft)
    return rate.value


def _rate(rule: ObligationRule, kind: ContractType | None) -> ByType:
    rate = _for_type(rule.percentages, kind)
    if rate is None and kind is None and rule.percentages:
        raise FactsError("contract_type", "Give the type of contract: the percentage depends on it.")
    if rate is None:
        raise FactsError("percentage", "Give the percentage: this rule set has none for the contract.")
    return rate


def _note_percentage(assumed: bool, percentage: Number, draft: Draft) -> None:
    if assumed:
        draft.note(PERCENTAGE_ASSUMED, {"percentage": percentage})


def _agreed(rule: ObligationRule, percentage: Number, draft: Draft) -> Number:
    draft.tell(AGREED, PERCENT, {"percentage": percentage})
    least = Decimal(0) if rule.percentage_min is None else rule.percentage_min.value
    most = Decimal(100) if rule.percentage_max is None else rule.percentage_max.value
    if not least <= percentage <= most:
        params: Params = {"percentage": percentage, "least": least, "most": most}
        draft.tell(OUTSIDE, "", params, assumed=True)
        draft.note(OUTSIDE, params)
    return percentage


def _limited(rule: ObligationRule, base: Number, percentage: Number, draft: Draft) -> Fraction:
    if rule.hour_value_eur is not None:
        amount = hours_in_euros(rule.base, rule.hour_value_eur, base, percentage, draft)
    else:
        amount = Fraction(base) * Fraction(percentage) / 100
        params: Params = {"percentage": percentage, "amount": base}
        draft.show(PRODUCT, PRODUCT_FORMULA, params, amount, rule.base.source, rule.base.assumed)
    most = rule.maximum
    if most is not None and amount > most.value:
        limits: Params = {"amount": amount, "maximum": most.value}
        amount = Fraction(most.value)
        draft.show(MAXIMUM, MAXIMUM_FORMULA, limits, amount, most.source, most.assumed)
        if most.assumed:
            draft.note(MAXIMUM_ASSUMED, {"maximum": most.value})
    return amount
