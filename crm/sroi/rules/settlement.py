"""What is counted in the end, and what is withheld when too little was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from crm.sroi.rules.errors import FactsError
from crm.sroi.rules.kinds import Kind, WithholdingReading
from crm.sroi.rules.numbers import Rounding, rounded
from crm.sroi.rules.terms import Cap


@dataclass(frozen=True, slots=True)
class Claim:
    """The value of one effort, in euro, with the block and kind it belongs to."""

    block: str
    kind: Kind
    amount: Decimal


def apply_caps(caps: Sequence[Cap], obligation: Decimal, claims: Sequence[Claim]) -> list[Decimal]:
    """Return what counts of each claim, in euro, when kinds may fill only a share of the obligation.

    Claims are taken in the order given; the first fill a cap, later ones count for what room is left.
    """
    rooms = [
        rounded(Fraction(obligation) * Fraction(cap.share_pct) / 100, Rounding.CENT_DOWN) for cap in caps
    ]
    counted = []
    for claim in claims:
        touched = [place for place, cap in enumerate(caps) if _covers(cap, claim)]
        amount = min([claim.amount, *(rooms[place] for place in touched)])
        for place in touched:
            rooms[place] -= amount
        counted.append(amount)
    return counted


def _covers(cap: Cap, claim: Claim) -> bool:
    of_kind = cap.kind is None or cap.kind is claim.kind
    return of_kind and (not cap.blocks or claim.block in cap.blocks)


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
