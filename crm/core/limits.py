"""What a field of a command allows, told in one sentence when something else was given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, get_args

from annotated_types import Ge, Gt, Le, Lt
from pydantic.fields import FieldInfo

from crm.core.errors import Invalid
from crm.core.i18n import number

OUT_OF_BOUNDS = {
    "greater_than",
    "greater_than_equal",
    "less_than",
    "less_than_equal",
    "decimal_max_digits",
    "decimal_whole_digits",
}


def limit_fault(field: str, kind: str, context: Mapping[str, Any], known: FieldInfo | None) -> Invalid | None:
    """Return the fault that says what a field allows; None when its limits have nothing to do with it.

    `kind` and `context` are the type and the context of an error of pydantic.
    """
    match kind:
        case "string_too_long":
            return Invalid(
                field, "This is too long: at most {limit} characters.", limit=context["max_length"]
            )
        case "too_long":
            return Invalid(field, "This is too much: at most {limit}.", limit=context["max_length"])
        case "decimal_max_places" if context["decimal_places"] == 1:
            return Invalid(field, "Round this off to one digit after the comma, for example 13,5.")
        case "decimal_max_places":
            return Invalid(
                field, "Round this off to {places} digits after the comma.", places=context["decimal_places"]
            )
    if known is None or kind not in OUT_OF_BOUNDS:
        return None
    return _outside(field, list(_limits(known)))


def _outside(field: str, limits: list[object]) -> Invalid | None:
    low = next((_shown(field, one.ge) for one in limits if isinstance(one, Ge)), None)
    above = next((_shown(field, one.gt) for one in limits if isinstance(one, Gt)), None)
    high = next((_shown(field, one.le) for one in limits if isinstance(one, Le)), None)
    below = next((_shown(field, one.lt) for one in limits if isinstance(one, Lt)), None)
    match low, above, high, below:
        case None, str(), str(), None:
            return Invalid(field, "Fill in more than {low} and at most {high}.", low=above, high=high)
        case str(), None, str(), None:
            return Invalid(field, "Fill in at least {low} and at most {high}.", low=low, high=high)
        case str(), None, None, None:
            return Invalid(field, "Fill in at least {low}.", low=low)
        case None, str(), None, None:
            return Invalid(field, "Fill in more than {low}.", low=above)
        case None, None, str(), None:
            return Invalid(field, "Fill in at most {high}.", high=high)
        case None, None, None, str():
            return Invalid(field, "Fill in less than {high}.", high=below)
    return None


def _limits(known: FieldInfo) -> Iterator[object]:
    """Yield the limits of a field, also those of a type that may be left out: `Hours | None`."""
    yield from known.metadata
    for part in get_args(known.annotation):
        for one in getattr(part, "__metadata__", ()):
            yield from one.metadata if isinstance(one, FieldInfo) else (one,)


def _shown(field: str, limit: Any) -> str | None:
    """Return a limit in Dutch notation, in which numbers are typed; amounts are kept in cents."""
    if not isinstance(limit, int | Decimal):
        return None
    value = Decimal(limit)
    return f"€ {number(value / 100, 'nl')}" if field.endswith("_cents") else number(value, "nl")
