"""Who was awarded a contract, as far as a notice says so reliably."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from crm.exchange.rules import values
from crm.exchange.rules.messages import NoteText
from crm.exchange.rules.verdicts import Note

_DUTCH = frozenset(["", "nl", "nld", "nederland", "netherlands", "the netherlands"])


@dataclass(frozen=True)
class Supplier:
    """A supplier ("opdrachtnemer"): a KvK number of 8 digits, or empty when only the name is usable."""

    name: str
    kvk_number: str
    notes: tuple[Note, ...] = field(default=(), compare=False)


def suppliers_of(suppliers: object, parties: object) -> list[Supplier]:
    """Return the suppliers of an award, each once, completed from the parties of the notice.

    TenderNed fills the id with the KvK number, but buyers type it themselves for bids on paper and
    foreign firms get a reference number that looks the same; hence the check on shape and country.
    """
    known = _by_id(parties)
    found = suppliers if isinstance(suppliers, list) else [] if suppliers is None else [suppliers]
    unique: dict[tuple[str, str], Supplier] = {}
    for entry in found:
        supplier = _supplier(entry, known)
        unique.setdefault((supplier.kvk_number, "" if supplier.kvk_number else supplier.name), supplier)
    return list(unique.values())


def _by_id(parties: object) -> dict[str, Mapping[str, object]]:
    entries = parties if isinstance(parties, list) else []
    return {_line(party.get("id")): party for party in entries if isinstance(party, Mapping)}


def _supplier(entry: object, known: Mapping[str, Mapping[str, object]]) -> Supplier:
    if not isinstance(entry, Mapping):
        return Supplier(_line(entry), "", (Note("supplier_kvk", NoteText.NO_SUPPLIER_KVK),))
    reference = _line(entry.get("id"))
    party = known.get(reference, {}) if reference else {}
    name = _line(entry.get("name")) or _line(party.get("name"))
    country = _country(entry) or _country(party)
    if country.casefold() not in _DUTCH:
        return Supplier(name, "", (Note("supplier_kvk", NoteText.FOREIGN_SUPPLIER, {"country": country}),))
    for candidate in _candidates(entry, party):
        number = values.kvk_number(candidate)
        if number is not None:
            return Supplier(name, number.value, _padded(candidate, number))
    return Supplier(name, "", (Note("supplier_kvk", NoteText.NO_SUPPLIER_KVK),))


def _padded(candidate: str, number: values.Digits) -> tuple[Note, ...]:
    return (Note("supplier_kvk", NoteText.ZERO_ADDED, {"value": candidate}),) if number.padded else ()


def _candidates(entry: Mapping[str, object], party: Mapping[str, object]) -> Iterator[str]:
    """Offer the numbers that may be a KvK number, an identifier that says so first."""
    for holder in (entry, party):
        identifier = holder.get("identifier")
        if isinstance(identifier, Mapping) and "KVK" in _line(identifier.get("scheme")).upper():
            yield _line(identifier.get("id"))
    yield _line(entry.get("id"))


def _country(holder: Mapping[str, object]) -> str:
    address = holder.get("address")
    if not isinstance(address, Mapping):
        return ""
    return _line(address.get("countryName")) or _line(address.get("country"))


def _line(value: object) -> str:
    return values.text(value) if isinstance(value, str | int | Decimal) else ""
