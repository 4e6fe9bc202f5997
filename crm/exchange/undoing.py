"""Undoing an import, employer by employer: whole or not at all, in batches that a crash leaves complete.

It puts former values back and removes what the import made. What somebody changed or used since stays as it
is, and is told. Interrupted, it goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from crm.core.access import Actor, system
from crm.core.errors import AppError, Forbidden
from crm.core.records import Record
from crm.core.unexpected import log_unexpected
from crm.core.work import Work
from crm.employers.queries.references import in_use
from crm.employers.records import ContactPerson, Employer, Establishment
from crm.employers.rules import search_key
from crm.exchange.actions.undo import end_undo, undo_at_work
from crm.exchange.intake.entry import LONGEST_KEY
from crm.exchange.queries.undo import changes, stored
from crm.exchange.reach import reach_of
from crm.exchange.records import ImportRun
from crm.exchange.records_undo import ImportLeft, ImportUndo
from crm.exchange.rules import RunProblem
from crm.exchange.rules.runs import RunState
from crm.exchange.rules.undoing import Left, Trail, by_employer, still_ours, trails
from crm.exchange.running import in_one
from crm.exchange.tracing import mark
from crm.exchange.worker import in_hand

BATCH = 400
"""How many employers go in one transaction."""

TABLES: dict[str, type[Record]] = {
    str(model.__tablename__): model for model in (ContactPerson, Establishment, Employer)
}
"""What an import of employers writes, parts before the employers they hang on."""


def undo(run_id: int, who: Callable[[], Actor]) -> None:
    """Undo what a run changed; `who` is asked again for every batch.

    A fault of the actor ends it with a sentence, anything else with a reference number and is raised.
    """
    actor = system("import")
    try:
        actor = who()
        groups = _groups(actor, run_id)
        while _next_batch(who(), run_id, groups):
            continue
        in_one(actor, lambda unit: end_undo(unit, run_id, RunState.DONE))
    except AppError as refused:
        message, params = refused.message, refused.params
        in_one(actor, lambda unit: end_undo(unit, run_id, RunState.FAILED, message, params))
    except Exception as fault:
        told = {"reference": log_unexpected(fault, f"undoing import {run_id} stopped")}
        with suppress(Exception):
            in_one(actor, lambda unit: end_undo(unit, run_id, RunState.FAILED, RunProblem.UNDO_STOPPED, told))
        raise
    finally:
        in_hand.discard(run_id)


def _groups(actor: Actor, run_id: int) -> list[list[Trail]]:
    """Return what the run did, employer by employer, always in the same order; notes how many there are."""
    found: list[list[Trail]] = []

    def read(unit: Work) -> None:
        found[:] = by_employer(trails(changes(unit, run_id)))
        undo_at_work(unit, run_id).total = len(found)

    in_one(actor, read)
    return found


def _next_batch(actor: Actor, run_id: int, groups: list[list[Trail]]) -> bool:
    """Undo the next employers and return whether there were any."""
    taken: list[list[Trail]] = []

    def step(unit: Work) -> None:
        run, undoing = unit.get(ImportRun, run_id), undo_at_work(unit, run_id)
        if not reach_of(actor).covers_region(run.region_id or 0):
            raise Forbidden()
        taken[:] = groups[undoing.done : undoing.done + BATCH]
        unit.intend("exchange.undo_import")
        _Batch(unit, undoing, taken).undo()
        undoing.done += len(taken)

    in_one(actor, step)
    return bool(taken)


class _Batch:
    """The employers of one transaction, with what is stored of them and what is in use."""

    def __init__(self, work: Work, undoing: ImportUndo, groups: list[list[Trail]]) -> None:
        self.work = work
        self.undoing = undoing
        self.groups = groups
        self.stored = {name: self._stored(name) for name in TABLES}
        self.doomed: dict[str, list[Record]] = {name: [] for name in TABLES}
        made = {name: self._made(name) for name in TABLES}
        self.used = {name: in_use(work, name, made[name], made) for name in TABLES}

    def undo(self) -> None:
        """Put back and remove what may be; parts go before the employers they hang on."""
        for group in self.groups:
            self._undo_employer(group)
        self.work.flush()
        for records in self.doomed.values():
            for record in records:
                self.work.session.delete(record)
            self.work.flush()
        self.undoing.removed_count += sum(map(len, self.doomed.values()))

    def _made(self, name: str) -> set[int]:
        return {trail.id for group in self.groups for trail in group if trail.made and trail.table == name}

    def _stored(self, name: str) -> dict[int, Record]:
        ids = [trail.id for group in self.groups for trail in group if trail.table == name]
        return stored(self.work, TABLES[name], ids)

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
        if trail.id in self.used[trail.table]:
            return Left.IN_USE
        return None if mark(record) == trail.mark else Left.EDITED

    def _put_back(self, trail: Trail) -> None:
        record = self.stored[trail.table].get(trail.id)
        if record is None:
            self._leave(trail, Left.GONE)
            return
        ours, theirs = still_ours(trail, {name: getattr(record, name) for name in trail.after})
        for name in ours:
            setattr(record, name, trail.before[name])
        if isinstance(record, Employer):
            found = search_key(record.name, record.city, record.kvk_number)
            record.search_key = found[:LONGEST_KEY]
        self.undoing.restored_count += bool(ours)
        if theirs:
            self._leave(trail, Left.EDITED, theirs)

    def _leave(self, trail: Trail, why: Left, fields: list[str] | None = None) -> None:
        employer = self.stored["employers"].get(trail.employer) or self.work.session.get(
            Employer, trail.employer
        )
        self.work.session.add(
            ImportLeft(
                run_id=self.undoing.run_id,
                employer=trail.employer,
                name=employer.name if isinstance(employer, Employer) else "",
                object_type=trail.table,
                object_id=trail.id,
                fields=fields or [],
                reason=why,
            )
        )
        self.undoing.left_count += 1
