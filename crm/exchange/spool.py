"""Uploaded files that wait to be brought in: one place, a name of their own, gone after the run."""

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
    found = hashlib.sha256()
    with tempfile.NamedTemporaryFile(dir=folder, prefix="arriving-", delete=False) as draft:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
            draft.write(chunk)
        size = draft.tell()
    arrived = Path(draft.name)
    own_name = arrived.name.removeprefix("arriving-")
    path = arrived.rename(folder / f"{found.hexdigest()}-{own_name}")
    return Spooled(path, found.hexdigest(), size)


def described(path: Path) -> Spooled:
    """Return hash and size of a file that stays where it is; raises `OSError` when it cannot be read."""
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
        return Spooled(path, found, stream.tell())


def find(sha256: str) -> Spooled | None:
    """Return a file with this hash that an interrupted run left behind."""
    for path in sorted(_folder().glob(f"{sha256}-*")):
        return Spooled(path, sha256, path.stat().st_size)
    return None


def remove(found: Spooled) -> None:
    """Remove a file that is no longer needed."""
    found.path.unlink(missing_ok=True)


def remove_old() -> None:
    """Remove what interrupted runs left behind and nobody took up again: it can hold personal data."""
    before = (clock.now() - _KEPT_FOR).timestamp()
    for path in _folder().glob("*"):
        if os.stat(path).st_mtime < before:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return settings().data_dir / "imports"
