"""Makes an archive of the whole installation while people go on working."""

from __future__ import annotations

import zipfile
from importlib.metadata import version
from pathlib import Path

from alembic.migration import MigrationContext
from sqlalchemy import Engine

from crm.core import clock, files
from crm.core.access import system
from crm.core.database import engine, is_sqlite
from crm.core.errors import Invalid, NotFound
from crm.core.sealing import seal
from crm.core.work import work
from crm.exchange.backup import postgres, sqlite
from crm.exchange.backup.archive import add_file, add_manifest, new_archive
from crm.exchange.backup.figures import count_everything, file_hashes
from crm.exchange.backup.manifest import DATABASE_MEMBERS, FORMAT, Kind, Manifest, Member, member_of
from crm.migrations import runner


def make_backup(target: Path) -> Manifest:
    """Write the database and the stored files to a new archive, and return its manifest.

    Everything in it is of one moment. Raises `Invalid` when the file exists already, when there is no
    database yet, or when the audit chain is broken (such a backup could never be restored).
    """
    _refuse_no_database(engine())
    kind = Kind.SQLITE if is_sqlite(engine()) else Kind.POSTGRESQL
    with new_archive(target) as (archive, folder):
        _leave_a_trace()
        database = sqlite if kind is Kind.SQLITE else postgres
        with database.snapshot(folder) as (path, connection):
            revision = MigrationContext.configure(connection).get_current_revision()
            figures = count_everything(connection)
            wanted = file_hashes(connection)
        members = [add_file(archive, DATABASE_MEMBERS[kind], path)]
        kept, lost = _add_files(archive, wanted)
        manifest = Manifest(
            format=FORMAT,
            product=version("vliegwiel"),
            made_at=clock.now().isoformat(),
            kind=kind,
            revision=str(revision),
            figures=figures,
            members=[*members, *kept],
            lost_files=lost,
        )
        add_manifest(archive, manifest)
    return manifest


def _refuse_no_database(bind: Engine) -> None:
    absent = is_sqlite(bind) and not Path(bind.url.database or "").exists()
    if absent or runner.current_revision(bind) is None:
        raise Invalid("", "There is no database yet. Run `crm migrate` first.")


def _leave_a_trace() -> None:
    with work(system("command line")) as unit:
        unit.note("export", "installation", "backup")
        unit.commit()
    seal()


def _add_files(archive: zipfile.ZipFile, wanted: list[str]) -> tuple[list[Member], list[str]]:
    kept: list[Member] = []
    lost: list[str] = []
    for sha256 in wanted:
        try:
            content = files.read(sha256)
        except NotFound:
            lost.append(sha256)
            continue
        archive.writestr(member_of(sha256), content)
        kept.append(Member(name=member_of(sha256), size=len(content), sha256=sha256))
    return kept, lost
