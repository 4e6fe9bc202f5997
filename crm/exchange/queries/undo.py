"""Questions about the undoing of imports: can it, how far is it, and what stayed as it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from crm.core import clock
from crm.core.work import Work
from crm.exchange.queries import runs
from crm.exchange.records_undo import ImportLeft, ImportStep, ImportUndo
from crm.exchange.rules.runs import ImportKind, RunState, percent, state_now
from crm.exchange.worker import in_hand, is_left


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
    if run.kind is not ImportKind.EMPLOYERS or run.state is RunState.RUNNING:
        return False
    return work.session.exec(select(ImportStep.id).where(ImportStep.run_id == run.id)).first() is not None


def left_alone(work: Work, run_id: int, page: int = 1) -> list[LeftRow]:
    """Return what an undo left as it is, a page at a time."""
    runs.run(work, run_id)
    wanted = select(ImportLeft).where(ImportLeft.run_id == run_id).order_by(col(ImportLeft.id))
    found = work.session.exec(wanted.offset((page - 1) * runs.PAGE).limit(runs.PAGE))
    return [
        LeftRow(left.employer, left.name, left.object_type, tuple(left.fields), left.reason) for left in found
    ]
