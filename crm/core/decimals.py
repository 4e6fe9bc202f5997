"""Numbers as people type them: Dutch notation, and nothing that could be read in two ways."""

from __future__ import annotations

import re
from decimal import Decimal

from crm.core.errors import Invalid

_PLAIN = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,2})?")
_IN_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4}(?:,[0-9]{1,2})?")


def decimal_of(typed: str) -> Decimal | None:
    """Return the number that a text stands for (`3,5`, `3.5`, `13`, `1.234,5`), None when it is none.

    Points before three digits divide thousands, as in `1.234`; English notation (`1,234.5`) and more than
    two decimals are no number here, because they would be read as another one.
    """
    text = "".join(typed.split())
    if _IN_THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    elif not _PLAIN.fullmatch(text):
        return None
    return Decimal(text.replace(",", "."))


def read_number(typed: str, field: str) -> Decimal | None:
    """Return the number that was typed in a field, None when it is empty; raises `Invalid` for the field."""
    number = decimal_of(typed)
    if number is None and typed.strip():
        raise Invalid(field, "Fill in a number, for example 13,5.")
    return number


def read_needed(typed: str, field: str) -> Decimal:
    """Return the number that was typed in a field that cannot stay empty; raises `Invalid` for the field."""
    number = decimal_of(typed)
    if number is None:
        raise Invalid(field, "Fill in a number, for example 13,5.")
    return number
