"""Euro amounts: whole cents in records, `Decimal` in rules, Dutch notation on screen."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from crm.core.decimals import decimal_of
from crm.core.errors import Invalid

CENT = Decimal("0.01")


def cents(amount: Decimal) -> int:
    """Return a euro amount as whole cents, half a cent rounded up."""
    return int(amount.quantize(CENT, ROUND_HALF_UP).scaleb(2))


def euros(amount_cents: int) -> Decimal:
    """Return whole cents as a euro amount with two decimals."""
    return Decimal(amount_cents).scaleb(-2).quantize(CENT)


def parse_euros(text: str, field: str) -> int:
    """Return the cents that a Dutch notation stands for (`1.234,56`, `€ 50.000`, `12,5`).

    Raises `Invalid` for the named field when it is not an amount of zero or more.
    """
    amount = decimal_of(text.replace("€", ""))
    if amount is None or amount >= 10**12:
        raise Invalid(field, "Fill in an amount in euros, for example 1.234,56.")
    return cents(amount)
