"""A part of an obligation that another company takes over: agreed only when both sides confirmed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class GivenOut:
    """A part of an obligation that was offered or agreed: whole cents, and the percentage it was told as."""

    share_id: int
    amount_cents: int
    percentage: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """How the parts of other companies stand beside an obligation, in whole cents.

    `over_cents` is what they are together more than the obligation; `wanted` tells by part what it would be
    in a new split.
    """

    obligation_cents: int
    given_cents: int
    wanted: dict[int, int]
    moved: frozenset[int]

    @property
    def over_cents(self) -> int:
        """What the parts are together more than the obligation; never negative."""
        return max(self.given_cents - self.obligation_cents, 0)

    @property
    def left_cents(self) -> int:
        """What is left for the main contractor; never negative."""
        return max(self.obligation_cents - self.given_cents, 0)

    @property
    def fits(self) -> bool:
        """Whether no new split is needed."""
        return not self.moved


def split_of(obligation_cents: int, parts: Sequence[GivenOut]) -> Split:
    """Return how parts fit an obligation as it is now, and what each would be in a new split.

    A part that was told as a percentage follows the obligation; one of an amount stays. When they are then
    more than the obligation together, all are lowered in proportion, to whole cents and never above it.
    No publication says how parts follow a changed obligation: both companies have to agree anew.
    """
    asked = {part.share_id: _asked(obligation_cents, part) for part in parts}
    total = sum(asked.values())
    if total > obligation_cents:
        asked = {number: amount * obligation_cents // total for number, amount in asked.items()}
    moved = frozenset(part.share_id for part in parts if asked[part.share_id] != part.amount_cents)
    return Split(obligation_cents, sum(part.amount_cents for part in parts), asked, moved)


def _asked(obligation_cents: int, part: GivenOut) -> int:
    if part.percentage is None:
        return part.amount_cents
    return share_cents(obligation_cents, part.percentage)
