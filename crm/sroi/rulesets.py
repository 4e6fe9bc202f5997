"""Rule sets as files: TOML in `data/rulesets/`, or an administrator's own file of the same form.

`docs/rulesets.md` describes the form. Reading checks everything and names the first faulty field.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import Field, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from crm.core.errors import Invalid
from crm.sroi.rules import FactsError, RuleSet, check_ruleset
from crm.sroi.rules.checks import IDENTIFIER
from crm.sroi.rules.sourced import ADDED
from crm.sroi.rulesets_faults import NOT_TOML, UNKNOWN, named, not_toml, said
from crm.sroi.toml_text import toml_text

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "rulesets"
LARGEST = 1_000_000

_ADAPTER: TypeAdapter[RuleSet] = TypeAdapter(RuleSet)


def load_ruleset(id_or_path: str | Path) -> RuleSet:
    """Return a rule set by the id of a shipped one, or from a TOML file.

    Raises `Invalid` for the field `ruleset` when there is none or it is not TOML, and for the faulty field
    otherwise.
    """
    name = str(id_or_path)
    if IDENTIFIER.fullmatch(name) and not Path(name).is_file():
        return _shipped(name)
    return parse_ruleset(read_text(Path(name)))


def parse_ruleset(text: str) -> RuleSet:
    """Return the rule set that a TOML text describes, with its hash; raises `Invalid` like `load_ruleset`."""
    try:
        document = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Invalid("ruleset", NOT_TOML, line=not_toml(text, error).line) from None
    return ruleset_from(document)


def ruleset_from(document: Mapping[str, Any]) -> RuleSet:
    """Return the checked rule set of a parsed document, with its hash; raises `Invalid` for a field."""
    if "hash" in document:
        raise Invalid("hash", UNKNOWN)
    try:
        ruleset = _ADAPTER.validate_python(dict(document))
        check_ruleset(ruleset)
    except ValidationError as error:
        raise _invalid(error, document) from None
    except FactsError as error:
        raise Invalid(error.field, error.message, **error.params) from None
    return replace(ruleset, hash=ruleset_hash(ruleset))


def ruleset_hash(ruleset: RuleSet) -> str:
    """Return the SHA-256 of the canonical document: every field with its value, in order of name.

    Fields that came later than the first rule sets are left out at their default, so that stored ones keep
    their hash.
    """
    canonical = json.dumps(
        _plain(replace(ruleset, hash="")), sort_keys=True, ensure_ascii=False, default=_canonical
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def ruleset_document(ruleset: RuleSet) -> str:
    """Return a rule set as TOML text; reading it again gives the same rule set and the same hash."""
    plain = _ADAPTER.dump_python(ruleset, exclude={"hash"}, exclude_none=True, exclude_defaults=True)
    return toml_text(plain)


@lru_cache(maxsize=1)
def _all_shipped() -> tuple[RuleSet, ...]:
    return tuple(parse_ruleset(read_text(path)) for path in sorted(SHIPPED.glob("*.toml")))


def shipped_rulesets() -> list[RuleSet]:
    """Return the rule sets that come with the product, by id."""
    return list(_all_shipped())


def in_force(rulesets: Iterable[RuleSet], on: date) -> RuleSet | None:
    """Return the rule set in force on a date, the latest version when there are several; None without one.

    Which date that is, award or publication, each rule set tells in `date_kind`.
    """
    valid = [ruleset for ruleset in rulesets if ruleset.in_force(on)]
    return max(valid, key=lambda ruleset: ruleset.valid_from or date.min, default=None)


def ruleset_for(ruleset_ids: Sequence[str], on: date) -> RuleSet | None:
    """Return the shipped rule set of an authority that is in force on a date; None when there is none."""
    return in_force((load_ruleset(ruleset_id) for ruleset_id in ruleset_ids), on)


def _shipped(ruleset_id: str) -> RuleSet:
    for ruleset in _all_shipped():
        if ruleset.id == ruleset_id:
            return ruleset
    raise Invalid("ruleset", "There is no rule set {name}.", name=ruleset_id)


def read_text(path: Path) -> str:
    """Return the text of a rule file; raises `Invalid` for `ruleset` when it cannot be read."""
    try:
        content = path.read_bytes()
    except (OSError, ValueError):
        raise Invalid("ruleset", "The rule file {name} cannot be read.", name=path.name) from None
    if len(content) > LARGEST:
        raise Invalid("ruleset", "The rule file {name} is larger than 1 MB.", name=path.name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("ruleset", "The rule file {name} is not UTF-8 text.", name=path.name) from None


def _invalid(error: ValidationError, document: Mapping[str, Any]) -> Invalid:
    first = error.errors(include_url=False, include_input=False)[0]
    message, params = said(first)
    return Invalid(named(first["loc"], document), message, **params)


def _plain(part: Any) -> Any:
    if isinstance(part, tuple):
        return [_plain(entry) for entry in part]
    if not is_dataclass(part):
        return part
    told = ((field, getattr(part, field.name)) for field in fields(part))
    return {field.name: _plain(value) for field, value in told if not _left_out(field, value)}


def _left_out(field: Field[Any], value: Any) -> bool:
    later = ADDED in field.metadata or field.name == "hash"
    return value is None or (later and value == field.default)


def _canonical(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
