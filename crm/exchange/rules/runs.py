"""A file being brought in: which kind it is, how far along, and whether somebody still works on it."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

STALE_AFTER = timedelta(minutes=10)
"""A run that is silent for so long has been interrupted; opening a large workbook can take minutes."""


class ImportKind(StrEnum):
    """What a file holds: employers ("werkgevers") or awards ("gunningen")."""

    EMPLOYERS = "employers"
    AWARDS = "awards"


class RunState(StrEnum):
    """How a run stands; interrupted means that nobody works on it and it is not done."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


def state_now(state: RunState, beat_at: datetime, now: datetime, is_gone: bool) -> RunState:
    """Return how a run stands at `now`: one that says it runs has been interrupted when it is silent.

    `is_gone` is whether the process that worked on it is known to be gone.
    """
    if state is RunState.RUNNING and (is_gone or now - beat_at > STALE_AFTER):
        return RunState.INTERRUPTED
    return state


def guess_kind(head: bytes) -> ImportKind:
    """Guess from the first bytes of a file what it holds: JSON and gzip are awards, tables employers."""
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"\x1f\x8b") or plain.startswith((b"{", b"[")):
        return ImportKind.AWARDS
    return ImportKind.EMPLOYERS


def percent(done: int, total: int) -> int:
    """Return how far a run is, in whole percent; an empty file is done at once."""
    return min(100, done * 100 // total) if total > 0 else 100
