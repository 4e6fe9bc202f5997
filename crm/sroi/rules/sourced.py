"""One rule of a rule set, with where it was published."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)
CLOSED: dict[str, str] = {"extra": "forbid"}
ADDED = "added"


@dataclass(frozen=True)
class Sourced(Generic[T_co]):
    """One rule: its value, where it was published, and whether we had to assume it."""

    __pydantic_config__: ClassVar[dict[str, str]] = CLOSED
    value: T_co
    source: str = ""
    assumed: bool = False


def added(default: Any) -> Any:
    """Return a field that came later: left at its default it is no part of the hash.

    So a rule set that was stored before the field existed keeps the hash it was stored with.
    """
    return field(default=default, metadata={ADDED: True})
