"""What is known about an effort ("inspanning") or about a contract, checked for the impossible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm.sroi.rules.errors import FactsError
from crm.sroi.rules.numbers import Number, usable

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
MOST_EUROS, MOST_MONTHS, MOST_HOURS, HOURS_OF_A_WEEK = 10**12, 1200, 10**7, 168


@dataclass(frozen=True, slots=True)
class HoursFrom:
    """Weekly hours that apply from a date on."""

    start: date
    hours: Number


@dataclass(frozen=True, slots=True)
class Spell:
    """An earlier stretch of work of the same person on a social return place; both days count.

    `hours_per_week` or `worked_hours` (of the whole spell) tell how much work it was, where that matters.
    `counted_until` is the last day that counted, of approved work of which only the first part did; its
    `worked_hours` are then those that counted.
    """

    start: date
    end: date
    hours_per_week: Number | None = None
    worked_hours: Number | None = None
    counted_until: date | None = None

    def __post_init__(self) -> None:
        _check_day("earlier", self.start)
        _check_day("earlier", self.end)
        _check_number("earlier", self.hours_per_week, HOURS_OF_A_WEEK)
        _check_number("earlier", self.worked_hours, MOST_HOURS)
        if self.end < self.start:
            raise FactsError("earlier", "The end date lies before the start date.")
        if self.counted_until is not None and not self.start <= self.counted_until <= self.end:
            raise FactsError("earlier", "The last day that counted lies outside the period.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of one effort.

    `start` and `end` both count (1 January to 30 June = 6 months); `months` may stand in their place, also
    for an open-ended contract that is valued up to a date. `hours_per_week` is a number or a history.
    `worked_hours` are the hours worked in the whole period, `quantity` the hours (or learning years) of an
    activity, `amount_eur` a price, cost or agreed value excl. VAT, `labour_amount_eur` its labour part.
    `reference_date` ("peildatum") decides age and benefit duration; `benefit_start` is the first day of the
    benefit; `tags` are in lower case; `earlier` are the spells of the same person before this work, on any
    contract, `counted_first` those that start no sooner and use the counting limit before it all the same,
    such as work that was approved already; `supplier_certificate` is the code of what the supplier of a
    purchase holds, `""` when that is known to be nothing. Raises `FactsError` naming the field of what cannot
    be, such as a negative number or an end before the start.
    """

    block: str
    start: date | None = None
    end: date | None = None
    months: Number | None = None
    hours_per_week: Number | tuple[HoursFrom, ...] | None = None
    worked_hours: Number | None = None
    quantity: Number | None = None
    amount_eur: Number | None = None
    labour_amount_eur: Number | None = None
    birth_date: date | None = None
    age: int | None = None
    benefit_start: date | None = None
    permanent: bool = False
    reference_date: date | None = None
    tags: frozenset[str] = frozenset()
    earlier: tuple[Spell, ...] = ()
    supplier_certificate: str | None = None
    counted_first: tuple[Spell, ...] = ()

    def __post_init__(self) -> None:
        _check_number("months", self.months, MOST_MONTHS)
        _check_number("worked_hours", self.worked_hours, MOST_HOURS)
        _check_number("quantity", self.quantity, MOST_HOURS)
        _check_number("amount_eur", self.amount_eur, MOST_EUROS)
        _check_number("labour_amount_eur", self.labour_amount_eur, MOST_EUROS)
        _check_number("age", self.age, 130)
        _check_hours(self.hours_per_week)
        _check_day("start", self.start)
        _check_day("end", self.end)
        _check_day("birth_date", self.birth_date)
        _check_day("benefit_start", self.benefit_start)
        _check_day("reference_date", self.reference_date)
        if self.start and self.end and self.end < self.start:
            raise FactsError("end", "The end date lies before the start date.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationFacts:
    """The facts of a contract; amounts in euro excl. VAT, percentages as 5 for 5 %.

    `percentage` is what the contract or the bid says; left out, the rule set decides. `contract_type` is
    `works`, `services` or `supplies` (or `goods`, as tender notices say). `invoiced_eur` is what was invoiced
    so far, `invoiced_rest_eur` an estimate of what is still to come; `certificates` are the codes of those
    that the contractor holds during the whole contract. `tendered_eur` is what the threshold is tested on
    when the contract sum changed afterwards;
    `contract_hours` are its hours of work, more than 0. Raises `FactsError` naming the field of
    what cannot be.
    """

    contract_type: str | None = None
    contract_sum_eur: Number | None = None
    wage_bill_eur: Number | None = None
    labour_share_pct: Number | None = None
    invoiced_eur: Number | None = None
    percentage: Number | None = None
    award_date: date | None = None
    invoiced_rest_eur: Number | None = None
    certificates: frozenset[str] = frozenset()
    tendered_eur: Number | None = None
    contract_hours: Number | None = None

    def __post_init__(self) -> None:
        _check_number("contract_hours", self.contract_hours, MOST_HOURS)
        if self.contract_hours == 0:
            raise FactsError("contract_hours", "This must be more than 0.")
        _check_number("tendered_eur", self.tendered_eur, MOST_EUROS)
        _check_number("contract_sum_eur", self.contract_sum_eur, MOST_EUROS)
        _check_number("wage_bill_eur", self.wage_bill_eur, MOST_EUROS)
        _check_number("invoiced_eur", self.invoiced_eur, MOST_EUROS)
        _check_number("invoiced_rest_eur", self.invoiced_rest_eur, MOST_EUROS)
        _check_number("labour_share_pct", self.labour_share_pct, 100)
        _check_number("percentage", self.percentage, 100)
        _check_day("award_date", self.award_date)


def _check_hours(hours: Number | tuple[HoursFrom, ...] | None) -> None:
    if not isinstance(hours, tuple):
        _check_number("hours_per_week", hours, HOURS_OF_A_WEEK)
        return
    for entry in hours:
        _check_number("hours_per_week", entry.hours, HOURS_OF_A_WEEK)
        _check_day("hours_per_week", entry.start)
    if len({entry.start for entry in hours}) < len(hours):
        raise FactsError("hours_per_week", "Two numbers of hours start on the same day.")


def _check_number(field: str, value: Number | None, most: int) -> None:
    if value is None:
        return
    if not usable(value):
        raise FactsError(field, "This is not a usable number.")
    if value < 0:
        raise FactsError(field, "This must be 0 or more.")
    if value > most:
        raise FactsError(field, "This is more than {most}.", most=str(most))


def _check_day(field: str, day: date | None) -> None:
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        raise FactsError(field, "This date lies outside 1900 to 2199.")
