"""The two calculations for outside use: a document of facts in, a document with the explanation out.

Numbers in facts may be JSON numbers or text such as `"1234.56"`; dates are `"2026-12-31"`. A key that is
not known is refused, so that a spelling mistake never goes unnoticed. `null` is the same as leaving it out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from crm.core.errors import Invalid
from crm.core.i18n import in_language
from crm.sroi.rules import (
    Explanation,
    Facts,
    FactsError,
    HoursFrom,
    ObligationFacts,
    RuleSet,
    Spell,
    compute_obligation,
    value_effort,
)

LARGEST = 1_000_000
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,30})?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def value_document(ruleset: RuleSet, facts: object, language: str = "nl") -> dict[str, Any]:
    """Return the value of an effort as a document of amount, steps and assumptions.

    `facts` is a parsed JSON object with the fields of `Facts`. Raises `Invalid` for the faulty field.
    """
    try:
        return readable_document(value_effort(ruleset, effort_facts(facts)), language)
    except FactsError as error:
        raise Invalid(error.field, error.message, **error.params) from None


def obligation_document(ruleset: RuleSet, facts: object, language: str = "nl") -> dict[str, Any]:
    """Return the obligation of a contract as a document of amount, steps and assumptions.

    `facts` is a parsed JSON object with the fields of `ObligationFacts`; raises `Invalid` for a faulty field.
    """
    try:
        return readable_document(compute_obligation(ruleset, obligation_facts(facts)), language)
    except FactsError as error:
        raise Invalid(error.field, error.message, **error.params) from None


def readable_document(explanation: Explanation, language: str) -> dict[str, Any]:
    """Return an explanation in one language: amounts as text with two decimals, sources as text or None."""
    words = in_language(language)
    return {
        "amount": str(explanation.amount),
        "steps": [
            {
                "label": step.label,
                "formula": step.formula,
                "amount": None if step.amount is None else str(step.amount),
                "source": step.source or None,
                "assumed": step.assumed,
            }
            for step in explanation.readable_steps(language, words)
        ],
        "assumptions": explanation.readable_assumptions(language, words),
    }


def effort_facts(document: object) -> Facts:
    """Return the facts of an effort from a parsed JSON object; raises `Invalid` or `FactsError`."""
    read = _read_fields(document, _EFFORT)
    if "block" not in read:
        raise Invalid("block", "Give the block.")
    return Facts(**read)


def obligation_facts(document: object) -> ObligationFacts:
    """Return the facts of a contract from a parsed JSON object; raises `Invalid` or `FactsError`."""
    return ObligationFacts(**_read_fields(document, _OBLIGATION))


def read_facts(path: Path) -> object:
    """Return the parsed JSON of a file with exact numbers; raises `Invalid` when it cannot be read."""
    try:
        content = path.read_bytes()
    except (OSError, ValueError):
        raise Invalid("facts", "The file {name} cannot be read.", name=path.name) from None
    if len(content) > LARGEST:
        raise Invalid("facts", "The file {name} is larger than 1 MB.", name=path.name)
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            parse_float=_exact,
            parse_int=_exact,
            parse_constant=_exact,
            object_pairs_hook=_without_doubles,
        )
    except (ValueError, RecursionError):
        raise Invalid("facts", "The file {name} is not JSON.", name=path.name) from None


def _exact(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Invalid(key[:40], "This is there twice.")
        found[key] = value
    return found


Reader = Callable[[str, Any], Any]


def _read_fields(document: object, readers: Mapping[str, Reader]) -> dict[str, Any]:
    if not isinstance(document, Mapping):
        raise Invalid("facts", "The facts must be one JSON object.")
    read = {}
    for key, value in document.items():
        reader = readers.get(key)
        if reader is None:
            raise Invalid(str(key)[:40], "This is not a known fact.")
        if value is not None:
            read[key] = reader(key, value)
    return read


def _text(field: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Invalid(field, "This must be a text.")
    return value.strip()


def _number(field: str, value: Any) -> Decimal:
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = Decimal(value.strip())
    elif isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise Invalid(field, "This must be a number, for example 1234.56.")
    return Decimal(value) if value else Decimal(0)


def _age(field: str, value: Any) -> int:
    age = _number(field, value)
    if not age.is_finite() or not -1000 < age < 1000 or age != int(age):
        raise Invalid(field, "This must be a whole number of years.")
    return int(age)


def _day(field: str, value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise Invalid(field, "This must be a date, for example 2026-12-31.")


def _flag(field: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise Invalid(field, "This must be true or false.")
    return value


def _tags(field: str, value: Any) -> frozenset[str]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise Invalid(field, "This must be a list of texts.")
    return frozenset(_text(field, tag).lower() for tag in value)


def _hours(field: str, value: Any) -> Decimal | tuple[HoursFrom, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return _number(field, value)
    if not value:
        raise Invalid(field, "Give at least one number of hours.")
    return tuple(_hours_from(field, entry) for entry in value)


def _hours_from(field: str, entry: Any) -> HoursFrom:
    if not isinstance(entry, Mapping) or set(entry) != {"from", "hours"}:
        raise Invalid(field, "Every entry of the history has from and hours, and nothing else.")
    return HoursFrom(_day(field, entry["from"]), _number(field, entry["hours"]))


def _spells(field: str, value: Any) -> tuple[Spell, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise Invalid(field, "This must be a list of earlier periods.")
    return tuple(_spell(field, entry) for entry in value)


def _spell(field: str, entry: Any) -> Spell:
    known = {"from", "to", "hours_per_week", "worked_hours", "counted_to"}
    if not isinstance(entry, Mapping) or not {"from", "to"} <= set(entry) <= known:
        raise Invalid(field, "Every earlier period has from and to, and may have its hours.")
    weekly, worked = entry.get("hours_per_week"), entry.get("worked_hours")
    counted = entry.get("counted_to")
    return Spell(
        _day(field, entry["from"]),
        _day(field, entry["to"]),
        None if weekly is None else _number(field, weekly),
        None if worked is None else _number(field, worked),
        None if counted is None else _day(field, counted),
    )


def _code(field: str, value: Any) -> str:
    return "" if value == "" else _text(field, value)


_EFFORT: dict[str, Reader] = {
    "block": _text,
    "start": _day,
    "end": _day,
    "months": _number,
    "hours_per_week": _hours,
    "worked_hours": _number,
    "quantity": _number,
    "amount_eur": _number,
    "labour_amount_eur": _number,
    "birth_date": _day,
    "age": _age,
    "benefit_start": _day,
    "permanent": _flag,
    "reference_date": _day,
    "tags": _tags,
    "earlier": _spells,
    "counted_first": _spells,
    "supplier_certificate": _code,
}
_OBLIGATION: dict[str, Reader] = {
    "contract_type": _text,
    "contract_sum_eur": _number,
    "contract_hours": _number,
    "wage_bill_eur": _number,
    "labour_share_pct": _number,
    "invoiced_eur": _number,
    "percentage": _number,
    "award_date": _day,
    "invoiced_rest_eur": _number,
    "certificates": _tags,
}
