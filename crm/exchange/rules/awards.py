"""One notice of the Open Contracting Data Standard (OCDS 1.1): the awards in it, one for each supplier.

Source of the field meanings: https://standard.open-contracting.org/1.1/en/schema/release/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from crm.exchange.rules import values
from crm.exchange.rules.messages import NoteText, RowProblem
from crm.exchange.rules.suppliers import Supplier, suppliers_of
from crm.exchange.rules.verdicts import Note, Notice, Place, Rejected

_LOCAL_ZONE = ZoneInfo("Europe/Amsterdam")
NOT_AWARDED = frozenset(["pending", "cancelled", "unsuccessful"])
CATEGORIES = frozenset(["goods", "services", "works"])
SYMBOLIC_EUROS = Decimal(1)
"""Up to this amount a value only fills a compulsory field of the notice."""


@dataclass(frozen=True)
class AwardRow:
    """An award ("gunning") to one supplier; empty or `None` = the notice does not say."""

    place: Place
    lots: tuple[str, ...]
    supplier_name: str
    supplier_kvk: str
    release_id: str = ""
    published: datetime | None = None
    title: str = ""
    category: str = ""
    cpv: str = ""
    contract_start: date | None = None
    contract_end: date | None = None
    buyer_id: str = ""
    buyer_name: str = ""
    amount_cents: int | None = None
    is_ceiling: bool = False
    suppliers: int = 1
    award_date: date | None = None
    notes: tuple[Note, ...] = field(default=(), compare=False)

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes an award the same one in a later notice: ocid, award (or its lots), supplier."""
        award = self.place.award_id or "lots:" + ",".join(self.lots)
        return self.place.ocid, award, self.supplier_kvk or "name:" + self.supplier_name.casefold()

    def values(self) -> dict[str, object]:
        """Return the fields to compare with what is stored and to write."""
        skipped = ("place", "release_id", "published", "notes")
        return {name: value for name, value in vars(self).items() if name not in skipped}


def supersedes(incoming: datetime | None, stored: datetime | None) -> bool:
    """Tell whether a notice of `incoming` may change what a notice of `stored` said: not when it is older."""
    return stored is None or (incoming is not None and incoming >= stored)


def award_rows(release: object, number: int) -> Iterator[AwardRow | Rejected]:
    """Read the awards of one notice (`number` counts from 1 in the file); most notices have none.

    An award to several suppliers gives a row for each, all with the whole shared value and `suppliers`
    set to their number: the notice does not say how they divide it.
    """
    if not isinstance(release, Mapping):
        yield Rejected(Place(number), "release", RowProblem.NOT_A_NOTICE)
        return
    awards = release.get("awards")
    if awards is None or awards == []:
        return
    ocid = written(release.get("ocid"))
    if not ocid:
        yield Rejected(Place(number), "ocid", RowProblem.NO_OCID)
        return
    place = Place(number, ocid, notice=_notice(release))
    for award in awards if isinstance(awards, list) else [awards]:
        yield from _rows_of(release, award, place)


def written(value: object) -> str:
    """Return a text or number of a notice as one line; anything else as empty."""
    return values.text(value) if isinstance(value, str | int | Decimal) else ""


def part(value: object, name: str) -> Mapping[str, object]:
    """Return the object under `name`, or an empty one when something else stands there."""
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _notice(release: Mapping[str, object]) -> Notice:
    buyer = part(release, "buyer")
    return Notice(
        release_id=written(release.get("id")),
        published=_moment(release.get("date")),
        buyer_id=written(buyer.get("id")),
        buyer_name=written(buyer.get("name")),
    )


def _rows_of(release: Mapping[str, object], award: object, notice: Place) -> Iterator[AwardRow | Rejected]:
    if not isinstance(award, Mapping):
        yield Rejected(notice, "awards", RowProblem.BAD_AWARD)
        return
    place = replace(notice, award_id=written(award.get("id")), lots=_lots(award))
    status = written(award.get("status")).casefold()
    if status in NOT_AWARDED:
        yield Rejected(place, "status", RowProblem.NOT_AWARDED, {"status": status})
        return
    suppliers = suppliers_of(award.get("suppliers"), release.get("parties"))
    if not suppliers:
        yield Rejected(place, "suppliers", RowProblem.NO_SUPPLIER)
        return
    amount = _amount(award, place)
    for supplier in suppliers:
        yield _row(release, award, place, supplier, amount, len(suppliers))


@dataclass(frozen=True)
class _Amount:
    cents: int | None
    is_ceiling: bool
    notes: tuple[Note, ...]


def _row(
    release: Mapping[str, object],
    award: Mapping[str, object],
    place: Place,
    supplier: Supplier,
    amount: _Amount | Rejected,
    suppliers: int,
) -> AwardRow | Rejected:
    if isinstance(amount, Rejected):
        return amount
    if not supplier.name and not supplier.kvk_number:
        return Rejected(place, "suppliers", RowProblem.NO_SUPPLIER_NAME)
    if values.holds_bsn(supplier.name):
        return Rejected(place, "suppliers", RowProblem.BSN)
    tender = part(release, "tender")
    category = written(tender.get("mainProcurementCategory"))
    awarded, date_notes = _award_date(release, award)
    shared = (Note("amount_cents", NoteText.VALUE_SHARED, {"suppliers": suppliers}),) if suppliers > 1 else ()
    return AwardRow(
        place=place,
        lots=place.lots,
        supplier_name=supplier.name,
        supplier_kvk=supplier.kvk_number,
        release_id=place.notice.release_id,
        published=place.notice.published,
        title=written(tender.get("title")) or written(award.get("title")),
        category=category if category in CATEGORIES else "",
        cpv=written(part(tender, "classification").get("id")),
        contract_start=_day(part(tender, "contractPeriod").get("startDate")),
        contract_end=_day(part(tender, "contractPeriod").get("endDate")),
        buyer_id=place.notice.buyer_id,
        buyer_name=place.notice.buyer_name,
        amount_cents=amount.cents,
        is_ceiling=amount.is_ceiling,
        suppliers=suppliers,
        award_date=awarded,
        notes=(*supplier.notes, *amount.notes, *(shared if amount.cents is not None else ()), *date_notes),
    )


def _lots(award: Mapping[str, object]) -> tuple[str, ...]:
    lots = award.get("relatedLots")
    return tuple(sorted({lot for lot in map(written, lots) if lot})) if isinstance(lots, list) else ()


def _amount(award: Mapping[str, object], place: Place) -> _Amount | Rejected:
    """Choose the value of the award, or else the maximum of a framework agreement."""
    name = "value" if part(award, "value").get("amount") is not None else "maximumValue"
    value = part(award, name)
    if value.get("amount") is None:
        return _Amount(None, False, (Note("amount_cents", NoteText.VALUE_UNKNOWN),))
    amount = values.euros(value["amount"])
    if amount is None or amount < 0:
        return Rejected(place, name, RowProblem.BAD_AMOUNT)
    if amount <= SYMBOLIC_EUROS:
        note = Note("amount_cents", NoteText.VALUE_SYMBOLIC, {"amount": values.text(amount)})
        return _Amount(None, False, (note,))
    currency = written(value.get("currency")).upper()
    if currency != "EUR":
        problem = RowProblem.CURRENCY if currency else RowProblem.NO_CURRENCY
        return Rejected(place, name, problem, {"currency": currency} if currency else {})
    ceiling = name == "maximumValue"
    notes = (Note("amount_cents", NoteText.VALUE_CEILING),) if ceiling else ()
    return _Amount(_cents(amount), ceiling, notes)


def _cents(amount: Decimal) -> int:
    return int(amount.quantize(Decimal("0.01"), ROUND_HALF_UP).scaleb(2))


def _award_date(
    release: Mapping[str, object], award: Mapping[str, object]
) -> tuple[date | None, tuple[Note, ...]]:
    awarded = _day(award.get("date"))
    if awarded is not None:
        return awarded, ()
    signed = _date_signed(release.get("contracts"), award.get("id"))
    text = NoteText.DATE_UNKNOWN if signed is None else NoteText.DATE_SIGNED
    return signed, (Note("award_date", text),)


def _date_signed(contracts: object, award_id: object) -> date | None:
    """Return the first day on which a contract of this award was signed."""
    award = written(award_id)
    own = [
        _day(contract.get("dateSigned"))
        for contract in (contracts if isinstance(contracts, list) else ())
        if isinstance(contract, Mapping) and award and written(contract.get("awardID")) == award
    ]
    return min((signed for signed in own if signed is not None), default=None)


def _day(value: object) -> date | None:
    """Return the day that a date and time names.

    A Dutch midnight written in UTC (`2026-03-01T23:00:00Z`) is the next day; an end of the day in UTC
    (`2026-03-31T23:59:59Z`) is the day as written.
    """
    moment = _moment(value)
    local = None if moment is None else moment.astimezone(_LOCAL_ZONE)
    if local is not None and local.time() == time.min:
        return local.date()
    return values.day(value) if isinstance(value, str) else None


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written(value))
        if not 1900 <= moment.year <= 9000:
            return None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
