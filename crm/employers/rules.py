"""Rules of employers: numbers, segments and how often each segment is spoken with."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from enum import StrEnum


class Segment(StrEnum):
    """How the desk serves an employer ("segment"); it sets how often they are spoken with."""

    KEY = "key"
    REGIONAL = "regional"
    LOCAL = "local"
    SROI_ONLY = "sroi_only"
    SOCIAL_ENTERPRISE = "social_enterprise"


class TeamRole(StrEnum):
    """Part of a colleague in the account team."""

    HOLDER = "holder"
    DEPUTY = "deputy"


class ContactRole(StrEnum):
    """What a contact person is to us ("rol van de contactpersoon"); somebody can have several."""

    DECIDES = "decides"
    STAFF_AFFAIRS = "staff_affairs"
    WORK_FLOOR = "work_floor"
    COACH = "coach"
    SROI = "sroi"
    PURCHASING = "purchasing"


class WayKind(StrEnum):
    """How somebody can be reached."""

    MAIL = "mail"
    PHONE = "phone"


class Consent(StrEnum):
    """Whether somebody agreed to hear from us by mail ("toestemming")."""

    NOT_ASKED = "not_asked"
    GIVEN = "given"
    REFUSED = "refused"


class SbiEdition(StrEnum):
    """The edition of the standard classification of businesses ("Standaard Bedrijfsindeling") of the CBS."""

    SBI_2008 = "2008"
    SBI_2025 = "2025"


class GoalState(StrEnum):
    """How a goal of an account plan stands."""

    REACHED = "reached"
    UNDER_WAY = "under_way"
    LATE = "late"


CONTACT_EVERY = {
    Segment.KEY: timedelta(days=60),
    Segment.REGIONAL: timedelta(days=120),
    Segment.SOCIAL_ENTERPRISE: timedelta(days=120),
    Segment.LOCAL: timedelta(days=270),
    Segment.SROI_ONLY: timedelta(days=365),
}


def quiet_since(segment: Segment, today: date) -> date:
    """Return the last day on which a contact still counts as recent for this segment."""
    return today - CONTACT_EVERY[segment]


def is_too_quiet(segment: Segment, last_contact_on: date | None, today: date) -> bool:
    """Return whether an employer has not been spoken with for longer than its segment asks."""
    return last_contact_on is None or last_contact_on < quiet_since(segment, today)


def is_kvk_number(text: str) -> bool:
    """Return whether the text is a trade-register number ("KvK-nummer"): eight digits."""
    return re.fullmatch(r"[0-9]{8}", text) is not None


def is_establishment_number(text: str) -> bool:
    """Return whether the text is an establishment number ("vestigingsnummer"): twelve digits."""
    return re.fullmatch(r"[0-9]{12}", text) is not None


def as_postcode(text: str) -> str | None:
    """Return a Dutch postcode as it is written (`4701 AB`), or None when it is not one."""
    found = re.fullmatch(r"([1-9][0-9]{3})\s?([A-Za-z]{2})", text.strip())
    return f"{found[1]} {found[2].upper()}" if found else None


def as_web_address(text: str) -> str | None:
    """Return a web address with its scheme, https when it was left out, or None when it is not one."""
    address = text.strip() if "://" in text else f"https://{text.strip()}"
    return address if re.fullmatch(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?(/[^\s<>\"]*)?", address) else None


def days_since(day: date, today: date) -> int:
    """Return how many days ago a day was."""
    return (today - day).days


def folded(text: str) -> str:
    """Return the text in lower case without accents, for finding by what was typed."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def search_key(name: str, city: str | None, kvk_number: str | None) -> str:
    """Return the text in which an employer is searched: name, place and trade-register number."""
    return folded(" ".join(part for part in (name, city, kvk_number) if part))


def goal_state(target: int, reached: int, due_on: date, today: date) -> GoalState:
    """Return how a goal stands: reached, or else late once its day has passed."""
    if reached >= target:
        return GoalState.REACHED
    return GoalState.LATE if due_on < today else GoalState.UNDER_WAY


def in_year(day: date, year: int) -> date:
    """Return the same day in another year; 29 February becomes the 28th where there is none."""
    leap_day = (day.month, day.day) == (2, 29)
    return date(year, 2, 28) if leap_day and not _is_leap(year) else day.replace(year=year)


def touches_year(start_on: date, end_on: date, year: int) -> bool:
    """Return whether a period has a day in a year."""
    return start_on.year <= year <= end_on.year


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
