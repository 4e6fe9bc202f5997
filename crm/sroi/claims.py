"""From what was filled in to an amount with its explanation: obligations and efforts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from crm.core.errors import Invalid
from crm.core.money import cents, euros
from crm.sroi import rulebook
from crm.sroi.calculator import effort_facts
from crm.sroi.commands import EffortClaim, HoursFrom
from crm.sroi.records import Contract, Effort
from crm.sroi.rules import (
    Block,
    DateKind,
    Explanation,
    FactsError,
    ObligationFacts,
    RuleSet,
    Step,
    compute_obligation,
    value_effort,
)
from crm.sroi.rules.bonuses import age_on
from crm.sroi.rules.certificates import DISCOUNT
from crm.sroi.rules.explanation import Params
from crm.sroi.rules.questions import Question, questions
from crm.sroi.states import ContractType

ENGINE_TYPES = {
    ContractType.GOODS: "supplies",
    ContractType.SERVICES: "services",
    ContractType.WORKS: "works",
}
FIELDS = {
    "amount_eur": "amount_cents",
    "labour_amount_eur": "labour_amount_cents",
    "contract_sum_eur": "value_cents",
    "wage_bill_eur": "wage_bill_cents",
    "labour_share_pct": "labour_share",
    "award_date": "award_on",
}


def obligation_of(
    contract: Contract,
    ruleset: RuleSet,
    *,
    by_hand: bool,
    certificates: frozenset[str] = frozenset(),
    hours: Decimal | None = None,
) -> Explanation:
    """Return the obligation of a contract in euro, and how its rule set was chosen.

    `certificates` are the codes that the contractor holds during the whole contract, `hours` its hours
    of work.
    Raises `Invalid` for the field of the contract that is missing or does not fit.
    """
    return obligation_from(clause_facts(contract, certificates, hours), contract, ruleset, by_hand=by_hand)


def obligation_from(
    facts: ObligationFacts, contract: Contract, ruleset: RuleSet, *, by_hand: bool
) -> Explanation:
    """Return the obligation that follows from facts about a contract; raises `Invalid` like the above."""
    try:
        explanation = compute_obligation(ruleset, facts)
    except FactsError as fault:
        raise _invalid(fault) from None
    return rulebook.with_choice(explanation, ruleset, rulebook.dates_of(contract), by_hand=by_hand)


def clause_facts(
    contract: Contract, certificates: frozenset[str] = frozenset(), hours: Decimal | None = None
) -> ObligationFacts:
    """Return what the engine needs to know of a contract; raises `FactsError` for what cannot be."""
    wage_bill = contract.wage_bill_cents
    return ObligationFacts(
        contract_type=ENGINE_TYPES[contract.contract_type],
        contract_sum_eur=euros(contract.value_cents),
        wage_bill_eur=None if wage_bill is None else euros(wage_bill),
        labour_share_pct=contract.labour_share,
        percentage=contract.percentage,
        award_date=contract.award_on,
        certificates=certificates,
        contract_hours=hours,
    )


def was_chosen_by_hand(explanation: Mapping[str, Any]) -> bool:
    """Return whether a stored obligation rests on a rule set that somebody chose by hand."""
    steps = explanation.get("steps") or [{}]
    return bool(steps[0].get("label") == rulebook.BY_HAND)


def certificates_counted(obligation: Explanation, ruleset: RuleSet) -> frozenset[str]:
    """Return the codes of the certificates that lower an obligation as it was explained."""
    named = [step.params["name"] for step in obligation.steps if step.label == DISCOUNT]
    return frozenset(one.code for one in ruleset.certificates if one.name in named)


def block_of(ruleset: RuleSet, code: str) -> Block:
    """Return a block of a rule set; raises `Invalid` for `block` when there is none."""
    try:
        return ruleset.block(code)
    except FactsError as fault:
        raise _invalid(fault) from None


def facts_of(claim: EffortClaim, contract: Contract, ruleset: RuleSet) -> dict[str, Any]:
    """Return the facts of an effort as they are stored: JSON values under the names of the engine.

    The reference date comes from the contract when the rule set does not go by the start of the work.
    """
    reference = _reference(contract, ruleset)
    hours: Any = claim.hours_per_week
    if claim.hours_history:
        hours = [{"from": step.start, "hours": step.hours} for step in claim.hours_history]
    told = {
        "block": claim.block,
        "start": claim.start,
        "end": claim.end,
        "hours_per_week": hours,
        "worked_hours": claim.worked_hours,
        "quantity": claim.quantity,
        "amount_eur": None if claim.amount_cents is None else euros(claim.amount_cents),
        "labour_amount_eur": None if claim.labour_amount_cents is None else euros(claim.labour_amount_cents),
        "age": _age(claim, reference or claim.start, ruleset),
        "benefit_start": claim.benefit_start,
        "permanent": claim.permanent or None,
        "reference_date": reference,
        "tags": _known_tags(claim.tags, ruleset),
        "supplier_certificate": _known_certificate(claim.supplier_certificate, ruleset),
    }
    return {name: _plain(value) for name, value in told.items() if value not in (None, [])}


def on_contract(facts: Mapping[str, Any], contract: Contract, ruleset: RuleSet) -> dict[str, Any]:
    """Return stored facts with the reference date that the contract and its rule set give them now."""
    told = {name: value for name, value in facts.items() if name != "reference_date"}
    reference = _reference(contract, ruleset)
    return told if reference is None else told | {"reference_date": reference.isoformat()}


def claim_again(effort: Effort, start: date, end: date, hours: tuple[HoursFrom, ...]) -> EffortClaim:
    """Return the claim of an effort for other days, as a draft; `hours` go before what it said itself."""
    known = effort_facts(effort.facts)
    weekly = _plain_hours(known.hours_per_week, start)
    return EffortClaim(
        block=effort.block,
        start=start,
        end=end,
        hours_per_week=None if hours else weekly,
        hours_history=hours,
        worked_hours=known.worked_hours,
        quantity=known.quantity,
        amount_cents=_cents(known.amount_eur),
        labour_amount_cents=_cents(known.labour_amount_eur),
        age=known.age,
        benefit_start=known.benefit_start,
        permanent=known.permanent,
        tags=tuple(sorted(known.tags)),
        supplier_certificate=known.supplier_certificate,
        description=effort.description,
        subject=effort.subject,
        submit=False,
    )


def value_of(facts: Mapping[str, Any], ruleset: RuleSet) -> Explanation:
    """Return the value in euro of stored facts; raises `Invalid` for the fact that is missing or wrong."""
    try:
        return value_effort(ruleset, effort_facts(facts))
    except FactsError as fault:
        raise _invalid(fault) from None
    except Invalid as fault:
        raise Invalid(FIELDS.get(fault.field, fault.field), fault.message, **fault.params) from None


def draft_value(facts: Mapping[str, Any], ruleset: RuleSet) -> Explanation:
    """Return the value of a draft; zero, with a step that says what is missing, when it is not complete."""
    try:
        return value_of(facts, ruleset)
    except Invalid as fault:
        if fault.field == "block":
            raise
        return nothing(fault, ruleset)


def value_anew(facts: Mapping[str, Any], ruleset: RuleSet) -> Explanation:
    """Return the value of stored facts under whatever rule set; zero, with why, when they do not fit it."""
    try:
        return value_of(facts, ruleset)
    except Invalid as fault:
        return nothing(fault, ruleset)


def nothing(fault: Invalid, ruleset: RuleSet) -> Explanation:
    """Return a value of zero whose one step says what stops it."""
    params: Params = {name: rulebook.verbatim(str(value)) for name, value in fault.params.items()}
    missing = Step(fault.message, params=params, amount=Decimal("0.00"))
    return Explanation(Decimal("0.00"), (missing,), (), ruleset.id, ruleset.hash)


def known_tags(ruleset: RuleSet) -> frozenset[str]:
    """Return the tags that mean something in a rule set."""
    rules = ruleset.valuation
    bonuses = (tag for block in ruleset.bonuses if block.bonus for tag in block.bonus.tags)
    exclusions = (exclusion.tag for exclusion in rules.exclusions)
    limited = (tag for cap in ruleset.caps for tag in cap.tags)
    return frozenset((*bonuses, *exclusions, *limited, *rules.unlimited_tags.value))


def partly_approved(explanation: Explanation, approved: Decimal, label: str, reason: str) -> Explanation:
    """Return an explanation whose last step is what the officer approved, and why it is less."""
    params: Params = {"reason": rulebook.verbatim(reason)}
    step = Step(label, params=params, amount=approved)
    return replace(explanation, amount=approved, steps=(*explanation.steps, step))


def _age(claim: EffortClaim, day: date | None, ruleset: RuleSet) -> int | None:
    """Return the age in whole years on a day; of a date of birth no more is kept than this."""
    block = next((block for block in ruleset.blocks if block.code == claim.block), None)
    if claim.birth_date is None or day is None or block is None:
        return claim.age
    return age_on(claim.birth_date, day) if Question.AGE in questions(ruleset, block) else claim.age


def _cents(amount: Any) -> int | None:
    return None if amount is None else cents(amount)


def _plain_hours(told: Any, day: date) -> Any:
    """Return the hours a week that held on a day; of a history that begins later, its first."""
    if not isinstance(told, tuple):
        return told
    held = [step for step in told if step.start <= day] or [min(told, key=lambda step: step.start)]
    return max(held, key=lambda step: step.start).hours


def _known_tags(tags: tuple[str, ...], ruleset: RuleSet) -> list[str]:
    chosen = sorted({tag.lower() for tag in tags})
    if not known_tags(ruleset).issuperset(chosen):
        raise Invalid("tags", "This rule set does not know this feature. Choose from the list.")
    return chosen


def _known_certificate(code: str | None, ruleset: RuleSet) -> str | None:
    if code and code not in {one.code for one in ruleset.certificates}:
        raise Invalid(
            "supplier_certificate", "This rule set does not know this certificate. Choose from the list."
        )
    return code


def _reference(contract: Contract, ruleset: RuleSet) -> date | None:
    kind = ruleset.valuation.reference.value
    return None if kind is DateKind.START else rulebook.dates_of(contract).of(kind)


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case list():
            return [_plain(entry) for entry in value]
        case dict():
            return {name: _plain(entry) for name, entry in value.items()}
    return value


def _invalid(fault: FactsError) -> Invalid:
    return Invalid(FIELDS.get(fault.field, fault.field), fault.message, **fault.params)
