"""Ready cases that show what a rule set does: for every block and bonus, and for contracts of every type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from crm.core.i18n import N_
from crm.sroi.rules import Block, Facts, Kind, Note, ObligationFacts, RuleSet, Unit
from crm.sroi.rules.effects import Effect, effects
from crm.sroi.rules.explanation import Params
from crm.sroi.rules.field_words import CHOICES
from crm.sroi.rules.kinds import Base, ContractType

HOURS, MONTHS, A_YEAR = Decimal(24), 9, 12
AMOUNT, A_WEEK_OF_HOURS = Decimal(10_000), Decimal(40)
SUM, WORK_HOURS = Decimal(1_000_000), Decimal(10_000)
WORKING = N_("{name}: 24 hours a week, 9 months")
LEARNING = N_("{name}: {hours} hours a week, a whole year")
A_FEW_MONTHS = N_("{name}: 9 months")
ONE_YEAR = N_("{name}: one learning year")
OF_HOURS = N_("{name}: 40 hours")
OF_AMOUNT = N_("{name}: {amount}")
WITH_BONUS = N_("{block} with {name}: {hours} hours a week, a whole year")
CONTRACT = N_("Obligation of a contract of {amount}: {type}")
OF_WORK = N_("Obligation of a contract of {amount} and {hours} hours of work: {type}")


@dataclass(frozen=True)
class Case:
    """A ready case: what it is about, and its facts."""

    told: Note
    facts: Facts | ObligationFacts


@dataclass(frozen=True)
class CaseEffect:
    """A case with what it is worth before and after."""

    told: Note
    effect: Effect


def effects_on_cases(before: RuleSet, after: RuleSet) -> list[CaseEffect]:
    """Return the cases that one of both can value, those that change in front."""
    cases = list(cases_for(before, after))
    found = effects(before, after, (case.facts for case in cases))
    rows = [
        CaseEffect(case.told, effect)
        for case, effect in zip(cases, found, strict=True)
        if effect.before.amount is not None or effect.after.amount is not None
    ]
    return sorted(rows, key=lambda row: row.effect.before.amount == row.effect.after.amount)


def cases_for(before: RuleSet, after: RuleSet) -> Iterator[Case]:
    """Yield the cases that fit the obligation and the blocks of one rule set or the other."""
    if before.obligation or after.obligation:
        told = OF_WORK if _by_hours(before) or _by_hours(after) else CONTRACT
        for contract_type in ContractType:
            params: Params = {"amount": SUM, "hours": WORK_HOURS, "type": CHOICES[contract_type]}
            yield Case(Note(told, params), _clause(contract_type))
    hours = after.valuation.hours_basis or before.valuation.hours_basis
    full = hours.value if hours else Decimal(36)
    blocks = _by_code(before) | _by_code(after)
    for block in blocks.values():
        case = _with_bonus(blocks, block, full) if block.bonus else _of_block(block, full)
        if case is not None:
            yield case


def _by_code(ruleset: RuleSet) -> dict[str, Block]:
    return {block.code: block for block in ruleset.blocks}


def _by_hours(ruleset: RuleSet) -> bool:
    return ruleset.obligation is not None and ruleset.obligation.base.value is Base.HOURS


def _clause(contract_type: ContractType) -> ObligationFacts:
    return ObligationFacts(
        contract_type=contract_type,
        contract_sum_eur=SUM,
        wage_bill_eur=SUM,
        invoiced_eur=SUM,
        contract_hours=WORK_HOURS,
    )


def _of_block(block: Block, full: Decimal) -> Case:
    code, name = block.code, {"name": block.name}
    match block.unit:
        case Unit.FULL_TIME_YEAR if block.kind is Kind.LEARNING:
            facts = Facts(block=code, hours_per_week=full, months=A_YEAR)
            return Case(Note(LEARNING, {**name, "hours": full}), facts)
        case Unit.FULL_TIME_YEAR:
            return Case(Note(WORKING, name), Facts(block=code, hours_per_week=HOURS, months=MONTHS))
        case Unit.MONTH:
            return Case(Note(A_FEW_MONTHS, name), Facts(block=code, months=MONTHS))
        case Unit.LEARNING_YEAR:
            return Case(Note(ONE_YEAR, name), Facts(block=code, quantity=Decimal(1)))
        case Unit.HOUR | Unit.EMPLOYEE_HOUR | Unit.HOUR_DAY_MAXIMUM:
            return Case(Note(OF_HOURS, name), Facts(block=code, quantity=A_WEEK_OF_HOURS))
    facts = Facts(block=code, amount_eur=AMOUNT, labour_amount_eur=AMOUNT)
    return Case(Note(OF_AMOUNT, {**name, "amount": AMOUNT}), facts)


def _with_bonus(blocks: Mapping[str, Block], bonus: Block, full: Decimal) -> Case | None:
    rule = bonus.bonus
    fitting = [
        block
        for block in blocks.values()
        if block.unit is Unit.FULL_TIME_YEAR and (not rule or not rule.blocks or block.code in rule.blocks)
    ]
    if rule is None or not fitting:
        return None
    block = fitting[0]
    over = None if rule.age_over is None else rule.age_over + 1
    facts = Facts(
        block=block.code,
        hours_per_week=full,
        months=A_YEAR,
        age=over if rule.age_from is None else rule.age_from,
        permanent=rule.permanent,
        tags=frozenset(rule.tags[:1]),
    )
    return Case(Note(WITH_BONUS, {"block": block.name, "name": bonus.name, "hours": full}), facts)
