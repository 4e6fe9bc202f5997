"""Who buys: an authority of this installation, or one of the many others in a national file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crm.core.work import Work
from crm.employers.rules import folded
from crm.exchange.intake.grouping import Found
from crm.exchange.queries.stored import authorities
from crm.exchange.records import ImportBuyer
from crm.exchange.rules import Notice
from crm.sroi.records import Authority

_LONGEST_NUMBER = 40
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Authorities:
    """The authorities of the installation, by their TenderNed number and by name."""

    by_number: Mapping[str, Authority]
    by_name: Mapping[str, Authority]

    @classmethod
    def read(cls, work: Work) -> Authorities:
        """Read them all; there are few."""
        found = authorities(work)
        numbered = {one.tender_number: one for one in found if one.tender_number}
        return cls(numbered, {folded(one.name): one for one in found})

    def buyer_of(self, notice: Notice) -> Authority | None:
        """Return the authority that a notice names: by number, else by name."""
        numbered = self.by_number.get(notice.buyer_id) if notice.buyer_id else None
        return numbered or self.by_name.get(folded(notice.buyer_name))


@dataclass
class Strangers:
    """Buyers who are no authority here, with the newest amount of each of their awards."""

    awards: dict[tuple[str, str], dict[str, tuple[str, int]]] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, found: Found) -> None:
        """Count an award; a later notice about the same one replaces its amount. Adding twice is once."""
        notice = found.place.notice
        buyer = (notice.buyer_id, "" if notice.buyer_id else folded(notice.buyer_name))
        moment = notice.published.isoformat() if notice.published else ""
        told = (moment, found.rows[0].amount_cents or 0)
        known = self.awards.setdefault(buyer, {})
        known[found.key] = max(known.get(found.key, told), told)
        self.names.setdefault(buyer, notice.buyer_name)

    def records(self, run_id: int) -> list[ImportBuyer]:
        """Return the buyers as they are kept for a run."""
        return [
            ImportBuyer(
                run_id=run_id,
                tender_number=buyer[0][:_LONGEST_NUMBER],
                name=(self.names[buyer] or buyer[0])[:_LONGEST_NAME],
                awards=len(awards),
                total_cents=sum(cents for _, cents in awards.values()),
            )
            for buyer, awards in self.awards.items()
        ]
