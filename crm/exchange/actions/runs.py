"""Starting an import, and writing down how it goes and ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field, StringConstraints
from sqlalchemy import insert

from crm.accounts.records import Region
from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Conflict, Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.exchange.actions.leftovers import end_left_undos, forget_old
from crm.exchange.intake.lines import Line
from crm.exchange.queries.stored import open_runs, open_undos, regions_held
from crm.exchange.reach import kinds_for, reach_of
from crm.exchange.records import ImportRun, ImportVerdict
from crm.exchange.records_undo import ImportPlan
from crm.exchange.rules import Outcome, RunProblem
from crm.exchange.rules.plans import Existing
from crm.exchange.rules.runs import ImportKind, RunState, state_now
from crm.exchange.worker import in_hand, is_left, this_worker

COUNTS = {
    Outcome.NEW: "new_count",
    Outcome.SAME: "same_count",
    Outcome.UPDATED: "updated_count",
    Outcome.REJECTED: "rejected_count",
    Outcome.SKIPPED: "skipped_count",
}


class FilePlan(Command):
    """What somebody said about a table: what its headings mean, whom to leave alone, and answers by line."""

    headings: dict[Annotated[str, StringConstraints(max_length=200)], str] = Field(default_factory=dict)
    existing: Existing = Existing.UPDATE
    only_check: bool = False
    answers: dict[str, int] = Field(default_factory=dict)


class StartImport(Command):
    """A file to bring in; employers go to one region, awards can be limited to one."""

    kind: ImportKind
    file_name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    size_bytes: Annotated[int, Field(ge=0)]
    region_id: int | None = None
    plan: FilePlan | None = None


@action(Permission.IMPORT_RUN, StartImport)
def start_import(work: Work, command: StartImport) -> int:
    """Open the run of a file and return its id; one import at a time, so that none makes doubles.

    Raises `Invalid` when another one runs, or for a kind or region that is not the actor's.
    """
    if command.kind not in kinds_for(work.actor):
        raise Invalid("kind", RunProblem.NOT_YOUR_KIND)
    region_id = _region_for(work, command, regions_held(work))
    end_left(work)
    end_left_undos(work)
    if open_runs(work) or open_undos(work):
        raise Invalid("file", RunProblem.BUSY)
    now = clock.now()
    forget_old(work)
    values = command.model_dump(exclude={"region_id", "plan"})
    run = ImportRun(
        **values,
        region_id=region_id,
        state=RunState.RUNNING,
        worker=this_worker(),
        started_by_id=work.actor.user_id,
        started_at=now,
        beat_at=now,
    )
    run_id = key(work.add(run))
    if command.plan is not None:
        work.add(ImportPlan(run_id=run_id, **command.plan.model_dump()))
    in_hand.add(run_id)
    work.note("start", "import_runs", run_id, {"kind": command.kind, "sha256": command.sha256})
    return run_id


def end_left(work: Work) -> None:
    """Write down which runs were interrupted: they say they run, but nobody works on them any more."""
    held = frozenset(in_hand)
    for run in open_runs(work):
        left = is_left(key(run), run.worker, held)
        run.state = state_now(run.state, run.beat_at, clock.now(), left)
    work.flush()


def add_lines(work: Work, run_id: int, lines: Sequence[Line], progress: int) -> ImportRun:
    """Keep the verdicts on a batch and how far the run is; raises `Conflict` when the run was ended."""
    run = show_life(work, run_id, progress)
    if lines:
        work.session.execute(insert(ImportVerdict), [line.values(run_id) for line in lines])
    work.session.add_all([line.like.record(run_id) for line in lines if line.like])
    for line in lines:
        name = COUNTS[line.verdict.outcome]
        setattr(run, name, getattr(run, name) + 1)
    run.unknown_count += sum(line.is_unknown for line in lines)
    return run


def show_life(work: Work, run_id: int, progress: int) -> ImportRun:
    """Show that somebody works on a run, and how far it is in percent."""
    run = work.get(ImportRun, run_id)
    if run.state is not RunState.RUNNING:
        raise Conflict({}, {}, 0, RunProblem.TAKEN_OVER)
    run.progress = max(run.progress, progress)
    run.beat_at = clock.now()
    return run


def end_run(
    work: Work, run_id: int, state: RunState, message: str = "", params: Mapping[str, Any] | None = None
) -> None:
    """Close a run, with the reason when it failed; the counts go into the audit."""
    run = work.get(ImportRun, run_id)
    if run.state is not RunState.RUNNING:
        return
    run.state = state
    run.progress = 100 if state is RunState.DONE else run.progress
    run.finished_at = run.beat_at = clock.now()
    run.message = message
    run.message_params = dict(params or {})
    counts = {name: getattr(run, name) for name in COUNTS.values()}
    work.note("finish", "import_runs", run_id, {"kind": run.kind, "state": state, **counts})


def _region_for(work: Work, command: StartImport, regions: Sequence[Region]) -> int | None:
    reach = reach_of(work.actor)
    mine = [key(region) for region in regions if reach.covers_region(key(region))]
    if command.region_id is not None:
        if command.region_id not in mine:
            raise Invalid("region", RunProblem.UNKNOWN_REGION, code=command.region_id)
        return command.region_id
    if command.kind is ImportKind.AWARDS:
        return None
    if not mine:
        raise Invalid("region", RunProblem.NO_REGION)
    if len(mine) > 1:
        raise Invalid("region", RunProblem.WHICH_REGION)
    return mine[0]
