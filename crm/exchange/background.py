"""An import that goes on while the page that started it is closed or refreshed."""

from __future__ import annotations

import logging
from threading import Thread

from crm.accounts.queries import actor_of
from crm.accounts.records import User
from crm.core.access import Actor, system
from crm.core.errors import SignedOut
from crm.core.work import reading
from crm.exchange import spool
from crm.exchange.queries.mappings import kept_for_later
from crm.exchange.running import carry_out
from crm.exchange.spool import Spooled
from crm.exchange.undoing import undo

_log = logging.getLogger(__name__)


def bring_in(run_id: int, found: Spooled, user_id: int) -> Thread:
    """Carry out a run in a thread of its own, with an uploaded file that is removed afterwards.

    The user is asked for again with every batch: who may no longer import, imports no further.
    """
    thread = Thread(target=_work, args=(run_id, found, user_id), name=f"import-{run_id}", daemon=True)
    thread.start()
    return thread


def take_back(run_id: int, user_id: int) -> Thread:
    """Undo an import in a thread of its own; the user is asked for again with every batch."""
    thread = Thread(target=_undo, args=(run_id, user_id), name=f"undo-{run_id}", daemon=True)
    thread.start()
    return thread


def importer(user_id: int) -> Actor:
    """Return the actor a user is now; raises `SignedOut` when the account is disabled."""
    with reading(system("import")) as work:
        user = work.get(User, user_id)
        if not user.active:
            raise SignedOut()
        return actor_of(work, user)


def _work(run_id: int, found: Spooled, user_id: int) -> None:
    try:
        carry_out(run_id, found.path, lambda: importer(user_id))
    except Exception as fault:
        # The run itself says what happened, with a reference number to the trace.
        _log.error("import %s ended with %s", run_id, type(fault).__name__)
    finally:
        if not kept_for_later(run_id):
            spool.remove(found)


def _undo(run_id: int, user_id: int) -> None:
    try:
        undo(run_id, lambda: importer(user_id))
    except Exception as fault:
        _log.error("undoing import %s ended with %s", run_id, type(fault).__name__)
