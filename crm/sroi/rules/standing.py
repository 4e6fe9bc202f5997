"""How a contract stands: the five fixed status words, what is still needed, and the time that is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from crm.sroi.rules.errors import FactsError
from crm.sroi.rules.periods import DAY, add_months, calendar_months

TOLERANCE = Decimal("0.10")


class Status(StrEnum):
    """The five fixed words: op koers, loopt achter, herstelperiode, voldaan, afgerekend.

    A contract has the first of these that holds, in this order:

    * settled: the contract was settled at its end.
    * met: approved efforts cover the obligation (an obligation of zero is met).
    * in repair: a repair period was granted and has not passed (`repair_until` is its last day).
    * on course: the term has not ended, and approved plus submitted are at least the share of the
      obligation that equals the share of the term used, less the tolerance (10 percentage points unless
      told otherwise; an assumption, no publication defines it).
    * behind: anything else, so also a contract that has ended without being met.
    """

    ON_COURSE = "on_course"
    BEHIND = "behind"
    IN_REPAIR = "in_repair"
    MET = "met"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Standing:
    """The standing of a contract on a day.

    `still_needed` is what neither approved nor submitted efforts cover, `not_approved` what approved efforts
    do not cover yet, both in euro and never negative. `share_of_term` runs from 0 to 1, `days_left` counts
    today and the last day, `months_left` is in calendar months rounded up, `months_total` rounded half up.
    """

    status: Status
    obligation: Decimal
    approved: Decimal
    submitted: Decimal
    still_needed: Decimal
    not_approved: Decimal
    share_of_term: Decimal
    days_left: int
    months_left: int
    months_total: int


def contract_standing(
    obligation: Decimal,
    approved: Decimal,
    submitted: Decimal,
    today: date,
    start: date,
    end: date,
    *,
    repair_until: date | None = None,
    settled: bool = False,
    tolerance: Decimal = TOLERANCE,
) -> Standing:
    """Return how a contract stands today; amounts in euro, `submitted` is under review and not approved.

    `Status` defines the words; `repair_until` is the last day of a repair period that was granted.
    Raises `FactsError` for `end` when it lies before the start.
    """
    if end < start:
        raise FactsError("end", "The end date lies before the start date.")
    used = _share_used(today, start, end)
    enough = approved + submitted >= obligation * (used - tolerance)
    status = _status(
        settled=settled,
        met=approved >= obligation,
        in_repair=repair_until is not None and today <= repair_until,
        on_course=today <= end and enough,
    )
    return Standing(
        status,
        obligation,
        approved,
        submitted,
        still_needed=max(obligation - approved - submitted, Decimal(0)),
        not_approved=max(obligation - approved, Decimal(0)),
        share_of_term=used,
        days_left=max((end - max(today, start)).days + 1, 0),
        months_left=_months_left(today, start, end),
        months_total=max(int(calendar_months(start, end) + Fraction(1, 2)), 1),
    )


def _share_used(today: date, start: date, end: date) -> Decimal:
    """Return the share of the term that lies behind us, yesterday being the last day used."""
    total = (end - start).days + 1
    used = min(max((today - start).days, 0), total)
    return (Decimal(used) / Decimal(total)).quantize(Decimal("0.0001"))


def _status(*, settled: bool, met: bool, in_repair: bool, on_course: bool) -> Status:
    if settled:
        return Status.SETTLED
    if met:
        return Status.MET
    if in_repair:
        return Status.IN_REPAIR
    return Status.ON_COURSE if on_course else Status.BEHIND


def _months_left(today: date, start: date, end: date) -> int:
    first = max(today, start)
    months = 0
    while add_months(first, months) - DAY < end:
        months += 1
    return months
