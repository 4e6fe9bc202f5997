"""Where many tests begin: made once by a worker, and copied for each test after that."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from crm.core.database import engine

T = TypeVar("T")

_kept: dict[str, tuple[Path, bytes]] = {}


def begin_with(name: str, make: Callable[[], T]) -> T:
    """Return what `make` made, and leave the SQLite database of this test as `make` leaves it."""
    file = Path(str(engine().url.database))
    if name not in _kept:
        made = make()
        engine().dispose()
        copy = file.with_name(f"{name}.kept")
        shutil.copy(file, copy)
        _kept[name] = copy, pickle.dumps(made)
    else:
        engine().dispose()
        shutil.copy(_kept[name][0], file)
    return pickle.loads(_kept[name][1])  # type: ignore[no-any-return]
