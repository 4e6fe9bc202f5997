"""Rules of vacancies, with the codes of the VUM data standard ("VUM Gegevensstandaard").

VUM (Verbeteren Uitwisseling Matchingsgegevens) is how municipalities, UWV and private intermediaries exchange
vacancies; the value of each member is its code there.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class WorkLevel(StrEnum):
    """The least level of work and thinking asked (`codeWerkEnDenkniveauMinimaal`)."""

    NONE_ASKED = "0"
    NO_PRIMARY = "1"
    BASIC = "2"
    VMBO = "3"
    MBO = "4"
    HBO = "5"
    WO = "6"
    UNKNOWN = "7"


class ContractTerm(StrEnum):
    """Whether a contract ends by itself (`codeTypeArbeidscontract`)."""

    FIXED = "B"
    OPEN_ENDED = "O"


class Agreement(StrEnum):
    """What kind of agreement is offered (`codeTypeOvereenkomst`)."""

    REGULAR = "01"
    APPRENTICESHIP = "02"
    VOLUNTARY = "03"
    WORK_EXPERIENCE = "04"


class Application(StrEnum):
    """How somebody applies (`codeSollicitatiewijze`)."""

    POST = "1"
    PHONE = "2"
    MAIL = "3"
    FORM = "4"


class Licence(StrEnum):
    """A driving licence that is asked (`codeSoortRijbewijs`); those that vacancies ask in practice."""

    AM = "AM"
    A = "A"
    B = "B"
    BE = "BE"
    C = "C"
    CE = "CE"
    D = "D"
    T = "T"


class ShiftWork(StrEnum):
    """Whether hours are irregular or in shifts (`indicatieOnregelmatigWerkOfPloegendienst`)."""

    UNKNOWN = "0"
    YES = "1"
    NO = "2"


CLOSES_SOON = timedelta(days=7)


def closes_soon(closes_on: date | None, today: date) -> bool:
    """Return whether a vacancy closes within a week, or has closed while it is still open with us."""
    return closes_on is not None and closes_on <= today + CLOSES_SOON


def hours_fault(least: int, most: int) -> bool:
    """Return whether the hours a week are upside down: the least above the most."""
    return least > most
