"""A final statement as it is read back from its stored JSON: for the screen, the PDF and the table alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm.core.money import cents, euros
from crm.sroi.rules import Bilingual, Explanation


@dataclass(frozen=True)
class Line:
    """An effort on the statement: approved, what counts under the limits, and why; in whole cents.

    With a `company` it is all that another company did on its part, without number, period or reasons.
    """

    number: int
    name: Bilingual
    starts_on: date | None
    ends_on: date | None
    approved_cents: int
    counted_cents: int
    explanation: Explanation
    company: str = ""

    @property
    def cut_cents(self) -> int:
        """What limits took off."""
        return self.approved_cents - self.counted_cents


@dataclass(frozen=True)
class Paper:
    """Everything a final statement says; amounts in whole cents.

    `corrected_on` is the day of a correction; None on a first statement, and on corrections from before it
    was kept apart from `settled_on`.
    """

    title: str
    reference: str
    authority: str
    employer: str
    kvk_number: str
    start_on: date
    end_on: date
    settled_on: date
    corrected_on: date | None
    number: int
    reason: str
    check_at: str
    rule_set: str
    rule_set_version: str
    rule_set_hash: str
    obligation: Explanation
    lines: tuple[Line, ...]
    limits: Explanation
    obligation_cents: int
    approved_cents: int
    cut_cents: int
    counted_cents: int
    shortfall_cents: int
    surplus_cents: int
    repair_until: date | None
    last_instalment_cents: int | None
    not_to_blame: str
    follows: Explanation

    @property
    def made_on(self) -> date:
        """The day that the paper bears."""
        return self.corrected_on or self.settled_on

    @property
    def follows_cents(self) -> int:
        """What is withheld, invoiced and fined together."""
        return cents(self.follows.amount)


def read_paper(inputs: Mapping[str, Any]) -> Paper:
    """Return the statement that stored inputs describe."""
    contract, rule_set, decided = inputs["contract"], inputs["rule_set"], inputs["decisions"]
    return Paper(
        title=contract["title"],
        reference=contract["reference"] or "",
        authority=inputs["authority"]["name"],
        employer=inputs["employer"]["name"],
        kvk_number=inputs["employer"]["kvk_number"],
        start_on=date.fromisoformat(contract["start_on"]),
        end_on=date.fromisoformat(contract["end_on"]),
        settled_on=date.fromisoformat(inputs["settled_on"]),
        corrected_on=_day(inputs.get("corrected_on")),
        number=inputs["number"],
        reason=inputs["reason"],
        check_at=inputs["check_at"],
        rule_set=rule_set["name"],
        rule_set_version=rule_set["version"],
        rule_set_hash=rule_set["hash"],
        obligation=Explanation.from_json(inputs["obligation"]),
        lines=(*map(_line, inputs["efforts"]), *map(_part, inputs.get("parts", ()))),
        limits=Explanation.from_json(inputs["counted"]),
        **inputs["totals"],
        repair_until=_day(decided["repair_until"]),
        last_instalment_cents=decided["last_instalment_cents"],
        not_to_blame=decided["not_to_blame"],
        follows=Explanation.from_json(inputs["follows"]),
    )


def _line(effort: Mapping[str, Any]) -> Line:
    return Line(
        number=effort["number"],
        name=Bilingual(effort["name"]["nl"], effort["name"]["en"]),
        starts_on=_day(effort["starts_on"]),
        ends_on=_day(effort["ends_on"]),
        approved_cents=effort["approved_cents"],
        counted_cents=effort["counted_cents"],
        explanation=Explanation.from_json(effort["explanation"]),
    )


def _part(told: Mapping[str, Any]) -> Line:
    return Line(
        number=0,
        name=Bilingual("", ""),
        starts_on=None,
        ends_on=None,
        approved_cents=told["approved_cents"],
        counted_cents=told["counted_cents"],
        explanation=Explanation(euros(told["approved_cents"]), ()),
        company=told["company"],
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
