"""What a rule set says beside values and obligation: limits, deadlines, sanctions, certificates, evidence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from crm.sroi.rules.explanation import Bilingual
from crm.sroi.rules.kinds import CapBase, FineBase, Kind, WithholdingReading
from crm.sroi.rules.sourced import CLOSED, Sourced, added


@dataclass(frozen=True)
class Cap:
    """The most that some efforts may fill, in percent of an amount.

    The efforts are those of a kind, of some blocks, or with one of the tags; all three must fit when they
    are told. `base` is the obligation, or what was approved on the kinds in `base_kinds` together (empty:
    on everything).
    """

    __pydantic_config__: ClassVar[dict[str, str]] = CLOSED
    share_pct: Decimal
    kind: Kind | None = None
    blocks: tuple[str, ...] = ()
    source: str = ""
    assumed: bool = False
    tags: tuple[str, ...] = added(())
    base: CapBase = added(CapBase.OBLIGATION)
    base_kinds: tuple[Kind, ...] = added(())
    name_nl: str = added("")
    name_en: str = added("")

    @property
    def name(self) -> Bilingual | None:
        """What the limit is about, in both languages; None when the rule set gives it no name."""
        return Bilingual(self.name_nl, self.name_en) if self.name_nl and self.name_en else None


@dataclass(frozen=True)
class LadderStep:
    """A step of the sanction ladder: what follows so many days after a deadline was missed.

    `letter` tells that it is a formal letter, otherwise it is a reminder; `automatic` that it may go out
    without a person's click.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = CLOSED
    code: str
    name_nl: str
    name_en: str
    after_days: int
    letter: bool = False
    automatic: bool = False
    source: str = ""
    assumed: bool = False

    @property
    def name(self) -> Bilingual:
        """The name in both languages."""
        return Bilingual(self.name_nl, self.name_en)


@dataclass(frozen=True)
class Sanctions:
    """What happens when the obligation is not met: repair period in days, withholding, fine, ladder.

    `fine_pct` is a percentage of `fine_base`.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = CLOSED
    repair_days: Sourced[int] | None = None
    withholding: Sourced[WithholdingReading] | None = None
    fine_pct: Sourced[Decimal] | None = None
    exempt_if_not_to_blame: Sourced[bool] | None = None
    fine_base: Sourced[FineBase] = added(Sourced(FineBase.SHORTFALL, assumed=True))
    ladder: tuple[LadderStep, ...] = added(())


@dataclass(frozen=True)
class Deadline:
    """A number of days after an event; working days are Monday to Friday without Dutch public holidays."""

    days: int
    working_days: bool = False


@dataclass(frozen=True)
class Deadlines:
    """When the contractor must get in touch, plan (days after the award) and report (months between)."""

    __pydantic_config__: ClassVar[dict[str, str]] = CLOSED
    first_contact_days: Sourced[int] | None = None
    first_contact_working_days: bool = False
    plan_days: Sourced[int] | None = None
    report_interval_months: Sourced[int] | None = None
    plan_working_days: bool = added(False)

    @property
    def first_contact(self) -> Deadline | None:
        """The deadline of the first contact after the award; None when there is none."""
        rule = self.first_contact_days
        return None if rule is None else Deadline(rule.value, self.first_contact_working_days)

    @property
    def plan(self) -> Deadline | None:
        """The deadline of the plan of action ("plan van aanpak") after the award; None without one."""
        rule = self.plan_days
        return None if rule is None else Deadline(rule.value, self.plan_working_days)


@dataclass(frozen=True)
class Certificate:
    """What a certificate changes: PSO, Code Sociale Ondernemingen, a regional recognition.

    `obligation_discount_pct` lowers the obligation of the contractor that holds it,
    `purchasing_share_pct` is the part of a purchase that counts when the supplier holds it; None: no effect
    is known.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = CLOSED
    code: str
    name_nl: str
    name_en: str
    obligation_discount_pct: Decimal | None = None
    purchasing_share_pct: Decimal | None = None
    source: str = ""
    assumed: bool = False

    @property
    def name(self) -> Bilingual:
        """The name in both languages."""
        return Bilingual(self.name_nl, self.name_en)


@dataclass(frozen=True)
class Evidence:
    """A kind of evidence ("bewijsstuk"), such as an internship agreement."""

    __pydantic_config__: ClassVar[dict[str, str]] = CLOSED
    code: str
    name_nl: str
    name_en: str
