"""Keeps citizen service numbers ("BSN") out of everything that people type."""

from __future__ import annotations

import re

from pydantic import AfterValidator, ValidationInfo

from crm.core.errors import Invalid

_NINE_DIGITS = re.compile(
    r"(?<![\d+])(?<!\d[ .-])(?:\d{9}|\d{3}([ .-])\d{3}\1\d{3}|\d{4}([ .-])\d{2}\2\d{3})(?![ .-]?\d)"
)
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def holds_bsn(text: str) -> bool:
    """Return whether nine digits in the text, also in groups, pass the eleven-test ("elfproef").

    A telephone number (ten digits, or with a country code) and a trade-register or establishment
    number (eight or twelve digits) have another length, so they never match.
    """
    return any(_passes_eleven_test(found.group()) for found in _NINE_DIGITS.finditer(text))


def refuse_bsn(field: str, text: str | None) -> None:
    """Raise `Invalid` for the named field when its text holds what looks like a BSN."""
    if text and holds_bsn(text):
        raise Invalid(
            field,
            "This holds nine digits that look like a citizen service number (BSN). "
            "We never keep those: take the number out and save again.",
        )


def _without_bsn(text: str | None, info: ValidationInfo) -> str | None:
    refuse_bsn(info.field_name or "", text)
    return text


WITHOUT_BSN = AfterValidator(_without_bsn)
"""Marks a free-text field of a command: `what: Annotated[str, WITHOUT_BSN]`."""


def _bare_numbers(text: str) -> str:
    """Return a reference without the words that hold a letter, unless it says itself that it is a BSN."""
    if "bsn" in text.casefold():
        return text
    return " ".join(word for word in text.split() if not any(sign.isalpha() for sign in word))


def _reference_without_bsn(text: str | None, info: ValidationInfo) -> str | None:
    if text and holds_bsn(_bare_numbers(text)):
        raise Invalid(
            info.field_name or "",
            "This looks like a citizen service number (BSN), and we never keep those. "
            "Is it a number of your own? Write it with a letter or a dash, such as C-123456782.",
        )
    return text


REFERENCE_WITHOUT_BSN = AfterValidator(_reference_without_bsn)
"""Marks a field for a number that somebody else gave out, such as the reference of a contract."""


def _passes_eleven_test(found: str) -> bool:
    digits = [int(sign) for sign in found if sign.isdigit()]
    total = sum(digit * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return total % 11 == 0 and any(digits)
