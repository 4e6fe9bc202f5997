"""Whether an award carries an obligation, by the rule set of the authority that is in force."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as default

from crm.core.errors import Invalid
from crm.core.money import euros
from crm.core.work import Work
from crm.exchange.rules import Finding, Outcome
from crm.exchange.rules.terms import Terms
from crm.sroi import claims, rulebook
from crm.sroi.rules import Explanation, FactsError, ObligationFacts, RuleSet, compute_obligation
from crm.sroi.rules.obligation import BELOW, NOT_ABOVE
from crm.sroi.states import ContractType


@dataclass(frozen=True)
class NoContract:
    """Why no contract comes of an award: skipped when that is in order, rejected when somebody must look."""

    outcome: Outcome
    field: str
    message: str
    params: dict[str, object] = default(default_factory=dict)


def without_obligation(work: Work, authority_id: int, terms: Terms) -> NoContract | None:
    """Return why an award carries no obligation, or None when it does.

    Raises `Invalid` for what the rule set needs to know and the notice does not say.
    """
    try:
        ruleset = rulebook.choose(work, authority_id, rulebook.Dates(terms.award_on, terms.start_on), None)
    except Invalid:
        return NoContract(Outcome.REJECTED, "buyer", Finding.NO_RULE_SET)
    explanation = _obligation(ruleset, terms)
    if explanation.amount > 0:
        return None
    if any(step.label in (BELOW, NOT_ABOVE) for step in explanation.steps):
        return NoContract(Outcome.SKIPPED, "amount_cents", Finding.UNDER_THRESHOLD)
    return NoContract(Outcome.SKIPPED, "category", Finding.NO_OBLIGATION)


def _obligation(ruleset: RuleSet, terms: Terms) -> Explanation:
    facts = ObligationFacts(
        contract_type=claims.ENGINE_TYPES[ContractType(terms.contract_type)],
        contract_sum_eur=euros(terms.value_cents),
        award_date=terms.award_on,
    )
    try:
        return compute_obligation(ruleset, facts)
    except FactsError as fault:
        raise Invalid(claims.FIELDS.get(fault.field, fault.field), fault.message, **fault.params) from None
