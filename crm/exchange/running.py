"""Carrying out an import: the file in batches, each batch one transaction, until it is all in.

A crash leaves whole lines only, and a run that shows no more sign of life; the same file again completes it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError

from crm.core.access import Actor, Permission, system
from crm.core.errors import AppError, Invalid
from crm.core.unexpected import log_unexpected
from crm.core.work import Work, beyond_scope
from crm.exchange.actions.runs import add_lines, end_run, show_life
from crm.exchange.intake.awards import AwardIntake
from crm.exchange.intake.employers import EmployerIntake
from crm.exchange.intake.grouping import awards_in
from crm.exchange.intake.lines import Intake, Line
from crm.exchange.ocds import read_awards
from crm.exchange.queries.mappings import plan_of
from crm.exchange.records import ImportRun
from crm.exchange.records_undo import ImportStep
from crm.exchange.rules import RunProblem
from crm.exchange.rules.plans import Plan
from crm.exchange.rules.runs import ImportKind, RunState, percent
from crm.exchange.tables import MAX_BYTES, open_employers
from crm.exchange.tracing import traced
from crm.exchange.undo_batch import WRITTEN
from crm.exchange.worker import in_hand

T = TypeVar("T")
Who = Callable[[], Actor]
Tell = Callable[[int, int], None]
"""Hears how much of how much is done: bytes of the file, or lines."""

BATCH = {ImportKind.EMPLOYERS: 200, ImportKind.AWARDS: 100}
"""How many lines go in one transaction: enough to be quick, few enough not to keep others waiting."""

BATCH_SECONDS = 1.0
_ATTEMPTS = 5
_CROSSED = frozenset(["40001", "40P01"])


def carry_out(run_id: int, path: Path, who: Who, tell: Tell = lambda _done, _total: None) -> None:
    """Bring in the file of a run that was started; `who` is asked again for every batch.

    What is wrong with the file or the actor ends the run with a sentence. Anything else ends it with a
    reference number and is raised.
    """
    actor = system("import")
    progress = _Progress(run_id, who, tell)
    try:
        actor = who()
        with beyond_scope(actor, Permission.IMPORT_RUN) as unit:
            run, progress.plan = unit.get(ImportRun, run_id), plan_of(unit, run_id)
        _bring_in(run, path, progress)
    except AppError as fault:
        _end(actor, run_id, RunState.FAILED, fault.message, fault.params)
    except Exception as fault:
        reference = log_unexpected(fault, f"import {run_id} stopped")
        with suppress(Exception):
            _end(actor, run_id, RunState.FAILED, RunProblem.STOPPED, {"reference": reference})
        raise
    else:
        _end(actor, run_id, RunState.DONE, "", {})
    finally:
        in_hand.discard(run_id)


class _Progress:
    """How far a run is; writes it down at least every second or so, also when nothing is taken in."""

    def __init__(self, run_id: int, who: Who, tell: Tell) -> None:
        self.run_id = run_id
        self.who = who
        self.tell = tell
        self.plan = Plan()
        self.done = 0
        self.total = 0
        self.written_at = time.monotonic()

    @property
    def percent(self) -> int:
        return min(99, percent(self.done, self.total))

    def reached(self, done: int) -> None:
        self.done = done
        self.tell(done, self.total)
        if time.monotonic() - self.written_at > BATCH_SECONDS:
            with beyond_scope(self.who(), Permission.IMPORT_RUN, writes=True) as unit:
                show_life(unit, self.run_id, self.percent)
                unit.commit()
            self.written_at = time.monotonic()


def _bring_in(run: ImportRun, path: Path, progress: _Progress) -> None:
    if run.kind is ImportKind.EMPLOYERS:
        rows = open_employers(_content(path), progress.plan.headings)
        progress.total = len(rows)
        intake = EmployerIntake(run.region_id or 0, progress.plan)
        _take_all(intake, _batches(_counted(rows, progress), BATCH[run.kind]), progress)
        return
    progress.total = path.stat().st_size
    with path.open("rb") as stream:
        awards = awards_in(read_awards(stream, progress.reached))
        _take_all(AwardIntake(progress.run_id, run.region_id), _batches(awards, BATCH[run.kind]), progress)


def _content(path: Path) -> bytes:
    """Return a table of employers, a byte more than allowed at the most: the reader refuses that."""
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _counted(rows: Iterable[T], progress: _Progress) -> Iterator[T]:
    for number, row in enumerate(rows, start=1):
        yield row
        progress.reached(number)


def _take_all(intake: Intake[T], batches: Iterable[list[T]], progress: _Progress) -> None:
    try:
        for batch in batches:
            in_one(progress.who(), partial(_take, intake, batch, progress))
            intake.settled()
            progress.written_at = time.monotonic()
    except Invalid:
        in_one(progress.who(), partial(intake.finish, progress.run_id))
        raise
    in_one(progress.who(), partial(intake.finish, progress.run_id))


def _take(intake: Intake[T], batch: list[T], progress: _Progress, unit: Work) -> None:
    unit.intend(intake.intention)
    if progress.plan.only_check:
        lines = _judged(intake, batch, unit)
    else:
        with traced(unit.session, *WRITTEN) as trace:
            lines = intake.take(unit, batch)
            unit.flush()
            if changes := trace.changes():
                unit.session.add(ImportStep(run_id=progress.run_id, changes=changes))
    add_lines(unit, progress.run_id, lines, progress.percent)


def _judged(intake: Intake[T], batch: list[T], unit: Work) -> list[Line]:
    """Return what would become of a batch; nothing of it stays."""
    attempt = unit.session.begin_nested()
    try:
        return intake.take(unit, batch)
    finally:
        attempt.rollback()


def _batches(items: Iterable[T], most: int) -> Iterator[list[T]]:
    """Put items together by number or by time; what came before the file breaks off is a batch too."""
    batch: list[T] = []
    broken: Invalid | None = None
    since = time.monotonic()
    try:
        for item in items:
            batch.append(item)
            if len(batch) == most or time.monotonic() - since > BATCH_SECONDS:
                yield batch
                batch, since = [], time.monotonic()
    except Invalid as fault:
        broken = fault
    if batch:
        yield batch
    if broken is not None:
        raise broken


def in_one(actor: Actor, step: Callable[[Work], None]) -> None:
    """Do a step in one transaction that sees the whole installation; again when two transactions cross."""
    for attempt in range(_ATTEMPTS):
        try:
            with beyond_scope(actor, Permission.IMPORT_RUN, writes=True) as unit:
                step(unit)
                unit.commit()
                return
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in _CROSSED or attempt + 1 == _ATTEMPTS:
                raise


def _end(actor: Actor, run_id: int, state: RunState, message: str, params: dict[str, Any]) -> None:
    in_one(actor, lambda unit: end_run(unit, run_id, state, message, params))
