"""Which rows of a notice are one award: a row for each of its suppliers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crm.core.errors import Invalid
from crm.exchange.rules import AwardRow, Place, Rejected
from crm.exchange.rules.notices import award_key


@dataclass(frozen=True)
class Found:
    """An award as one notice gives it, the first-named supplier first; or a part that could not be read.

    `is_double` marks an award that the same notice gave before, with other contents.
    """

    rows: tuple[AwardRow, ...] = ()
    rejected: Rejected | None = None
    is_double: bool = False

    @property
    def place(self) -> Place:
        """Where it stands in the file."""
        return self.rejected.place if self.rejected is not None else self.rows[0].place

    @property
    def key(self) -> str:
        """What makes it the same award in another notice."""
        place = self.place
        first = self.rows[0].supplier_name if self.rows else ""
        return award_key(place.ocid, place.award_id, place.lots, first)


def awards_in(items: Iterable[AwardRow | Rejected]) -> Iterator[Found]:
    """Yield the awards of a file, notice by notice; also those before the place where it breaks off."""
    notice: list[AwardRow | Rejected] = []
    broken: Invalid | None = None
    try:
        for item in items:
            if notice and item.place.number != notice[0].place.number:
                yield from _awards(notice)
                notice = []
            notice.append(item)
    except Invalid as fault:
        broken = fault
    yield from _awards(notice)
    if broken is not None:
        raise broken


def _awards(notice: list[AwardRow | Rejected]) -> Iterator[Found]:
    seen: dict[str, tuple[AwardRow, ...]] = {}
    rest = list(notice)
    while rest:
        first = rest.pop(0)
        if isinstance(first, Rejected):
            yield Found(rejected=first)
            continue
        rows = [first]
        while rest and len(rows) < first.suppliers and _belongs(rest[0], first):
            following = rest.pop(0)
            if isinstance(following, AwardRow):
                rows.append(following)
            else:
                yield Found(rejected=following)
        found = Found(tuple(rows))
        before = seen.setdefault(found.key, found.rows)
        yield Found(found.rows, is_double=before != found.rows)


def _belongs(item: AwardRow | Rejected, first: AwardRow) -> bool:
    """Tell whether a row is another supplier of the same award: they follow each other directly."""
    same_award = (item.place.award_id, item.place.lots) == (first.place.award_id, first.place.lots)
    if isinstance(item, Rejected):
        return same_award
    return same_award and (item.suppliers, item.amount_cents) == (first.suppliers, first.amount_cents)
