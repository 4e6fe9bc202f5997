"""What an award without a contract would oblige to, by the rule set in force or the authority's threshold."""

from __future__ import annotations

from crm.core.errors import Invalid
from crm.core.money import cents, euros
from crm.core.work import Work
from crm.sroi import claims, rulebook
from crm.sroi.queries.missing import threshold_of
from crm.sroi.records import MissingClause
from crm.sroi.rules import FactsError, ObligationFacts, RuleSet, compute_obligation
from crm.sroi.rules.missing import Expected, expected_by_threshold
from crm.sroi.states import ContractType


def reckon(work: Work, clause: MissingClause) -> None:
    """Fill in whether an award is above the threshold, and what its obligation would be."""
    expected = _expected(work, clause)
    clause.above = expected.above
    clause.expected_cents = None if expected.amount is None else cents(expected.amount)


def _expected(work: Work, clause: MissingClause) -> Expected:
    ruleset = _rule_set(work, clause)
    if ruleset is not None:
        return _by_rule_set(ruleset, clause)
    own = threshold_of(work, clause.authority_id)
    value = None if clause.value_cents is None else euros(clause.value_cents)
    if own is None:
        return expected_by_threshold(value, None, None)
    return expected_by_threshold(value, euros(own.amount_cents), own.percentage)


def _rule_set(work: Work, clause: MissingClause) -> RuleSet | None:
    if clause.award_on is None:
        return None
    dates = rulebook.Dates(clause.award_on, clause.start_on or clause.award_on)
    try:
        return rulebook.choose(work, clause.authority_id, dates, None)
    except Invalid:
        return None


def _by_rule_set(ruleset: RuleSet, clause: MissingClause) -> Expected:
    if clause.value_cents is None or not clause.contract_type:
        return Expected(True, None)
    facts = ObligationFacts(
        contract_type=claims.ENGINE_TYPES[ContractType(clause.contract_type)],
        contract_sum_eur=euros(clause.value_cents),
        award_date=clause.award_on,
    )
    try:
        amount = compute_obligation(ruleset, facts).amount
    except FactsError:
        return Expected(True, None)
    return Expected(amount > 0, amount)
