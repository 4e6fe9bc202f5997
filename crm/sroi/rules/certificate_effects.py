"""What a certificate does for a contract of who holds it: lower the obligation, or why it does not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from crm.sroi.rules.held import Held, covering, discount
from crm.sroi.rules.model import RuleSet


class EffectKind(StrEnum):
    """Whether a certificate lowers an obligation.

    `lowers`: it does. `not_counted`: it could, but was not known when the obligation was confirmed, or
    another one gives more. `too_short`: it could, if it were valid from the award to the end. `nothing`:
    the rules give nothing for it.
    """

    LOWERS = "lowers"
    NOT_COUNTED = "not_counted"
    TOO_SHORT = "too_short"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a certificate does, with the discount that the rules give for it in per cent."""

    kind: EffectKind
    percentage: Decimal


def effect_of(
    code: str,
    held: Sequence[Held],
    ruleset: RuleSet,
    term: tuple[date, date],
    counted: Collection[str],
) -> Effect:
    """Return what a certificate does for a contract that runs from its award to its last day.

    `counted` are the codes that lower the obligation as it was confirmed.
    """
    percentage = discount(ruleset, code)
    if code in counted:
        return Effect(EffectKind.LOWERS, percentage)
    if not percentage:
        return Effect(EffectKind.NOTHING, percentage)
    covers = code in covering(held, *term)
    return Effect(EffectKind.NOT_COUNTED if covers else EffectKind.TOO_SHORT, percentage)
