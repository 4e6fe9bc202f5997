"""Uploaded files that wait to be brought in: one place, known by their hash, gone after the run."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from crm.core import clock
from crm.core.config import settings

_CHUNK = 1024 * 1024
_KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Spooled:
    """A file that lies ready, with its hash and its size in bytes."""

    path: Path
    sha256: str
    size_bytes: int


def keep(stream: BinaryIO) -> Spooled:
    """Put an uploaded file aside, readable by this program only; files of long ago are removed."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    remove_old()
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as draft:
        found = hashlib.sha256()
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
            draft.write(chunk)
        size = draft.tell()
    path = path_of(found.hexdigest())
    Path(draft.name).replace(path)
    return Spooled(path, found.hexdigest(), size)


def described(path: Path) -> Spooled:
    """Return hash and size of a file that stays where it is; raises `OSError` when it cannot be read."""
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
        return Spooled(path, found, stream.tell())


def path_of(sha256: str) -> Path:
    """Return where a file with this hash lies while it waits."""
    return _folder() / sha256


def remove(sha256: str) -> None:
    """Remove a file that is no longer needed."""
    path_of(sha256).unlink(missing_ok=True)


def remove_old() -> None:
    """Remove what interrupted runs left behind and nobody took up again: it can hold personal data."""
    before = (clock.now() - _KEPT_FOR).timestamp()
    for path in _folder().glob("*"):
        if os.stat(path).st_mtime < before:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return settings().data_dir / "imports"
