"""Which process works on an import, and whether it is still there."""

from __future__ import annotations

import os
import socket
from collections.abc import Collection
from pathlib import Path

in_hand: set[int] = set()
"""The runs that this process works on."""

_STAT_START_TIME = 19
"""Where the start time stands in `/proc/<pid>/stat`, counted from behind the name of the program."""


def this_worker() -> str:
    """Return what tells this process from every other: machine, number and the moment it started."""
    return _described(os.getpid())


def is_gone(worker: str) -> bool:
    """Return whether a process is known to be gone; of one on another machine nothing is known."""
    host, _, rest = worker.partition("/")
    number, _, _ = rest.partition("/")
    if host != socket.gethostname() or not number.isdigit():
        return False
    return not _runs(int(number)) or _described(int(number)) != worker


def is_left(run_id: int, worker: str, held: Collection[int]) -> bool:
    """Return whether a run is known to be left: its process is gone, or is this one and has let it go.

    `held` is what this process had in hand before the run was read: a run that ended since then was not
    left, although it said that it ran.
    """
    return is_gone(worker) or (worker == this_worker() and run_id not in {*held, *in_hand})


def _described(number: int) -> str:
    return f"{socket.gethostname()[:60]}/{number}/{_started(number)}"


def _started(number: int) -> str:
    """Return when a process started, empty where the system does not tell: numbers are used again."""
    try:
        stat = Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[_STAT_START_TIME]


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
