"""Evidence files on disk, named by the hash of their content and checked by what they really are."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

from crm.core.config import settings
from crm.core.errors import Invalid, NotFound

MAX_BYTES = 10 * 1024 * 1024

_HASH = re.compile(r"[0-9a-f]{64}")
_SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
_OFFICE_PARTS = {
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_MACROS = {"xl/vbaProject.bin", "word/vbaProject.bin"}


def media_type(content: bytes) -> str:
    """Return what a file really is, whatever its name says.

    Raises `Invalid` for anything but a PDF, PNG, JPEG, XLSX or DOCX of at most 10 MB without macros.
    """
    if not content:
        raise Invalid("file", "This file is empty. Choose another one.")
    if len(content) > MAX_BYTES:
        raise Invalid("file", "This file is too large. The most is 10 MB.")
    for signature, found in _SIGNATURES.items():
        if content.startswith(signature):
            return found
    parts = _zip_names(content)
    for part, found in _OFFICE_PARTS.items():
        if part in parts and not parts & _MACROS:
            return found
    raise Invalid("file", "What is in this file is not accepted. Send a PDF, PNG, JPEG, Excel or Word file.")


def store(content: bytes) -> str:
    """Keep the content and return its SHA-256; the same content is kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256)
    if path.exists():
        # Somebody needs it from now on: it is no longer an old file that nothing speaks of.
        os.utime(path)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
        Path(draft.name).replace(path)
    return sha256


def read(sha256: str) -> bytes:
    """Return stored content; raises `NotFound` when it is gone or no longer what it was."""
    path = path_of(sha256)
    if not path.exists():
        raise NotFound("This file is no longer kept.")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise NotFound("This file is damaged. Ask your administrator to restore it from a backup.")
    return content


def stored_before(moment: datetime) -> list[str]:
    """Return the hashes of the files that nobody stored since a moment, in order."""
    found = settings().files_dir.glob("[0-9a-f][0-9a-f]/*")
    return sorted(path.name for path in found if _HASH.fullmatch(path.name) and _is_older(path, moment))


def remove(sha256: str) -> None:
    """Take a file off the disk; nothing happens when it is gone already."""
    path_of(sha256).unlink(missing_ok=True)


def path_of(sha256: str) -> Path:
    """Return where content with this hash lies."""
    return settings().files_dir / sha256[:2] / sha256


def _is_older(path: Path, moment: datetime) -> bool:
    return path.stat().st_mtime < moment.timestamp()


def _zip_names(content: bytes) -> frozenset[str]:
    if not content.startswith(b"PK\x03\x04"):
        return frozenset()
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except zipfile.BadZipFile:
        return frozenset()
