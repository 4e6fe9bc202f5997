"""What certificates change: a discount on the obligation, and the part of a purchase that counts.

PSO certificates give a discount in some regions and must be valid at the tender and during the whole
contract (https://adviespuntsr.nl/pso/); no percentage is published anywhere, so every one is assumed. Twente
counts social purchasing in full with a supplier of the Code register and for half with one of SE NL.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from crm.sroi.rules.draft import Draft
from crm.sroi.rules.explanation import Bilingual, Params
from crm.sroi.rules.model import RuleSet
from crm.sroi.rules.terms import Certificate

DISCOUNT = "Discount for the certificate: {name}"
DISCOUNT_FORMULA = "{amount} − {percentage} %"
DISCOUNT_ASSUMED = "The discount for the certificate {name} is assumed; no percentage is published."
HIGHEST = "Of several discounts for certificates only the highest counts; the publication is silent."
NO_DISCOUNT = "The certificate {name} gives no discount that is known."
UNKNOWN = "The certificate {code} is not known to this rule set and changes nothing."
LOWEST = "The certificate of the supplier is not known; the lowest part is counted."
NOT_HELD = "The supplier has no certificate of this rule set; nothing of the purchase counts."


@dataclass(frozen=True, slots=True)
class Share:
    """The percentage of a purchase that counts, with where that was published."""

    pct: Decimal
    source: str
    assumed: bool


def less_discount(ruleset: RuleSet, held: Collection[str], amount: Fraction, draft: Draft) -> Fraction:
    """Return an obligation in euro less the highest discount of the certificates that are held."""
    giving = [one for code in sorted(held) if (one := _giving(ruleset, code, draft))]
    if len(giving) > 1:
        draft.note(HIGHEST)
    if not giving:
        return amount
    best = max(giving, key=_discount)
    percentage = _discount(best)
    less = amount * (100 - Fraction(percentage)) / 100
    params: Params = {"name": best.name, "amount": amount, "percentage": percentage}
    draft.show(DISCOUNT, DISCOUNT_FORMULA, params, less, best.source, best.assumed)
    if best.assumed:
        draft.note(DISCOUNT_ASSUMED, {"name": best.name})
    return less


def counted_share(ruleset: RuleSet, held: str | None, draft: Draft) -> Share | None:
    """Return the part of a purchase that counts, by what the supplier holds; None when all of it does.

    `held` is None when it is not known (the lowest part counts) and `""` when the supplier holds nothing
    (nothing counts); both are assumed. None is also returned when no certificate of the rule set matters.
    """
    shares = {
        one.code: Share(one.purchasing_share_pct, one.source, one.assumed)
        for one in ruleset.certificates
        if one.purchasing_share_pct is not None
    }
    if not shares:
        return None
    if held is None:
        draft.note(LOWEST)
        lowest = min(shares.values(), key=lambda share: share.pct)
        return Share(lowest.pct, lowest.source, assumed=True)
    if held not in shares:
        draft.note(NOT_HELD)
        return Share(Decimal(0), "", assumed=True)
    return shares[held]


def _giving(ruleset: RuleSet, code: str, draft: Draft) -> Certificate | None:
    for one in ruleset.certificates:
        if one.code != code:
            continue
        if one.obligation_discount_pct is not None:
            return one
        draft.note(NO_DISCOUNT, {"name": one.name})
        return None
    draft.note(UNKNOWN, {"code": Bilingual(code, code)})
    return None


def _discount(one: Certificate) -> Decimal:
    return one.obligation_discount_pct or Decimal(0)
