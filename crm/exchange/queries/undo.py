"""Questions about the undoing of imports: can it, how far is it, and what stayed as it was."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlmodel import col, select

from crm.core import clock
from crm.core.records import Record
from crm.core.work import Work
from crm.exchange.queries import runs
from crm.exchange.records import ImportRun
from crm.exchange.records_undo import ImportLeft, ImportLikeness, ImportStep, ImportUndo
from crm.exchange.rules.runs import RunState, percent, state_now
from crm.exchange.worker import in_hand, is_left

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class UndoRow:
    """An undoing as screens show it; `state` is how it stands now, `progress` percent."""

    state: RunState
    progress: int
    removed: int
    restored: int
    left: int
    message: str
    params: dict[str, Any]


@dataclass(frozen=True)
class LeftRow:
    """Something that stayed as it is: of which employer, what it is, which fields and why."""

    employer_id: int
    name: str
    object_type: str
    fields: tuple[str, ...]
    reason: str


def undo_record(work: Work, run_id: int) -> ImportUndo | None:
    """Return the undoing of a run, if there is one."""
    return work.session.exec(select(ImportUndo).where(ImportUndo.run_id == run_id)).first()


def undo_of(work: Work, run_id: int) -> UndoRow | None:
    """Return how the undoing of a run stands; raises `NotFound` when the run is not the actor's to see."""
    runs.run(work, run_id)
    held = frozenset(in_hand)
    found = undo_record(work, run_id)
    if found is None:
        return None
    left = is_left(run_id, found.worker, held)
    return UndoRow(
        state=state_now(found.state, found.beat_at, clock.now(), left),
        progress=percent(found.done, found.total) if found.total else 0,
        removed=found.removed_count,
        restored=found.restored_count,
        left=found.left_count,
        message=found.message,
        params=found.message_params,
    )


def can_undo(work: Work, run: runs.RunRow) -> bool:
    """Return whether an import changed something that is still known, and is not running."""
    return run.state is not RunState.RUNNING and has_steps(work, run.id)


def has_steps(work: Work, run_id: int) -> bool:
    """Return whether the former values of what a run changed are still known."""
    return work.session.exec(select(ImportStep.id).where(ImportStep.run_id == run_id)).first() is not None


def steps(work: Work, run_id: int) -> list[ImportStep]:
    """Return the former values of a run."""
    return list(work.session.exec(select(ImportStep).where(ImportStep.run_id == run_id)))


def changes(work: Work, run_id: int) -> Iterator[Any]:
    """Yield what a run changed, in the order in which it did."""
    batches = select(ImportStep.changes).where(ImportStep.run_id == run_id).order_by(col(ImportStep.id))
    yield from (change for batch in work.session.exec(batches) for change in batch)


def too_old_to_undo(work: Work) -> Iterator[Record]:
    """Yield what is kept of runs that started too long ago to be undone."""
    old = select(ImportRun.id).where(col(ImportRun.started_at) < clock.now() - runs.UNDO_WITHIN)
    for model in (ImportStep, ImportLeft, ImportLikeness):
        yield from work.session.exec(select(model).where(col(model.run_id).in_(old)))


def stored(work: Work, model: type[R], ids: Collection[int]) -> dict[int, R]:
    """Return the records of a table that are still there, by id."""
    found = work.session.exec(select(model).where(col(model.id).in_(ids)))
    return {record.id or 0: record for record in found}


def left_alone(work: Work, run_id: int, page: int = 1) -> list[LeftRow]:
    """Return what an undo left as it is, a page at a time."""
    runs.run(work, run_id)
    wanted = select(ImportLeft).where(ImportLeft.run_id == run_id).order_by(col(ImportLeft.id))
    found = work.session.exec(wanted.offset((page - 1) * runs.PAGE).limit(runs.PAGE))
    return [
        LeftRow(left.employer, left.name, left.object_type, tuple(left.fields), left.reason) for left in found
    ]
