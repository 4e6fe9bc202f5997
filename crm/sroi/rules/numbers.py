"""Exact numbers: computed as fractions, rounded once, written in the reader's notation."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

CENT = Decimal("0.01")
Number = Decimal | int


class Rounding(StrEnum):
    """How an amount is rounded, once, at the end."""

    CENT_HALF_UP = "cent_half_up"
    CENT_DOWN = "cent_down"
    EURO_HALF_UP = "euro_half_up"


def usable(value: Number) -> bool:
    """Tell whether a number can be computed with exactly: finite, at most 30 decimals."""
    if isinstance(value, int):
        return True
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and -30 <= exponent <= 12


def rounded(amount: Fraction, rounding: Rounding) -> Decimal:
    """Return a euro amount of zero or more with two decimals."""
    top, bottom = amount.numerator, amount.denominator
    if rounding is Rounding.CENT_HALF_UP:
        cents = (200 * top + bottom) // (2 * bottom)
    elif rounding is Rounding.CENT_DOWN:
        cents = 100 * top // bottom
    else:
        cents = 100 * ((2 * top + bottom) // (2 * bottom))
    return Decimal(cents).scaleb(-2)


def written(value: Decimal | Fraction | int, language: str) -> str:
    """Write a number for people: `40.000`, `13.333,33` in Dutch, `40,000` in English.

    Whole numbers have no decimals; a fraction that does not end is cut to four decimals for reading only.
    """
    if isinstance(value, Fraction):
        value = _readable(value)
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".") if value == int(value) else _at_least_cents(text)
    if language == "nl":
        text = text.translate(_DUTCH)
    return text


_DUTCH = str.maketrans({",": ".", ".": ","})


def _readable(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.0001")).normalize()


def _at_least_cents(text: str) -> str:
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    if len(whole) > 2 and len(decimals) < 2:
        decimals = decimals.ljust(2, "0")
    return f"{whole}.{decimals}"
