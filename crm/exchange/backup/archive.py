"""The archive file: a zip whose every member is held to the hash in its manifest."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from crm.core.errors import Invalid
from crm.exchange.backup.manifest import MANIFEST, Manifest, Member, not_a_backup, read_manifest

_CHUNK = 1024 * 1024
_LARGEST_MANIFEST = 256 * _CHUNK


@contextmanager
def new_archive(target: Path) -> Iterator[tuple[zipfile.ZipFile, Path]]:
    """Yield an archive to fill and a private folder beside it; it gets its name only when all went well.

    Raises `Invalid` when there is a file of that name already: nothing is ever overwritten.
    """
    _refuse_existing(target)
    if not target.parent.is_dir():
        raise Invalid("", "The folder {folder} does not exist. Make it first.", folder=target.parent)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
        draft = Path(folder) / "archive"
        draft.touch(mode=0o600)
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            yield archive, Path(folder)
        publish(draft, target)


def add_file(archive: zipfile.ZipFile, name: str, path: Path) -> Member:
    """Copy a file into the archive and return what the manifest says of it."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as into:
        while chunk := source.read(_CHUNK):
            into.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return Member(name=name, size=size, sha256=digest.hexdigest())


def add_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Put the manifest in, last, when everything it speaks of is there."""
    archive.writestr(MANIFEST, manifest.model_dump_json(indent=2))


@contextmanager
def open_archive(source: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Yield an archive with its manifest; raises `Invalid` unless it holds exactly what that lists."""
    if not source.is_file():
        raise Invalid("", "The file {file} does not exist.", file=source)
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = read_manifest(_manifest_text(archive))
            promised = sorted([MANIFEST, *(member.name for member in manifest.members)])
            encrypted = any(found.flag_bits & 1 for found in archive.infolist())
            if encrypted or sorted(archive.namelist()) != promised or len(set(promised)) != len(promised):
                raise not_a_backup()
            yield archive, manifest
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise not_a_backup() from None


def take_out(archive: zipfile.ZipFile, member: Member, to: Path) -> None:
    """Write a member to a new file; raises `Invalid` when its content is not what the manifest says."""
    digest, size = hashlib.sha256(), 0
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with archive.open(member.name) as source, _private(to) as into:
        while size <= member.size and (chunk := source.read(_CHUNK)):
            into.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        into.flush()
        os.fsync(into.fileno())
    if (size, digest.hexdigest()) != (member.size, member.sha256):
        raise not_a_backup()


def publish(draft: Path, target: Path) -> None:
    """Give a finished file its name; raises `Invalid` when there is one of that name already."""
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    try:
        os.link(draft, target)
    except FileExistsError:
        _refuse_existing(target)
    except OSError:
        # A disk without hard links: between this look and the rename another file may still slip in.
        _refuse_existing(target)
        draft.replace(target)


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _manifest_text(archive: zipfile.ZipFile) -> bytes:
    try:
        found = archive.getinfo(MANIFEST)
    except KeyError:
        raise not_a_backup() from None
    if found.file_size > _LARGEST_MANIFEST:
        raise not_a_backup()
    return archive.read(found)


def _refuse_existing(target: Path) -> None:
    if target.exists():
        raise Invalid("", "The file {file} exists already. Choose another name.", file=target)
