"""How long a run of the script took, for the log: slow ones as a warning, all of them for who listens."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MAIN_SCRIPT = Path(__file__).with_name("main.py")
TIMING = logging.getLogger("crm.timing")
SLOW_MILLISECONDS = 1_000


@contextmanager
def timed() -> Iterator[None]:
    """Log how long the block took; a page that stops halfway counts too."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        taken = (time.perf_counter() - begun) * 1000
        level = logging.WARNING if taken > SLOW_MILLISECONDS else logging.DEBUG
        TIMING.log(level, "A page took %.0f ms", taken, extra={"milliseconds": taken})
