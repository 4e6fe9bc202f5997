"""Seals the audit log in the background, so that the chain is never far behind."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread

from sqlalchemy.exc import SQLAlchemyError

from crm.core.sealing import seal

EVERY_SECONDS = 10.0
logger = logging.getLogger("crm.sealer")


def start(every: float = EVERY_SECONDS) -> Callable[[], None]:
    """Start sealing every so many seconds; returns what stops it, after a last time."""
    stopping = Event()
    thread = Thread(target=_run, args=(stopping, every), name="audit-sealer", daemon=True)
    thread.start()

    def stop() -> None:
        stopping.set()
        thread.join()

    return stop


def _run(stopping: Event, every: float) -> None:
    while not stopping.wait(every):
        _seal()
    _seal()


def _seal() -> None:
    """Seal what waits; a database that does not answer now is asked again next time."""
    try:
        seal()
    except SQLAlchemyError as error:
        logger.warning("The audit log was not sealed: %s. Trying again soon.", type(error).__name__)
