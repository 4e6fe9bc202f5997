"""A part of an obligation that another company takes over: agreed only when both sides confirmed it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class ShareKind(StrEnum):
    """Who takes over a part: a subcontractor ("onderaannemer") or a partner in a combination."""

    SUBCONTRACTOR = "subcontractor"
    PARTNER = "partner"


class ShareState(StrEnum):
    """How far two-sided confirmation has come."""

    WAITS_FOR_MAIN = "waits_for_main"
    WAITS_FOR_OTHER = "waits_for_other"
    AGREED = "agreed"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


def share_state(*, main_agrees: bool | None, other_agrees: bool | None, taken_back: bool) -> ShareState:
    """Return how a share stands; None is a side that has not answered yet.

    Nobody can be given a part without saying yes: a refusal of either side ends it.
    """
    if taken_back:
        return ShareState.TAKEN_BACK
    if main_agrees is False or other_agrees is False:
        return ShareState.REFUSED
    if main_agrees is None:
        return ShareState.WAITS_FOR_MAIN
    return ShareState.AGREED if other_agrees else ShareState.WAITS_FOR_OTHER


def share_cents(obligation_cents: int, percentage: Decimal) -> int:
    """Return a percentage of an obligation in whole cents, half a cent up."""
    return int((Decimal(obligation_cents) * percentage / 100).quantize(Decimal(1), ROUND_HALF_UP))
