"""Undoing what an import did to some awards or some employers, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from crm.core.errors import Forbidden
from crm.core.records import Record
from crm.core.work import Work
from crm.employers.queries.references import in_use
from crm.employers.records import ContactPerson, Employer, Establishment
from crm.employers.rules import search_key
from crm.exchange.intake.entry import LONGEST_KEY
from crm.exchange.queries.undo import stored
from crm.exchange.reach import Reach
from crm.exchange.records import ImportedAward
from crm.exchange.records_undo import ImportLeft, ImportUndo
from crm.exchange.rules.undoing import Left, Trail, still_ours
from crm.exchange.tracing import mark, put_back
from crm.sroi.records import Contract, MissingClause
from crm.sroi.standing import CONFIRMED

WRITTEN: tuple[type[Record], ...] = (
    MissingClause,
    ImportedAward,
    Contract,
    ContactPerson,
    Establishment,
    Employer,
)
"""What an import writes, parts before what they hang on."""

TABLES: dict[str, type[Record]] = {str(model.__tablename__): model for model in WRITTEN}
OF_AWARDS = frozenset({"missing_clauses", "imported_awards", "contracts"})
LONGEST_NAME = 200


class Batch:
    """The awards or employers of one transaction, with what is stored of them and what is in use."""

    def __init__(self, work: Work, undoing: ImportUndo, groups: Sequence[list[Trail]], reach: Reach) -> None:
        self.work = work
        self.reach = reach
        self.undoing = undoing
        self.groups = groups
        self.stored = {name: self._stored(name) for name in TABLES}
        self.doomed: dict[str, list[Record]] = {name: [] for name in TABLES}
        made = {name: self._ids(name, made=True) for name in TABLES}
        own = {name: self._ids(name, made=False) if name in OF_AWARDS else made[name] for name in TABLES}
        self.used = {name: in_use(work, name, made[name], own) for name in TABLES}

    def undo(self) -> None:
        """Put back and remove what may be; parts go before the employers they hang on."""
        self._require_reach()
        for group in self.groups:
            if group[0].award:
                self._undo_award(group)
            else:
                self._undo_employer(group)
        self.work.flush()
        for records in self.doomed.values():
            for record in records:
                self.work.session.delete(record)
            self.work.flush()
        self.undoing.removed_count += sum(map(len, self.doomed.values()))

    def _ids(self, name: str, *, made: bool) -> set[int]:
        found = (trail for group in self.groups for trail in group if trail.table == name)
        return {trail.id for trail in found if trail.made or not made}

    def _stored(self, name: str) -> dict[int, Record]:
        ids = [trail.id for group in self.groups for trail in group if trail.table == name]
        return stored(self.work, TABLES[name], ids)

    def _require_reach(self) -> None:
        """Raise `Forbidden` when something here is no longer the actor's to change."""
        for records in self.stored.values():
            for record in records.values():
                near = self.reach.covers_region(getattr(record, "region_id"))  # noqa: B009
                authority_id = getattr(record, "authority_id", None)
                if not near or not (authority_id is None or self.reach.covers_authority(authority_id)):
                    raise Forbidden()

    def _undo_award(self, group: list[Trail]) -> None:
        """Undo one award with its contract as a whole, or leave all of it: its terms belong together."""
        if held := [(trail, why) for trail in group if (why := self._held(trail))]:
            self._leave(*min(held, key=lambda pair: pair[0].table != "contracts"))
            return
        for trail in group:
            record = self.stored[trail.table][trail.id]
            if trail.made:
                self.doomed[trail.table].append(record)
            else:
                put_back(record, trail.before)
                self.undoing.restored_count += 1

    def _undo_employer(self, group: list[Trail]) -> None:
        """Undo one employer; one that the import made goes with all of its parts, or stays with them."""
        made = next((trail for trail in group if trail.made and trail.table == "employers"), None)
        held = [why for trail in group if trail.made and (why := self._held(trail))]
        if made is not None and held:
            self._leave(made, held[0])
            return
        for trail in group:
            if not trail.made:
                self._put_back(trail)
            elif why := self._held(trail):
                self._leave(trail, why)
            else:
                self.doomed[trail.table].append(self.stored[trail.table][trail.id])

    def _held(self, trail: Trail) -> Left | None:
        """Return why something the import made has to stay."""
        record = self.stored[trail.table].get(trail.id)
        if record is None:
            return Left.GONE
        if isinstance(record, Contract) and record.state in CONFIRMED:
            return Left.CONFIRMED
        if trail.id in self.used[trail.table]:
            return Left.IN_USE
        return None if mark(record) == trail.mark else Left.EDITED

    def _put_back(self, trail: Trail) -> None:
        record = self.stored[trail.table].get(trail.id)
        if record is None:
            self._leave(trail, Left.GONE)
            return
        ours, theirs = still_ours(trail, {name: getattr(record, name) for name in trail.after})
        put_back(record, {name: trail.before[name] for name in ours})
        if isinstance(record, Employer):
            found = search_key(record.name, record.city, record.kvk_number)
            record.search_key = found[:LONGEST_KEY]
        self.undoing.restored_count += bool(ours)
        if theirs:
            self._leave(trail, Left.EDITED, theirs)

    def _leave(self, trail: Trail, why: Left, fields: list[str] | None = None) -> None:
        self.work.session.add(
            ImportLeft(
                run_id=self.undoing.run_id,
                employer=trail.employer,
                name=self._name_of(trail),
                object_type=trail.table,
                object_id=trail.id,
                fields=fields or [],
                reason=why,
            )
        )
        self.undoing.left_count += 1

    def _name_of(self, trail: Trail) -> str:
        """Return what people know it by: the title of a contract, else the name of the employer."""
        record = self.stored[trail.table].get(trail.id)
        if title := getattr(record, "title", ""):
            return str(title)[:LONGEST_NAME]
        employer = self.stored["employers"].get(trail.employer) or self.work.session.get(
            Employer, trail.employer
        )
        return employer.name if isinstance(employer, Employer) else trail.award[:LONGEST_NAME]
