"""What makes a function an action: a permission asked first and an intention for the audit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from crm.core.access import Permission
from crm.core.errors import Invalid
from crm.core.limits import limit_fault
from crm.core.work import Work

T = TypeVar("T")
C = TypeVar("C", bound="Command")


MISSING = frozenset({"missing", "string_too_short", "too_short"})


@dataclass(frozen=True)
class ActionSpec:
    """An action as the register knows it."""

    name: str
    permission: Permission
    function: Callable[..., Any]
    command: type[Command]


ACTIONS: dict[str, ActionSpec] = {}


class Command(BaseModel):
    """What a user asks for, checked again on the server whatever the browser allowed."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise as_invalid(error, type(self)) from None


def as_invalid(error: ValidationError, command: type[Command]) -> Invalid:
    """Return the first fault of a command as one plain sentence about one field."""
    first = error.errors()[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    context = first.get("ctx", {})
    if isinstance(cause := context.get("error"), Invalid):
        return cause
    if first["type"] in MISSING or first["input"] is None:
        return Invalid(field, "Fill in this field.")
    told = limit_fault(field, first["type"], context, command.model_fields.get(field))
    return told or Invalid(field, "This value is not possible here. Check it and try again.")


def action(
    permission: Permission, command: type[C]
) -> Callable[[Callable[[Work, C], T]], Callable[[Work, C], T]]:
    """Register a function as an action: it asks `permission` before anything else happens."""

    def decorate(function: Callable[[Work, C], T]) -> Callable[[Work, C], T]:
        name = f"{function.__module__.removeprefix('crm.').split('.')[0]}.{function.__name__}"

        @wraps(function)
        def guarded(work: Work, given: C) -> T:
            work.actor.require(permission)
            work.intend(name)
            return function(work, given)

        ACTIONS[name] = ActionSpec(name, permission, guarded, command)
        return guarded

    return decorate
