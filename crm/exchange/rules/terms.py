"""From what notices say of an award to the terms of a contract, with everything that had to be assumed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from crm.exchange.rules.messages import Finding, NoteText
from crm.exchange.rules.notices import Statement
from crm.exchange.rules.verdicts import Note

_LOCAL_ZONE = ZoneInfo("Europe/Amsterdam")
LONGEST_TITLE = 400
LONGEST_CPV = 16


@dataclass(frozen=True)
class Terms:
    """A contract as the notices tell it; the value is whole cents excl. VAT, `contract_type` as OCDS says."""

    title: str
    contract_type: str
    value_cents: int
    award_on: date
    start_on: date
    end_on: date
    supplier_name: str
    supplier_kvk: str
    cpv_code: str | None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class NoTerms:
    """Why no contract can be made of what the notices say."""

    field: str
    message: Finding


def terms_of(said: Statement, ocid: str) -> Terms | NoTerms:
    """Return the terms of the contract that an award comes to, or what is missing for one."""
    award_on, date_notes = _award_day(said)
    contract_type, type_notes = _contract_type(said)
    if said.amount_cents is None:
        return NoTerms("amount_cents", Finding.NO_VALUE)
    if contract_type == "":
        return NoTerms("category", Finding.NO_TYPE)
    if award_on is None:
        return NoTerms("award_date", Finding.NO_DATE)
    start_on, end_on, term_notes = _term(said, award_on)
    return Terms(
        title=(said.title or ocid)[:LONGEST_TITLE].strip(),
        contract_type=contract_type,
        value_cents=said.amount_cents,
        award_on=award_on,
        start_on=start_on,
        end_on=end_on,
        supplier_name=said.supplier_name,
        supplier_kvk=said.supplier_kvk,
        cpv_code=said.cpv if 0 < len(said.cpv) <= LONGEST_CPV else None,
        notes=(*_notes(said), *type_notes, *date_notes, *term_notes),
    )


def year_after(start: date) -> date:
    """Return the last day of a term of one year; from 29 February that is the 28th a year later."""
    if start.year == date.max.year:
        return date.max
    if (start.month, start.day) == (2, 29):
        return date(start.year + 1, 2, 28)
    return start.replace(year=start.year + 1) - timedelta(days=1)


def type_of_cpv(cpv: str) -> str:
    """Return goods, services or works by the division of a CPV code, empty when it is not one.

    Source: Regulation (EC) 213/2008: divisions 03-44 and 48 are supplies, 45 works, 50-98 services.
    """
    division = int(cpv[:2]) if cpv[:2].isascii() and cpv[:2].isdigit() and len(cpv) >= 8 else 0
    if division == 45:
        return "works"
    if 50 <= division <= 98:
        return "services"
    return "goods" if 3 <= division <= 44 or division == 48 else ""


def _contract_type(said: Statement) -> tuple[str, tuple[Note, ...]]:
    if said.category:
        return said.category, ()
    found = type_of_cpv(said.cpv)
    return found, (Note("category", Finding.TYPE_FROM_CPV, {"cpv": said.cpv}),) if found else ()


def _award_day(said: Statement) -> tuple[date | None, tuple[Note, ...]]:
    if said.award_date is not None:
        signed = (Note("award_date", NoteText.DATE_SIGNED),) if said.is_signing_date else ()
        return said.award_date, signed
    if not said.published:
        return None, ()
    published = datetime.fromisoformat(said.published).astimezone(_LOCAL_ZONE).date()
    return published, (Note("award_date", Finding.AWARD_PUBLISHED),)


def _term(said: Statement, award_on: date) -> tuple[date, date, tuple[Note, ...]]:
    start, end = said.contract_start, said.contract_end
    if start is None and end is not None and end >= award_on:
        return award_on, end, (Note("contract_start", Finding.START_ASSUMED),)
    if start is not None and end is not None and end >= start:
        return start, end, ()
    if end is not None:
        begin = start or award_on
        return begin, year_after(begin), (Note("contract_end", Finding.TERM_ODD),)
    notes = (Note("contract_end", Finding.END_ASSUMED),)
    if start is None:
        return award_on, year_after(award_on), (Note("contract_start", Finding.START_ASSUMED), *notes)
    return start, year_after(start), notes


def _notes(said: Statement) -> Iterator[Note]:
    if said.suppliers > 1:
        yield Note("suppliers", Finding.SHARED, {"suppliers": said.suppliers})
    if not said.title:
        yield Note("title", Finding.TITLE_UNKNOWN)
    if len(said.title) > LONGEST_TITLE:
        yield Note("title", Finding.TITLE_CUT, {"limit": LONGEST_TITLE})
    if said.is_ceiling:
        yield Note("amount_cents", NoteText.VALUE_CEILING)
    if not said.supplier_kvk:
        yield Note("supplier_kvk", NoteText.NO_SUPPLIER_KVK)
