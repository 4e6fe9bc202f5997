"""The kinds of rule that the engine knows; no municipality is named here."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """What the value of a block is counted in."""

    FULL_TIME_YEAR = "per_year_fulltime"
    MONTH = "per_month"
    LEARNING_YEAR = "per_leerwerkjaar"
    HOUR = "per_hour"
    EMPLOYEE_HOUR = "per_employee_hour"
    HOUR_DAY_MAXIMUM = "per_hour_day_maximum"
    INVOICE = "invoice"
    COST_EXCL_VAT = "actual_cost_excl_vat"
    COST = "actual_cost"
    LABOUR_COST = "actual_labour_cost"
    WAGE_COST = "wage_cost"
    AGREEMENT = "by_agreement"
    BONUS = "bonus_per_year_fulltime"


VALUED_UNITS = frozenset(
    {
        Unit.FULL_TIME_YEAR,
        Unit.MONTH,
        Unit.LEARNING_YEAR,
        Unit.HOUR,
        Unit.EMPLOYEE_HOUR,
        Unit.HOUR_DAY_MAXIMUM,
        Unit.BONUS,
    }
)


class Kind(StrEnum):
    """What sort of effort a block is."""

    WORK = "work"
    LEARNING = "learning"
    PURCHASING = "purchasing"
    ACTIVITY = "activity"
    TRAINING = "training"
    BESPOKE = "bespoke"
    BONUS = "bonus"


class ProRata(StrEnum):
    """How a part of a year counts: by calendar months, by calendar days, or by hours really worked."""

    CALENDAR_MONTHS = "calendar_months"
    CALENDAR_DAYS = "calendar_days"
    WORKED_HOURS = "worked_hours"


class DateKind(StrEnum):
    """The date that decides: award ("gunning"), publication of the tender, or the start of the work."""

    AWARD = "award"
    PUBLICATION = "publication"
    START = "start"


class Stacking(StrEnum):
    """Whether bonuses add up, or only the highest counts."""

    STACK = "stack"
    HIGHEST_ONLY = "highest_only"


class Base(StrEnum):
    """What the obligation is a percentage of: an amount excl. VAT, or the hours of work."""

    CONTRACT_SUM = "contract_sum"
    BID_SUM = "bid_sum"
    WAGE_BILL = "wage_bill"
    INVOICED = "invoiced_turnover"
    HOURS = "hours"
    FIXED = "fixed"


class ContractType(StrEnum):
    """Works ("werken"), services ("diensten") or supplies ("leveringen")."""

    WORKS = "works"
    SERVICES = "services"
    SUPPLIES = "supplies"


class WithholdingReading(StrEnum):
    """Two readings of "withholding on the last instalment pro rata to the unrealised part"."""

    SHORTFALL = "shortfall"
    SHARE_OF_LAST_INSTALMENT = "share_of_last_instalment"


class LongGap(StrEnum):
    """What a long gap between two spells of one person does: it counts, or the counting starts anew."""

    COUNTS = "counts"
    STARTS_ANEW = "starts_anew"


class CapBase(StrEnum):
    """The amount of which a limit is a share: the obligation, or what was approved on some kinds."""

    OBLIGATION = "obligation"
    APPROVED = "approved"


class FineBase(StrEnum):
    """The amount of which a fine is a share: what was not done, or the whole obligation."""

    SHORTFALL = "shortfall"
    OBLIGATION = "obligation"
