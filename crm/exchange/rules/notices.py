"""What the notices about one award say together, in whichever order they come in.

Each notice is kept as a statement. A later statement goes before an earlier one field by field; what it
leaves open the earlier one still tells. The result does not depend on the order of reading.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from crm.exchange.rules.awards import AwardRow
from crm.exchange.rules.messages import NoteText

ENDED = frozenset(["cancelled", "unsuccessful"])
"""Statuses that take an award back; a pending one only says that it is not there yet."""

LONGEST_KEY = 200


@dataclass(frozen=True)
class Statement:
    """What one notice says of one award; empty or `None` = it does not say. Moments are ISO texts in UTC.

    `run` is the import that brought it in. `status` is empty unless the award was taken back.
    """

    run: int
    published: str
    release_id: str
    status: str = ""
    title: str = ""
    category: str = ""
    cpv: str = ""
    supplier_name: str = ""
    supplier_kvk: str = ""
    suppliers: int = 1
    amount_cents: int | None = None
    is_ceiling: bool = False
    award_date: date | None = None
    is_signing_date: bool = False
    contract_start: date | None = None
    contract_end: date | None = None

    @property
    def moment(self) -> tuple[str, int, str, str]:
        """What orders the statements: publication, then number; the contents decide between equals."""
        contents = json.dumps(replace(self, run=0).as_json(), sort_keys=True)
        return self.published, len(self.release_id), self.release_id, contents

    def as_json(self) -> dict[str, Any]:
        """Return the statement as JSON values."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Statement:
        """Return the statement that `as_json` wrote."""
        days = {
            name: date.fromisoformat(stored[name])
            for name in ("award_date", "contract_start", "contract_end")
            if stored[name] is not None
        }
        return cls(**{**stored, **days})


def award_key(ocid: str, award_id: str, lots: Sequence[str], first_supplier: str) -> str:
    """Return what makes an award the same one in a later notice: procedure and award, else its lots.

    Only an award without a number and lots is told apart by its first supplier: a supplier whose KvK number
    is corrected later stays the same award.
    """
    lots_named = f"lots:{','.join(lots)}" if lots else ""
    award = award_id or lots_named or f"name:{first_supplier.casefold()}"
    key = f"{ocid}|{award}"
    return key if len(key) <= LONGEST_KEY else f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"


def statement_of(row: AwardRow, run: int) -> Statement:
    """Return what a notice says of an award, by the row of its first-named supplier."""
    return Statement(
        run=run,
        published=_moment(row.published),
        release_id=row.release_id,
        title=row.title,
        category=row.category,
        cpv=row.cpv,
        supplier_name=row.supplier_name,
        supplier_kvk=row.supplier_kvk,
        suppliers=row.suppliers,
        amount_cents=row.amount_cents,
        is_ceiling=row.is_ceiling,
        award_date=row.award_date,
        is_signing_date=any(note.message == NoteText.DATE_SIGNED for note in row.notes),
        contract_start=row.contract_start,
        contract_end=row.contract_end,
    )


def taken_back(published: datetime | None, release_id: str, status: str, run: int) -> Statement:
    """Return the statement of a notice that takes an award back."""
    return Statement(run, _moment(published), release_id, status=status)


def with_statement(stored: Iterable[Statement], incoming: Statement) -> tuple[Statement, ...]:
    """Return the statements with one more, unless it is there already.

    The same notice with other contents in an earlier import makes way for it.
    """
    known = set(stored)
    if replace(incoming, run=0) in {replace(statement, run=0) for statement in known}:
        return tuple(sorted(known, key=lambda statement: statement.moment))
    kept = {
        statement
        for statement in known
        if statement.run == incoming.run
        or (statement.published, statement.release_id) != (incoming.published, incoming.release_id)
    }
    return tuple(sorted(kept | {incoming}, key=lambda statement: statement.moment))


def together(statements: Iterable[Statement]) -> Statement:
    """Return what all statements (one or more) say together: the last one, completed from those before.

    What was said before an award was taken back no longer counts.
    """
    said, *later = sorted(statements, key=lambda found: found.moment)
    for statement in later:
        said = statement if said.status or statement.status else _completed(statement, said)
    return said


def _completed(later: Statement, earlier: Statement) -> Statement:
    """Fill what the later statement leaves open; things that belong together come from the same notice."""
    gaps: dict[str, Any] = {
        name: getattr(earlier, name)
        for name in ("title", "category", "cpv", "contract_start", "contract_end")
        if not getattr(later, name)
    }
    if later.amount_cents is None:
        gaps |= {"amount_cents": earlier.amount_cents, "is_ceiling": earlier.is_ceiling}
    if later.award_date is None:
        gaps |= {"award_date": earlier.award_date, "is_signing_date": earlier.is_signing_date}
    if not later.supplier_kvk and later.supplier_name.casefold() == earlier.supplier_name.casefold():
        gaps["supplier_kvk"] = earlier.supplier_kvk
    return replace(later, **gaps)


def _moment(published: datetime | None) -> str:
    return published.isoformat() if published is not None else ""
