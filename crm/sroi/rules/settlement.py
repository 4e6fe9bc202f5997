"""What is counted in the end, and what is withheld when too little was done."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from crm.sroi.rules.errors import FactsError
from crm.sroi.rules.kinds import WithholdingReading
from crm.sroi.rules.numbers import Rounding, rounded


def withholding(
    reading: WithholdingReading,
    obligation: Decimal,
    realised: Decimal,
    last_instalment: Decimal | None = None,
) -> Decimal:
    """Return the euro to withhold from the last instalment, or to invoice, for the unrealised part.

    Fryslân publishes "inhouding op de laatste betalingstermijn naar rato van het niet gerealiseerde deel";
    read as the euro shortfall, or as the unrealised share of the last instalment
    (https://www.harlingen.nl/niet-nakomen-van-verplichting). Nothing is withheld when the obligation is met.
    Raises `FactsError` for `last_instalment` when that reading needs it.
    """
    shortfall = max(obligation - realised, Decimal(0))
    if reading is WithholdingReading.SHORTFALL or not shortfall:
        return rounded(Fraction(shortfall), Rounding.CENT_HALF_UP)
    if last_instalment is None:
        raise FactsError("last_instalment", "Give the amount of the last instalment.")
    share = Fraction(shortfall) / Fraction(obligation)
    return rounded(share * Fraction(last_instalment), Rounding.CENT_HALF_UP)
