"""Undoing an import, award by award and employer by employer, in batches that a crash leaves complete.

It puts former values back and removes what the import made. What somebody changed or used since stays as it
is, and is told. Interrupted, it goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from crm.core.access import Actor, system
from crm.core.errors import AppError, Forbidden
from crm.core.unexpected import log_unexpected
from crm.core.work import Work
from crm.exchange.actions.undo import end_undo, undo_at_work
from crm.exchange.queries.undo import changes
from crm.exchange.reach import reach_of
from crm.exchange.records import ImportRun
from crm.exchange.rules import RunProblem
from crm.exchange.rules.runs import RunState
from crm.exchange.rules.undoing import Trail, in_groups, next_groups, trails
from crm.exchange.running import in_one
from crm.exchange.undo_batch import Batch
from crm.exchange.worker import in_hand

BATCH = 400
"""How many awards or employers go in one transaction."""


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
    """Return what the run did, group by group, always in the same order; notes how many there are."""
    found: list[list[Trail]] = []

    def read(unit: Work) -> None:
        found[:] = in_groups(trails(changes(unit, run_id)))
        undo_at_work(unit, run_id).total = len(found)

    in_one(actor, read)
    return found


def _next_batch(actor: Actor, run_id: int, groups: list[list[Trail]]) -> bool:
    """Undo the next awards or employers and return whether there were any."""
    taken: list[list[Trail]] = []

    def step(unit: Work) -> None:
        run, undoing = unit.get(ImportRun, run_id), undo_at_work(unit, run_id)
        reach = reach_of(actor)
        if run.region_id is not None and not reach.covers_region(run.region_id):
            raise Forbidden()
        taken[:] = next_groups(groups, undoing.done, BATCH)
        unit.intend("exchange.undo_import")
        Batch(unit, undoing, taken, reach).undo()
        undoing.done += len(taken)

    in_one(actor, step)
    return bool(taken)
