"""Reading single values as Dutch spreadsheets and notices write them.

A reader returns `None` when the value cannot be understood; the caller decides whether that
rejects the row or only leaves the field empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

_EXCEL_ERRORS = re.compile(
    r"#(?:N/A|N/B|REF!|VERW!|NAME\?|NAAM\?|VALUE!|WAARDE!|DIV/0!|DEEL/0!|NULL!|LEEG!|NUM!|GETAL!|SPILL!|CALC!)"
)
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_KVK_PREFIX = re.compile(r"^(?:NL[-:\s]?)?K\.?V\.?K\.?(?:[-:\s]*(?:nr|nummer)\.?)?[-:\s]*", re.IGNORECASE)
_POSTCODE = re.compile(r"^([1-9][0-9]{3})\s*([A-Z]{2})\b[\s,]*(.*)$", re.IGNORECASE)
_EMAIL = re.compile(r"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}$")
_DAY_FIRST = re.compile(r"^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})$")
_YEAR_FIRST = re.compile(r"^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].*)?$")
_NUMBER = re.compile(r"^-?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,15})(?:,[0-9]{1,9})?$")
_BSN = re.compile(r"(?<!\w)(?:[0-9]{9}|[0-9]{4}\.[0-9]{2}\.[0-9]{3}|[0-9]{3} [0-9]{3} [0-9]{3})(?!\w)")
_CLASS = re.compile(r"^([0-9.]+)\s*(?:-|–|t/m|tot en met|tot|to|/)\s*([0-9.]+)$")
_AND_MORE = re.compile(r"^(?:>=?\s*([0-9.]+)|([0-9.]+)\s*(?:\+|en meer|of meer|and more|or more))$")
_STAFF_WORDS = re.compile(r"\s*(?:medewerkers?|werknemers|werkzame personen|personen|fte|employees)$")
_LOW_DIVISION_CLASS = re.compile(
    r"11[1-69]|12[1-9]|130|14[1-79]|150|16[1-4]|170|210|220|230|240|31[12]|32[12]|610|620|81[12]|89[1239]|910|990"
)
_STAFF_LIMIT = 10_000_000


@dataclass(frozen=True)
class Digits:
    """A number of fixed length, and whether leading zeros had to be put back."""

    value: str
    padded: bool


def text(cell: object) -> str:
    """Return a cell as one line of plain text; a whole float loses its `.0`, an error cell is empty."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float | Decimal):
        return _plain_number(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    line = _without_guard(str(cell))
    if not line.isprintable():
        line = _UNPRINTABLE.sub(" ", _INVISIBLE.sub("", line))
    line = " ".join(line.split())
    return "" if line.startswith("#") and _EXCEL_ERRORS.fullmatch(line.upper()) else line


def _plain_number(number: float | Decimal) -> str:
    plain = Decimal(repr(number)) if isinstance(number, float) else number
    if not plain.is_finite() or abs(plain.adjusted()) > 30:
        return ""
    return f"{plain.to_integral_value():f}" if plain == plain.to_integral_value() else f"{plain:f}"


def _without_guard(written: str) -> str:
    """Take off the apostrophe that our own files put before what a spreadsheet would take for a formula."""
    return written[1:] if written.startswith(("'=", "'+", "'-", "'@")) else written


def digits(cell: object, length: int, shortest: int) -> Digits | None:
    """Return exactly `length` digits, putting back the zeros a spreadsheet dropped down to `shortest`.

    Dots, spaces and hyphens between digits and a trailing `.0` of an export are ignored.
    """
    plain = re.sub(r"[.\s-]", "", re.sub(r"^([0-9]+)\.0+$", r"\1", text(cell)))
    if not re.fullmatch(r"[0-9]+", plain) or not shortest <= len(plain) <= length or not plain.strip("0"):
        return None
    return Digits(plain.zfill(length), len(plain) < length)


def kvk_number(cell: object) -> Digits | None:
    """Return a KvK number of 8 digits; prefixes such as `NL-KVK-` are taken off.

    Only one zero can be lost: the lowest numbers in the trade register begin with 01.
    """
    return digits(_KVK_PREFIX.sub("", text(cell)), length=8, shortest=7)


def establishment_number(cell: object) -> Digits | None:
    """Return an establishment number ("vestigingsnummer") of 12 digits; most begin with four zeros."""
    return digits(cell, length=12, shortest=6)


def was_rounded(cell: object) -> bool:
    """Tell whether a spreadsheet wrote the number as `1,23457E+07`, so that digits are lost."""
    return bool(re.fullmatch(r"[0-9][.,]?[0-9]*E\+?[0-9]+", text(cell), re.IGNORECASE))


def sbi_code(cell: object) -> Digits | None:
    """Return an SBI activity code as 2 to 6 digits without dots: `01.11`, `0111` and 111 are `0111`.

    A lost zero is put back before a dot, and where the three digits are a class of divisions 01-09.
    """
    plain = re.sub(r"\s", "", text(cell)).upper().removeprefix("SBI").lstrip("-:")
    head, dot, tail = plain.partition(".")
    tail = tail.replace(".", "")
    if not re.fullmatch(r"[0-9]+", head + tail):
        return None
    lost_zero = len(head) == 1 or (not dot and _LOW_DIVISION_CLASS.fullmatch(head) is not None)
    code = ("0" if lost_zero else "") + head + tail
    return (
        Digits(code, lost_zero) if 2 <= len(code) <= 6 and (not dot or len(code) - len(tail) == 2) else None
    )


def dutch_number(cell: object) -> Decimal | None:
    """Return the number that a Dutch notation stands for: `1.234,56`, `1234` or `-0,5`."""
    plain = text(cell)
    if isinstance(cell, int | float | Decimal):
        plain = plain.replace(".", ",")
    if not _NUMBER.fullmatch(plain):
        return None
    return Decimal(plain.replace(".", "").replace(",", "."))


def staff_size(cell: object) -> tuple[int, int | None] | None:
    """Return the least and the most people who work there; a plain number is both, `250+` has no most.

    A class that a spreadsheet turned into a date (`10-19`) cannot be told from one and is `None`.
    """
    if isinstance(cell, date):
        return None
    plain = _STAFF_WORDS.sub("", text(cell).lower())
    if found := _CLASS.fullmatch(plain):
        low, high = _people(found[1]), _people(found[2])
        return (low, high) if low is not None and high is not None and low <= high else None
    if found := _AND_MORE.fullmatch(plain):
        low = _people(found[1] or found[2])
        return (low, None) if low is not None else None
    exact = _people(cell if isinstance(cell, int | float) else plain)
    return None if exact is None else (exact, exact)


def _people(written: object) -> int | None:
    number = dutch_number(written)
    return int(number) if number is not None and 0 <= number <= _STAFF_LIMIT else None


def postcode(cell: object) -> tuple[str, str] | None:
    """Return a postcode as `1234 AB`, and the place when it was written behind it."""
    found = _POSTCODE.match(text(cell))
    if not found or found[2].upper() in ("SA", "SD", "SS"):
        return None
    return f"{found[1]} {found[2].upper()}", found[3].strip()


def email(cell: object) -> str | None:
    """Return an e-mail address in lower case."""
    plain = text(cell).lower().removeprefix("mailto:")
    return plain if len(plain) <= 254 and _EMAIL.fullmatch(plain) else None


def phone(cell: object) -> Digits | None:
    """Return a telephone number as written; nine digits have lost their zero in the spreadsheet."""
    plain = text(cell)
    count = sum(sign.isdigit() for sign in plain)
    if not 9 <= count <= 15 or not re.fullmatch(r"[0-9+()./\s-]+(?:(?:tst|ext)\.?\s*[0-9]+)?", plain):
        return None
    lost_zero = bool(re.fullmatch(r"[1-9][0-9]{8}", plain))
    return Digits("0" + plain if lost_zero else plain, lost_zero)


def day(cell: object) -> date | None:
    """Return a date written as `31-12-2026`, `31/12/2026`, `2026-12-31` (with or without a time)."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    plain = text(cell)
    if found := _DAY_FIRST.fullmatch(plain):
        return _date(found[3], found[2], found[1])
    found = _YEAR_FIRST.fullmatch(plain)
    return _date(found[1], found[2], found[3]) if found else None


def _date(year: str, month: str, day_of_month: str) -> date | None:
    try:
        made = date(int(year), int(month), int(day_of_month))
    except ValueError:
        return None
    return made if made.year >= 1900 else None


def euros(cell: object) -> Decimal | None:
    """Return an amount of a notice in euros (a JSON number, or one written as text with a point)."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal | str):
        return None
    try:
        amount = Decimal(repr(cell) if isinstance(cell, float) else cell)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and abs(amount) < 10**12 else None


def holds_bsn(written: str) -> bool:
    """Tell whether a text holds nine digits that pass the eleven-test ("elfproef") of the BSN."""
    return any(_passes_eleven_test(re.sub(r"[. ]", "", found)) for found in _BSN.findall(written))


def _passes_eleven_test(number: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(sign) for weight, sign in zip(weights, number, strict=True))
    return total % 11 == 0 and number != "000000000"
