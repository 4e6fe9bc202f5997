"""Awards that should be contracts with a clause: when one is missing, and what can be decided about it."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from crm.sroi.rules.numbers import Rounding, rounded


class Decision(StrEnum):
    """What became of an award that was no contract."""

    OPEN = "open"
    REGISTERED = "registered"
    NO_CLAUSE = "no_clause"
    LAPSED = "lapsed"


class NoClause(StrEnum):
    """Why an award has no social return clause."""

    NOT_APPLICABLE = "not_applicable"
    EXEMPTED = "exempted"
    FRAMEWORK = "framework"
    DOUBLE = "double"
    FORGOTTEN = "forgotten"
    OTHER = "other"


class Expected(NamedTuple):
    """Whether an award is above the threshold, and the obligation it would have in euro (None: unknown)."""

    above: bool
    amount: Decimal | None


def expected_by_threshold(
    value: Decimal | None, threshold: Decimal | None, percentage: Decimal | None
) -> Expected:
    """Return what an authority's own threshold makes of an award where no rule set says anything.

    An award of unknown value, or without a threshold to hold it against, counts as above: somebody has to
    look. `percentage` is 5 for 5 %.
    """
    if value is None or threshold is None:
        return Expected(True, None)
    if value < threshold:
        return Expected(False, Decimal("0.00"))
    if percentage is None:
        return Expected(True, None)
    return Expected(True, rounded(Fraction(value) * Fraction(percentage) / 100, Rounding.CENT_HALF_UP))
