"""What is counted in the end, and what is withheld when too little was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from crm.sroi.rules.caps import covers
from crm.sroi.rules.errors import FactsError
from crm.sroi.rules.kinds import CapBase, Kind, WithholdingReading
from crm.sroi.rules.numbers import Rounding, rounded
from crm.sroi.rules.terms import Cap


@dataclass(frozen=True, slots=True)
class Claim:
    """The value of one effort, in euro, with the block and kind it belongs to."""

    block: str
    kind: Kind
    amount: Decimal
    tags: frozenset[str] = frozenset()


def apply_caps(caps: Sequence[Cap], obligation: Decimal, claims: Sequence[Claim]) -> list[Decimal]:
    """Return what counts of each claim, in euro, when kinds may fill only a share of the obligation.

    Claims are taken in the order given; the first fill a cap, later ones count for what room is left.
    """
    rooms = [
        rounded(Fraction(_base(cap, obligation, claims)) * Fraction(cap.share_pct) / 100, Rounding.CENT_DOWN)
        for cap in caps
    ]
    counted = []
    for claim in claims:
        touched = [
            place for place, cap in enumerate(caps) if covers(cap, claim.block, claim.kind, claim.tags)
        ]
        amount = min([claim.amount, *(rooms[place] for place in touched)])
        for place in touched:
            rooms[place] -= amount
        counted.append(amount)
    return counted


def _base(cap: Cap, obligation: Decimal, claims: Sequence[Claim]) -> Decimal:
    if cap.base is CapBase.OBLIGATION:
        return obligation
    counted = (claim.amount for claim in claims if not cap.base_kinds or claim.kind in cap.base_kinds)
    return sum(counted, Decimal(0))


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
