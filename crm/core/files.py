"""Evidence files on disk, named by the hash of their content and checked by what they really are."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from crm.core.config import settings
from crm.core.errors import Invalid, NotFound

MAX_BYTES = 10 * 1024 * 1024

_SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
_OFFICE_PARTS = {
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def media_type(content: bytes) -> str:
    """Return what a file really is, whatever its name says.

    Raises `Invalid` for anything but a PDF, PNG, JPEG, XLSX or DOCX of at most 10 MB.
    """
    if not content:
        raise Invalid("file", "This file is empty. Choose another one.")
    if len(content) > MAX_BYTES:
        raise Invalid("file", "This file is too large. The most is 10 MB.")
    for signature, found in _SIGNATURES.items():
        if content.startswith(signature):
            return found
    for part, found in _OFFICE_PARTS.items():
        if part in _zip_names(content):
            return found
    raise Invalid("file", "What is in this file is not accepted. Send a PDF, PNG, JPEG, Excel or Word file.")


def store(content: bytes) -> str:
    """Keep the content and return its SHA-256; the same content is kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256)
    if not path.exists():
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


def path_of(sha256: str) -> Path:
    """Return where content with this hash lies."""
    return settings().files_dir / sha256[:2] / sha256


def _zip_names(content: bytes) -> frozenset[str]:
    if not content.startswith(b"PK\x03\x04"):
        return frozenset()
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except zipfile.BadZipFile:
        return frozenset()
