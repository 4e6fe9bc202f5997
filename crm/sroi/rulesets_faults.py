"""What is wrong with a rule file: every fault, with the line on which it stands."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from crm.core.i18n import N_
from crm.sroi.rules import RuleSet
from crm.sroi.rules.checks import contradictions
from crm.sroi.toml_lines import Path, key_lines

_ADAPTER: TypeAdapter[RuleSet] = TypeAdapter(RuleSet)
NOT_TOML = N_("The rule file is not TOML: look at line {line}.")
NO_TOML = N_("This is not TOML: {reason}.")
UNKNOWN = N_("This is not a known part of a rule set.")
MESSAGES = {
    "missing": N_("This part is missing."),
    "unexpected_keyword_argument": UNKNOWN,
    "enum": N_("Choose one of these: {choices}."),
    "string_type": N_("This must be a text, between quotes."),
    "int_type": N_("This must be a whole number."),
    "int_parsing": N_("This must be a whole number."),
    "int_from_float": N_("This must be a whole number."),
    "decimal_type": N_("This must be a number, without quotes."),
    "decimal_parsing": N_("This must be a number, without quotes."),
    "finite_number": N_("This must be a number, without quotes."),
    "bool_type": N_("This must be true or false."),
    "bool_parsing": N_("This must be true or false."),
    "date_type": N_("This must be a date, for example 2026-12-31."),
    "tuple_type": N_("This must be a list, between square brackets."),
    "dataclass_type": N_("This must be a table of keys and values."),
}
OTHER_FAULT = N_("This value does not fit here.")
# Stand in for what is missing or wrong at the top, so that the rest can be looked at too.
STAND_INS: dict[str, Any] = {
    "id": "x",
    "name": "x",
    "region": "x",
    "version": "x",
    "source": "x",
    "date_kind": {"value": "award"},
}
LISTS_WITH_CODES = frozenset({"blocks", "evidence"})


@dataclasses.dataclass(frozen=True)
class Fault:
    """A fault in a rule file; `line` counts from 1, `message` is an English message id."""

    line: int
    field: str
    message: str
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)


def faults_of(text: str) -> list[Fault]:
    """Return every fault of a rule file, in order of line; empty when it can be used.

    A text that is not TOML has one fault, because nothing after it can be read. What contradicts itself is
    looked for in the parts that can be read.
    """
    try:
        document = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        return [not_toml(text, error)]
    lines = key_lines(text)
    found = [*_faults_of_form(document, lines), *_contradictions(document, lines)]
    return sorted(found, key=lambda fault: (fault.line, fault.field))


def not_toml(text: str, error: Exception) -> Fault:
    """Return the fault of a text that cannot be read as TOML, with its line."""
    place = re.search(r"line (\d+)", str(error))
    line = int(place.group(1)) if place else text.count("\n") + 1
    reason = str(error).partition(" (at ")[0].rstrip(".")
    return Fault(line, "ruleset", NO_TOML, {"reason": reason})


def said(error: ErrorDetails) -> tuple[str, dict[str, str]]:
    """Return the message id and its params for one fault of the form."""
    expected = str(error.get("ctx", {}).get("expected", ""))
    choices = ", ".join(re.findall(r"'([^']*)'", expected))
    message = MESSAGES.get(error["type"], OTHER_FAULT)
    return message, {"choices": choices} if error["type"] == "enum" else {}


def named(location: Sequence[int | str], document: Any) -> str:
    """Return a place as a name: keys joined by dots, entries of a list by their code or else their place."""
    names = []
    for part in location:
        document = _inside(document, part)
        code = document.get("code") if isinstance(document, dict) and isinstance(part, int) else None
        names.append(str(code or part))
    return ".".join(names)


def _faults_of_form(document: Mapping[str, Any], lines: Mapping[Path, int]) -> Iterator[Fault]:
    if "hash" in document:
        yield Fault(_line(("hash",), lines), "hash", UNKNOWN)
    for error in _errors(document):
        message, params = said(error)
        location = error["loc"]
        yield Fault(_line(location, lines), named(location, document), message, params)


def _errors(document: Mapping[str, Any]) -> list[ErrorDetails]:
    try:
        _ADAPTER.validate_python({key: value for key, value in document.items() if key != "hash"})
    except ValidationError as error:
        return error.errors(include_url=False, include_input=False)
    return []


def _contradictions(document: Mapping[str, Any], lines: Mapping[Path, int]) -> Iterator[Fault]:
    bad = {_part(error["loc"]) for error in _errors(document)}
    readable = {key: _without(key, value, bad) for key, value in document.items() if (key,) not in bad}
    readable |= {
        key: value for key, value in STAND_INS.items() if not isinstance(readable.get(key), type(value))
    }
    readable.pop("hash", None)
    torn = {part[0] for part in bad} & LISTS_WITH_CODES
    for fault in contradictions(_ADAPTER.validate_python(readable)):
        # A code that is not known may be that of a part with a fault of its own.
        if not (torn and "code" in fault.params):
            path = _as_written(_path(fault.field, readable), bad)
            yield Fault(_line(path, lines), fault.field, fault.message, fault.params)


def _part(location: Sequence[int | str]) -> Path:
    """Return what to leave out for a fault: an entry of a list, a rule of a table, or the whole."""
    whole = location[0] == "obligation" or location[0] in STAND_INS
    return tuple(location[:1] if whole else location[:2])


def _without(key: str, value: Any, bad: set[Path]) -> Any:
    if isinstance(value, dict):
        return {name: inside for name, inside in value.items() if (key, name) not in bad}
    if isinstance(value, list):
        return [entry for place, entry in enumerate(value) if (key, place) not in bad]
    return value


def _as_written(path: Path, bad: set[Path]) -> Path:
    """Return a path with the place that a first entry had before faulty ones were left out."""
    if len(path) < 2 or not isinstance(path[1], int):
        return path
    place = path[1]
    for gone in sorted(int(part[1]) for part in bad if part[0] == path[0] and len(part) > 1):
        place += gone <= place
    return (path[0], place, *path[2:])


def _path(name: str, document: Any) -> Path:
    """Return the path of a part that is named as `named` does, as far as it is there."""
    path: Path = ()
    for part in name.split("."):
        place: int | str = part
        if isinstance(document, list):
            codes = [entry.get("code") for entry in document]
            place = codes.index(part) if part in codes else int(part) if part.isdigit() else part
        path, document = (*path, place), _inside(document, place)
    return path


def _inside(document: Any, part: int | str) -> Any:
    try:
        return document[part]
    except (KeyError, IndexError, TypeError):
        return None


def _line(path: Sequence[int | str], lines: Mapping[Path, int]) -> int:
    """Return the line of a path, or of the nearest thing around it; 1 when nothing is."""
    known = tuple(path)
    while known and known not in lines:
        known = known[:-1]
    return lines.get(known, 1)
