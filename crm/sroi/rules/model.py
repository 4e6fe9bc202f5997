"""A rule set ("regelset"): the values and rules of one region in one version, as data.

Amounts are euro excl. VAT, percentages 5 for 5 %, limits months, working time hours a week. Every rule
carries the address where it was published, and `assumed` where the publication is silent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from crm.sroi.rules.errors import FactsError
from crm.sroi.rules.explanation import Bilingual
from crm.sroi.rules.kinds import (
    Base,
    ContractType,
    DateKind,
    Kind,
    LongGap,
    ProRata,
    Stacking,
    Unit,
)
from crm.sroi.rules.numbers import Rounding
from crm.sroi.rules.sourced import CLOSED, Sourced, added
from crm.sroi.rules.terms import Cap, Certificate, Deadlines, Evidence, Sanctions


@dataclass(frozen=True)
class BonusRule:
    """When a bonus is added to a block: at an age, for a permanent contract, or for a tag; one of these.

    `age_from` counts that age itself ("50 jaar of ouder"), `age_over` does not ("ouder dan 50 jaar"); ages
    are whole years on the reference date. Of the bonuses with the same `highest_of` only the highest counts.
    `blocks` limits the bonus to these codes; empty means every block valued per full-time year.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = CLOSED
    age_from: int | None = None
    age_over: int | None = None
    permanent: bool = False
    tags: tuple[str, ...] = ()
    highest_of: str = ""
    blocks: tuple[str, ...] = ()
    assumed: bool = False


@dataclass(frozen=True)
class Block:
    """A building block ("bouwblok"): what one kind of effort is worth.

    `value` is euro per `unit`, None where actual amounts count. `or_unit` is a second way to count, used
    when the facts of the first are not given. `counting_max_months` None means no limit is known,
    `unlimited` that the publication says there is none. A benefit lasts from `benefit_min_months` (counted)
    to `benefit_max_months` (not counted); `benefit_group` ties the blocks of one benefit together. `groups`
    are the target groups (codes of the candidates' groups) whose placements fit the block.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = CLOSED
    code: str
    name_nl: str
    name_en: str
    unit: Unit
    kind: Kind
    value: Decimal | None = None
    plain_nl: str = ""
    plain_en: str = ""
    or_unit: Unit | None = None
    or_assumed: bool = False
    day_max_hours: Decimal | None = None
    counting_max_months: int | None = None
    unlimited: bool = False
    benefit_group: str = ""
    benefit_min_months: int | None = None
    benefit_max_months: int | None = None
    bonus: BonusRule | None = None
    evidence: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    source: str = ""
    assumed: bool = False
    note: str = ""

    @property
    def name(self) -> Bilingual:
        """The name in both languages."""
        return Bilingual(self.name_nl, self.name_en)

    @property
    def banded(self) -> bool:
        """Whether the block is only for a certain benefit duration."""
        return self.benefit_min_months is not None or self.benefit_max_months is not None


@dataclass(frozen=True)
class Exclusion:
    """A tag on the effort that takes its value away, such as work for the same employer just before."""

    __pydantic_config__: ClassVar[dict[str, str]] = CLOSED
    tag: str
    reason_nl: str
    reason_en: str
    blocks: tuple[str, ...] = ()
    source: str = ""
    assumed: bool = False


@dataclass(frozen=True)
class Valuation:
    """How efforts are valued; every rule that is left out has the value shown here, and is assumed.

    `hours_basis` are the weekly hours of full time (None: hours do not matter), `factor_cap` the highest
    part-time factor, `normal_year_hours` the yearly hours of full time at the contractor (left out:
    52 weeks), `start_window_months` how long before the reference date the work may have started,
    `unlimited_tags` the tags that lift the counting limit. A gap between the spells of one person does not
    count towards that limit when it is shorter than `gap_months`; `long_gap` tells what a longer one does.
    `double_counting` is whether the same hours of a person may count on another contract as well.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = CLOSED
    hours_basis: Sourced[Decimal] | None = None
    factor_cap: Sourced[Decimal] = Sourced(Decimal(1), assumed=True)
    min_hours_per_week: Sourced[Decimal] | None = None
    pro_rata: Sourced[ProRata] = Sourced(ProRata.CALENDAR_MONTHS, assumed=True)
    normal_year_hours: Sourced[Decimal] | None = None
    reference: Sourced[DateKind] = Sourced(DateKind.START, assumed=True)
    start_window_months: Sourced[int] | None = None
    unlimited_tags: Sourced[tuple[str, ...]] = Sourced((), assumed=True)
    gap_months: Sourced[int] | None = None
    exclusions: tuple[Exclusion, ...] = ()
    bonus_pro_rata: Sourced[bool] = Sourced(True, assumed=True)
    bonus_stacking: Sourced[Stacking] = Sourced(Stacking.STACK, assumed=True)
    long_gap: Sourced[LongGap] = added(Sourced(LongGap.COUNTS, assumed=True))
    double_counting: Sourced[bool] = added(Sourced(False, assumed=True))


@dataclass(frozen=True)
class ByType:
    """A rule for one type of contract, or for every type when `contract_type` is left out."""

    __pydantic_config__: ClassVar[dict[str, str]] = CLOSED
    value: Decimal
    contract_type: ContractType | None = None
    source: str = ""
    assumed: bool = False


@dataclass(frozen=True)
class LabourShare:
    """A lower percentage when labour is less than `below_pct` of the contract."""

    __pydantic_config__: ClassVar[dict[str, str]] = CLOSED
    below_pct: Decimal
    percentage: Decimal
    source: str = ""
    assumed: bool = False


@dataclass(frozen=True)
class ObligationRule:
    """How the obligation of a contract follows from its amounts.

    `threshold_inclusive` tells whether a contract of exactly the threshold has an obligation ("vanaf").
    `applies_to` are the types of contract with an obligation; empty means all. With the base hours
    `hour_value_eur` is what an hour of the obligation is worth, in euro.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = CLOSED
    base: Sourced[Base]
    percentages: tuple[ByType, ...] = ()
    percentage_min: Sourced[Decimal] | None = None
    percentage_max: Sourced[Decimal] | None = None
    fixed_amount: Sourced[Decimal] | None = None
    thresholds: tuple[ByType, ...] = ()
    threshold_inclusive: Sourced[bool] = Sourced(True, assumed=True)
    applies_to: Sourced[tuple[ContractType, ...]] = Sourced((), assumed=True)
    labour_share: LabourShare | None = None
    maximum: Sourced[Decimal] | None = None
    hour_value_eur: Sourced[Decimal] | None = added(None)


@dataclass(frozen=True)
class RuleSet:
    """One region's rules in one version, chosen by `date_kind` between `valid_from` and `valid_until`.

    Both dates count; None means that side is open. `demo` marks invented rules. `hash` is the SHA-256 of
    the canonical document, set by the loader.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = CLOSED
    id: str
    name: str
    region: str
    version: str
    source: str
    date_kind: Sourced[DateKind]
    valid_from: date | None = None
    valid_until: date | None = None
    note: str = ""
    demo: bool = False
    valuation: Valuation = Valuation()
    rounding: Sourced[Rounding] = Sourced(Rounding.CENT_HALF_UP, assumed=True)
    deadlines: Deadlines = Deadlines()
    sanctions: Sanctions = Sanctions()
    obligation: ObligationRule | None = None
    caps: tuple[Cap, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    blocks: tuple[Block, ...] = ()
    hash: str = ""
    certificates: tuple[Certificate, ...] = added(())

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {block.code: block for block in self.blocks})
        object.__setattr__(self, "_bonuses", tuple(block for block in self.blocks if block.bonus))

    def block(self, code: str) -> Block:
        """Return the block with this code; raises `FactsError` for `block` when there is none."""
        by_code: dict[str, Block] = self.__dict__["_by_code"]
        found = by_code.get(code)
        if found is None:
            raise FactsError("block", "This rule set has no block {code}.", code=code[:40])
        return found

    @property
    def bonuses(self) -> tuple[Block, ...]:
        """The blocks that are added to other blocks."""
        found: tuple[Block, ...] = self.__dict__["_bonuses"]
        return found

    def evidence_for(self, block: Block) -> tuple[Evidence, ...]:
        """Return the kinds of evidence that a block needs."""
        return tuple(kind for kind in self.evidence if kind.code in block.evidence)

    def in_force(self, day: date) -> bool:
        """Tell whether the rule set applies on a day; the first and last day count."""
        started = self.valid_from is None or self.valid_from <= day
        return started and (self.valid_until is None or day <= self.valid_until)
