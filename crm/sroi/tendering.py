"""What a tender would oblige to: the threshold test, and the clause as a percentage or as an amount."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.money import cents, euros
from crm.sroi import claims, rulebook
from crm.sroi.records import Contract, TenderIntake
from crm.sroi.rules import Explanation, FactsError, RuleSet, Step, compute_obligation
from crm.sroi.rules.explanation import Params
from crm.sroi.rules.obligation import BELOW, NOT_ABOVE, PASSED
from crm.sroi.states import ContractState

AGREED_AMOUNT = N_("Amount that the clause of the tender says")
TESTED = frozenset({PASSED, BELOW, NOT_ABOVE})


def agreed_obligation(
    contract: Contract, ruleset: RuleSet, amount_cents: int, *, by_hand: bool
) -> Explanation:
    """Return the obligation of a contract whose clause says an amount; the threshold test is told as well."""
    step = Step(AGREED_AMOUNT, amount=euros(amount_cents))
    steps = (*_threshold(contract, ruleset), step)
    told = Explanation(euros(amount_cents), steps, (), ruleset.id, ruleset.hash)
    return rulebook.with_choice(told, ruleset, rulebook.dates_of(contract), by_hand=by_hand)


def expected(intake: TenderIntake, ruleset: RuleSet) -> Explanation:
    """Return the obligation that would follow from a tender; zero, with what is missing, when unknown yet."""
    contract = _as_contract(intake)
    by_hand = intake.rule_set_code is not None
    if intake.amount_cents is not None:
        return agreed_obligation(contract, ruleset, intake.amount_cents, by_hand=by_hand)
    try:
        return claims.obligation_of(contract, ruleset, by_hand=by_hand)
    except Invalid as fault:
        params: Params = {name: rulebook.verbatim(str(value)) for name, value in fault.params.items()}
        missing = Step(fault.message, params=params, amount=Decimal("0.00"))
        return Explanation(Decimal("0.00"), (missing,), (), ruleset.id, ruleset.hash)


def fill_in(intake: TenderIntake, ruleset: RuleSet) -> None:
    """Put on a tender what it would oblige to."""
    told = expected(intake, ruleset)
    intake.expected_cents, intake.explanation = cents(told.amount), told.to_json()


def _threshold(contract: Contract, ruleset: RuleSet) -> tuple[Step, ...]:
    try:
        # The threshold goes by the contract sum; any number of hours lets it be tested.
        facts = replace(claims.clause_facts(contract), percentage=Decimal(0), contract_hours=Decimal(1))
        told = compute_obligation(ruleset, facts)
    except FactsError:
        return ()
    return tuple(step for step in told.steps if step.label in TESTED)


def _as_contract(intake: TenderIntake) -> Contract:
    """Return the contract that a tender would become; it is never kept."""
    return Contract(
        title=intake.title,
        contract_type=intake.contract_type,
        value_cents=intake.estimate_cents,
        labour_share=intake.labour_share,
        percentage=intake.percentage,
        published_on=intake.published_on,
        award_on=intake.award_on,
        start_on=intake.start_on,
        end_on=intake.end_on,
        region_id=intake.region_id,
        authority_id=intake.authority_id,
        employer_id=0,
        rule_set_id=0,
        obligation_cents=0,
        state=ContractState.TO_CONFIRM,
        obligation_explanation={},
    )
