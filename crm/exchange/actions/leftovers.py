"""What interrupted or old imports leave behind: undoings nobody works on, former values nobody needs."""

from __future__ import annotations

from crm.core import clock
from crm.core.work import Work
from crm.exchange.queries import undo as queries
from crm.exchange.queries.stored import open_undos
from crm.exchange.rules.runs import state_now
from crm.exchange.worker import in_hand, is_left


def end_left_undos(work: Work) -> None:
    """Write down which undoings were interrupted: nobody works on them any more."""
    held = frozenset(in_hand)
    for undo in open_undos(work):
        left = is_left(undo.run_id, undo.worker, held)
        undo.state = state_now(undo.state, undo.beat_at, clock.now(), left)
    work.flush()


def forget_steps(work: Work, run_id: int) -> None:
    """Remove the former values of a run: it cannot be undone (again) after this."""
    for step in queries.steps(work, run_id):
        work.session.delete(step)


def forget_old(work: Work) -> None:
    """Remove what is known of runs too long ago to undo: former values hold personal data."""
    for found in queries.too_old_to_undo(work):
        work.session.delete(found)
