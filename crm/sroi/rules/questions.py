"""What a contractor has to be asked to value an effort: only what its block and rule set use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from crm.sroi.rules.caps import covers
from crm.sroi.rules.explanation import Bilingual
from crm.sroi.rules.kinds import Kind, ProRata, Unit
from crm.sroi.rules.model import Block, RuleSet


class Question(StrEnum):
    """A fact to ask for.

    `period` is a first and a last day, `day` the one day of an invoice or activity. `amount` and
    `labour_amount` are in euro excl. VAT, `worked_hours` the hours of the whole period,
    `supplier_certificate` what the supplier of a purchase holds.
    """

    PERIOD = "period"
    DAY = "day"
    HOURS = "hours"
    WORKED_HOURS = "worked_hours"
    QUANTITY = "quantity"
    AMOUNT = "amount"
    LABOUR_AMOUNT = "labour_amount"
    BENEFIT_START = "benefit_start"
    AGE = "age"
    PERMANENT = "permanent"
    SUPPLIER_CERTIFICATE = "supplier_certificate"


Q = Question

_PERIODS = frozenset({Unit.FULL_TIME_YEAR, Unit.MONTH, Unit.LEARNING_YEAR, Unit.HOUR_DAY_MAXIMUM})
_PERSONAL = frozenset({Unit.FULL_TIME_YEAR, Unit.MONTH, Unit.LEARNING_YEAR})
_COUNTED_IN = {
    Unit.HOUR: Q.QUANTITY,
    Unit.EMPLOYEE_HOUR: Q.QUANTITY,
    Unit.HOUR_DAY_MAXIMUM: Q.QUANTITY,
    Unit.INVOICE: Q.AMOUNT,
    Unit.COST_EXCL_VAT: Q.AMOUNT,
    Unit.COST: Q.AMOUNT,
    Unit.AGREEMENT: Q.AMOUNT,
    Unit.LABOUR_COST: Q.LABOUR_AMOUNT,
    Unit.WAGE_COST: Q.LABOUR_AMOUNT,
}


_TAGS = {
    "lks": Bilingual(
        "De gemeente betaalt loonkostensubsidie (LKS) voor deze persoon.",
        "The municipality pays a wage cost subsidy (LKS) for this person.",
    ),
    "existing_staff": Bilingual(
        "Deze persoon werkte al bij u voordat de opdracht begon.",
        "This person already worked for you before the contract started.",
    ),
}


@dataclass(frozen=True, slots=True)
class Feature:
    """Something about the person or the work that changes the value: its tag, and what it says."""

    tag: str
    says: Bilingual


def questions(ruleset: RuleSet, block: Block) -> frozenset[Question]:
    """Return what to ask about an effort on a block; `day` when no period is needed."""
    asked = {Q.PERIOD if block.unit in _PERIODS else Q.DAY}
    asked.update(_COUNTED_IN[unit] for unit in (block.unit, block.or_unit) if unit in _COUNTED_IN)
    if block.banded:
        asked.add(Q.BENEFIT_START)
    if block.kind is Kind.PURCHASING and Q.AMOUNT in asked and supplier_certificates(ruleset):
        asked.add(Q.SUPPLIER_CERTIFICATE)
    if block.unit is Unit.FULL_TIME_YEAR:
        asked.update(_about_work(ruleset, block))
    return frozenset(asked)


def supplier_certificates(ruleset: RuleSet) -> dict[str, Bilingual]:
    """Return the certificates of a supplier that decide what part of a purchase counts, with their names."""
    return {one.code: one.name for one in ruleset.certificates if one.purchasing_share_pct is not None}


def is_about_a_person(block: Block) -> bool:
    """Return whether an effort on a block is about one person, who then needs a reference."""
    return block.unit in _PERSONAL


def features(ruleset: RuleSet, block: Block) -> tuple[Feature, ...]:
    """Return the features to ask about: of bonuses, what lifts the limit, what takes the value away."""
    limited = tuple(_of_caps(ruleset, block))
    if block.unit is not Unit.FULL_TIME_YEAR:
        return limited
    own = (*_of_bonuses(ruleset, block), *_of_limits(ruleset, block), *_of_exclusions(ruleset, block))
    return (*own, *limited)


def plainly(block: Block) -> Bilingual:
    """Return a block in words for an employer; its name when the rule set has none."""
    return Bilingual(block.plain_nl or block.name_nl, block.plain_en or block.name_en)


def _of_bonuses(ruleset: RuleSet, block: Block) -> Iterator[Feature]:
    for bonus in _bonuses_on(ruleset, block):
        if bonus.bonus and bonus.bonus.tags:
            yield Feature(bonus.bonus.tags[0], plainly(bonus))


def _of_limits(ruleset: RuleSet, block: Block) -> Iterator[Feature]:
    if block.counting_max_months is not None:
        for tag in ruleset.valuation.unlimited_tags.value:
            yield Feature(tag, _TAGS.get(tag, Bilingual(tag, tag)))


def _of_caps(ruleset: RuleSet, block: Block) -> Iterator[Feature]:
    for cap in ruleset.caps:
        if covers(cap, block.code, block.kind, frozenset(cap.tags)):
            for tag in cap.tags:
                yield Feature(tag, _TAGS.get(tag, cap.name or Bilingual(tag, tag)))


def _of_exclusions(ruleset: RuleSet, block: Block) -> Iterator[Feature]:
    for exclusion in ruleset.valuation.exclusions:
        if not exclusion.blocks or block.code in exclusion.blocks:
            yield Feature(exclusion.tag, Bilingual(exclusion.reason_nl, exclusion.reason_en))


def _about_work(ruleset: RuleSet, block: Block) -> Iterator[Question]:
    rules = ruleset.valuation
    if rules.hours_basis is not None:
        yield Q.HOURS
    if rules.pro_rata.value is ProRata.WORKED_HOURS:
        yield Q.WORKED_HOURS
    for bonus in _bonuses_on(ruleset, block):
        if bonus.bonus and bonus.bonus.permanent:
            yield Q.PERMANENT
        elif bonus.bonus and not bonus.bonus.tags:
            yield Q.AGE


def _bonuses_on(ruleset: RuleSet, block: Block) -> list[Block]:
    return [
        bonus
        for bonus in ruleset.bonuses
        if bonus.bonus and (not bonus.bonus.blocks or block.code in bonus.bonus.blocks)
    ]
