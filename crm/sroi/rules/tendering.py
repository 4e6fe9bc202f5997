"""What a tender ("aanbesteding") is before its award: how it is awarded, and where it is."""

from __future__ import annotations

from enum import StrEnum


class AwardCriterion(StrEnum):
    """On what a tender is awarded ("gunningscriterium"), by article 2.114 of the Aanbestedingswet 2012.

    Best value ("beste prijs-kwaliteitverhouding"), lowest cost by cost-effectiveness ("laagste kosten"),
    lowest price ("laagste prijs").
    """

    BEST_VALUE = "best_value"
    LOWEST_COST = "lowest_cost"
    LOWEST_PRICE = "lowest_price"


class IntakeState(StrEnum):
    """Where a tender is: prepared or published, awarded, or withdrawn before an award."""

    OPEN = "open"
    AWARDED = "awarded"
    WITHDRAWN = "withdrawn"
