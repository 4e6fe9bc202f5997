"""Puts an archive back into an empty place, and says done only when everything answers to the manifest."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.migration import MigrationContext
from sqlalchemy import Connection

from crm.core.access import system
from crm.core.config import settings
from crm.core.database import engine, is_sqlite
from crm.core.errors import Invalid
from crm.core.sealing import seal
from crm.core.work import work
from crm.exchange.backup import postgres, sqlite
from crm.exchange.backup.archive import open_archive, take_out
from crm.exchange.backup.figures import count_everything, file_hashes
from crm.exchange.backup.manifest import Kind, Manifest, compare, file_of, not_a_backup
from crm.migrations import runner


def restore_backup(source: Path) -> Manifest:
    """Put the archive's database and files into this installation, and return its manifest.

    Raises `Invalid` when this place is not empty, or when hashes, integrity, references, row counts,
    SROI totals or the audit chain are not what the manifest says; then nothing is left behind.
    """
    with open_archive(source) as (archive, manifest):
        _refuse_wrong_place(manifest)
        kind = sqlite if manifest.kind == Kind.SQLITE else postgres
        kind.refuse_unless_empty()
        _refuse_other_files()
        database = next((m for m in manifest.members if m.name == manifest.database_member), None)
        if database is None:
            raise not_a_backup()
        with _files_in_place(archive, manifest), kind.arriving(archive, database) as connection:
            _check(connection, manifest)
    _leave_a_trace(manifest)
    return manifest


def _refuse_wrong_place(manifest: Manifest) -> None:
    here = Kind.SQLITE if is_sqlite(engine()) else Kind.POSTGRESQL
    if manifest.kind != here:
        raise Invalid(
            "",
            "This backup is of a {kind} database. Set CRM_DATABASE_URL to an empty one of that kind.",
            kind=manifest.kind,
        )
    if manifest.revision not in runner.known_revisions():
        raise Invalid(
            "", "This backup was made by another version of Vliegwiel. Restore it with that version."
        )


def _refuse_other_files() -> None:
    if settings().files_dir.exists() and any(settings().files_dir.iterdir()):
        raise Invalid("", "There are evidence files here already. Restore into an empty place.")


@contextmanager
def _files_in_place(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[None]:
    """Put the stored files where they belong, and take them away again when the block fails."""
    place = settings().files_dir
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=place.parent) as folder:
        drafts = Path(folder) / "files"
        drafts.mkdir()
        for member in manifest.members:
            if sha256 := file_of(member.name):
                take_out(archive, member, drafts / sha256[:2] / sha256)
        drafts.replace(place)
    try:
        yield
    except BaseException:
        shutil.rmtree(place)
        raise


def _check(connection: Connection, manifest: Manifest) -> None:
    if MigrationContext.configure(connection).get_current_revision() != manifest.revision:
        raise not_a_backup()
    compare(manifest.figures, count_everything(connection))
    held = {file_of(member.name) for member in manifest.members}
    if set(file_hashes(connection)) - held - set(manifest.lost_files):
        raise Invalid("", "Evidence files are missing from this backup. Choose another backup.")


def _leave_a_trace(manifest: Manifest) -> None:
    with work(system("command line")) as unit:
        unit.note("restore", "installation", manifest.made_at)
        unit.commit()
    seal()
