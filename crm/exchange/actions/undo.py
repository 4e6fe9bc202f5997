"""Undoing an import: starting it, and writing down how far it is and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Conflict, Invalid
from crm.core.work import Work
from crm.exchange.actions.leftovers import end_left_undos, forget_steps
from crm.exchange.actions.runs import end_left
from crm.exchange.queries import runs
from crm.exchange.queries.stored import open_runs, open_undos, regions_held
from crm.exchange.queries.undo import has_steps, undo_record
from crm.exchange.reach import kinds_for
from crm.exchange.records_undo import ImportUndo
from crm.exchange.rules import RunProblem
from crm.exchange.rules.runs import RunState
from crm.exchange.worker import in_hand, this_worker


class StartUndo(Command):
    """What an import changed is to be undone."""

    run_id: int


@action(Permission.IMPORT_RUN, StartUndo)
def start_undo(work: Work, command: StartUndo) -> int:
    """Open the undoing of a run, or go on with one that was interrupted; return the run's id.

    Raises `NotFound` for a run of somebody else, `Invalid` when nothing can be undone or somebody is busy.
    """
    run = runs.run(work, command.run_id)
    regions_held(work)
    end_left(work)
    end_left_undos(work)
    if open_runs(work) or open_undos(work):
        raise Invalid("run_id", RunProblem.BUSY)
    found = undo_record(work, run.id)
    changed = has_steps(work, run.id)
    if run.kind not in kinds_for(work.actor) or not changed:
        raise Invalid("run_id", RunProblem.NOTHING_TO_UNDO)
    now = clock.now()
    undo = found or ImportUndo(run_id=run.id, state=RunState.RUNNING, started_at=now, beat_at=now)
    undo.state, undo.worker, undo.beat_at = RunState.RUNNING, this_worker(), now
    undo.started_by_id, undo.message, undo.message_params = work.actor.user_id, "", {}
    work.add(undo)
    in_hand.add(run.id)
    work.note("start", "import_undos", run.id)
    return run.id


def undo_at_work(work: Work, run_id: int) -> ImportUndo:
    """Return an undoing that runs, with a sign of life; raises `Conflict` when it was ended."""
    undo = undo_record(work, run_id)
    if undo is None or undo.state is not RunState.RUNNING:
        raise Conflict({}, {}, 0, RunProblem.TAKEN_OVER)
    undo.beat_at = clock.now()
    return undo


def end_undo(
    work: Work, run_id: int, state: RunState, message: str = "", params: Mapping[str, Any] | None = None
) -> None:
    """Close an undoing, with the reason when it failed; the former values go once they are put back."""
    undo = undo_record(work, run_id)
    if undo is None or undo.state is not RunState.RUNNING:
        return
    undo.state, undo.message, undo.message_params = state, message, dict(params or {})
    undo.beat_at = clock.now()
    if state is RunState.DONE:
        forget_steps(work, run_id)
    counts = {"removed": undo.removed_count, "restored": undo.restored_count, "left": undo.left_count}
    work.note("finish", "import_undos", run_id, {"state": state, **counts})
