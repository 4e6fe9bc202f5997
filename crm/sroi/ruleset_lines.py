"""The lines of a rule set that change most, each with its source, and making it with some of them changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.sroi.rules import Bilingual, Block, ByType, FactsError, RuleSet, Sourced, Term, check_ruleset
from crm.sroi.rules.field_words import CHOICES, FIELDS, PARTS
from crm.sroi.rules.kinds import VALUED_UNITS, Kind, Unit


class Section(StrEnum):
    """The four parts in which the lines are asked."""

    VALUES = "values"
    BONUSES = "bonuses"
    OBLIGATION = "obligation"
    TERMS = "terms"


# Rules with one number, by the part of the rule set in which they stand.
NUMBERS = {
    "valuation": ("hours_basis", "min_hours_per_week"),
    "deadlines": ("first_contact_days", "plan_days", "report_interval_months"),
    "sanctions": ("repair_days", "fine_pct"),
    "obligation": ("fixed_amount", "hour_value_eur", "maximum", "percentage_min", "percentage_max"),
}
# Rules that belong to one base alone, so that they are asked only where they stand already.
OF_ONE_BASE = ("fixed_amount", "hour_value_eur")
LISTS = ("percentages", "thresholds")
WHOLE = frozenset({"first_contact_days", "plan_days", "report_interval_months", "repair_days"})
OF_TIME = tuple(CHOICES[unit] for unit in (Unit.FULL_TIME_YEAR, Unit.MONTH, Unit.LEARNING_YEAR))
UNKNOWN = N_("This rule is no longer there. Open the version again.")
NOT_WHOLE = N_("This must be a whole number.")


@dataclass(frozen=True)
class Line:
    """One line to change: `path` is its place in the rule set, `months` the counting limit of a block.

    `value` is None for a rule that is not there, and for a block without a fixed value (`valued` False).
    """

    path: str
    section: Section
    name: Bilingual | Term
    value: Decimal | None
    source: str
    assumed: bool
    months: int | None = None
    valued: bool = True
    about: Term | None = None

    @property
    def counted(self) -> bool:
        """Whether a counting limit is asked: for what counts time, and where there is one already."""
        return self.months is not None or (self.section is Section.VALUES and self.about in OF_TIME)


@dataclass(frozen=True)
class Change:
    """What a line becomes; a value of None takes a rule away, months of None a limit."""

    path: str
    value: Decimal | None
    months: int | None
    source: str
    assumed: bool


def lines_of(ruleset: RuleSet) -> list[Line]:
    """Return every line that can be changed, in the order of the rule set."""
    return [
        *(_block_line(block) for block in ruleset.blocks),
        *_listed(ruleset),
        *(_number_line(ruleset, area, name) for area, name in _numbers(ruleset)),
    ]


def with_changes(ruleset: RuleSet, changes: Iterable[Change]) -> RuleSet:
    """Return the rule set with some lines changed.

    Raises `Invalid` naming the line for what is not there or contradicts itself.
    """
    gone: list[str] = []
    for change in changes:
        ruleset = _applied(ruleset, change)
        if change.value is None and change.path.split(".")[-1].isdigit():
            gone.append(change.path)
    ruleset = _without(ruleset, gone)
    try:
        check_ruleset(ruleset)
    except FactsError as fault:
        raise Invalid(fault.field, fault.message, **fault.params) from None
    return ruleset


def _block_line(block: Block) -> Line:
    return Line(
        path=f"blocks.{block.code}",
        section=Section.BONUSES if block.kind is Kind.BONUS else Section.VALUES,
        name=block.name,
        value=block.value,
        source=block.source,
        assumed=block.assumed,
        months=block.counting_max_months,
        valued=block.unit in VALUED_UNITS,
        about=CHOICES[block.unit],
    )


def _listed(ruleset: RuleSet) -> Iterator[Line]:
    for name in LISTS if ruleset.obligation else ():
        entries: tuple[ByType, ...] = getattr(ruleset.obligation, name)
        for place, entry in enumerate(entries):
            about = CHOICES[entry.contract_type] if entry.contract_type else None
            yield Line(
                path=f"obligation.{name}.{place}",
                section=Section.OBLIGATION,
                name=PARTS[name],
                value=entry.value,
                source=entry.source,
                assumed=entry.assumed,
                about=about,
            )


def _numbers(ruleset: RuleSet) -> list[tuple[str, str]]:
    there = (area for area in NUMBERS if getattr(ruleset, area) is not None)
    absent = {name for name in OF_ONE_BASE if getattr(ruleset.obligation, name, None) is None}
    return [(area, name) for area in there for name in NUMBERS[area] if name not in absent]


def _number_line(ruleset: RuleSet, area: str, name: str) -> Line:
    rule: Sourced[Any] | None = getattr(getattr(ruleset, area), name)
    return Line(
        path=f"{area}.{name}",
        section=Section.OBLIGATION if area == "obligation" else Section.TERMS,
        name=FIELDS[name],
        value=None if rule is None else Decimal(rule.value),
        source=rule.source if rule else "",
        assumed=rule.assumed if rule else False,
    )


def _applied(ruleset: RuleSet, change: Change) -> RuleSet:
    area, _, rest = change.path.partition(".")
    if area == "blocks":
        return replace(ruleset, blocks=tuple(_block(block, rest, change) for block in ruleset.blocks))
    part = getattr(ruleset, area, None) if area in NUMBERS else None
    name, _, place = rest.partition(".")
    if part is None or (name not in NUMBERS[area] and not _is_entry(part, name, place)):
        raise Invalid(change.path, UNKNOWN)
    new = _entries(getattr(part, name), int(place), change) if place else _rule(name, change)
    return replace(ruleset, **{area: replace(part, **{name: new})})


def _is_entry(part: Any, name: str, place: str) -> bool:
    return name in LISTS and place.isdigit() and int(place) < len(getattr(part, name, ()))


def _block(block: Block, code: str, change: Change) -> Block:
    if block.code != code:
        return block
    return replace(
        block,
        value=change.value if block.unit in VALUED_UNITS else None,
        counting_max_months=change.months,
        unlimited=block.unlimited and change.months is None,
        source=change.source,
        assumed=change.assumed,
    )


def _entries(entries: tuple[ByType, ...], place: int, change: Change) -> tuple[ByType, ...]:
    if change.value is None:
        return entries
    new = replace(entries[place], value=change.value, source=change.source, assumed=change.assumed)
    return (*entries[:place], new, *entries[place + 1 :])


def _rule(name: str, change: Change) -> Sourced[Any] | None:
    if change.value is None:
        return None
    if name not in WHOLE:
        return Sourced(change.value, change.source, change.assumed)
    if change.value != int(change.value):
        raise Invalid(change.path, NOT_WHOLE)
    return Sourced(int(change.value), change.source, change.assumed)


def _without(ruleset: RuleSet, paths: list[str]) -> RuleSet:
    for name in LISTS if ruleset.obligation else ():
        entries = getattr(ruleset.obligation, name)
        kept = tuple(
            entry for place, entry in enumerate(entries) if f"obligation.{name}.{place}" not in paths
        )
        ruleset = replace(ruleset, obligation=replace(ruleset.obligation, **{name: kept}))  # type: ignore[type-var]
    return ruleset
