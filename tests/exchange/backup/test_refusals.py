"""An archive that is not what it should be is refused, and leaves nothing behind."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect

from crm.core.config import settings
from crm.core.database import engine
from crm.core.errors import AppError, Invalid
from crm.exchange.backup.making import make_backup
from crm.exchange.backup.restoring import restore_backup
from tests.exchange.backup.conftest import Elsewhere, Installation, fill
from tests.factories import World

Members = dict[str, bytes]
Change = Callable[[Members, dict[str, Any]], None]


def rewritten(archive: Path, change: Change, *, honest: bool = False) -> Path:
    """Return a copy of an archive after a change; `honest` makes its hashes fit again."""
    with zipfile.ZipFile(archive) as source:
        members = {name: source.read(name) for name in source.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    change(members, manifest)
    if honest:
        for member in manifest["members"]:
            content = members[member["name"]]
            member |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    target = archive.with_name("changed.zip")
    with zipfile.ZipFile(target, "w") as into:
        for name, content in members.items():
            into.writestr(name, content)
        into.writestr("manifest.json", json.dumps(manifest))
    return target


def sql(*statements: str) -> Change:
    """Return a change to the database inside an archive."""

    def change(members: Members, _manifest: dict[str, Any]) -> None:
        with sqlite3.connect(":memory:") as database:
            database.deserialize(_without_wal(members["database.sqlite"]))
            for statement in statements:
                database.execute(statement)
            database.commit()
            members["database.sqlite"] = database.serialize()
        database.close()

    return change


def _without_wal(content: bytes) -> bytes:
    # A database in memory has no log beside it: bytes 18 and 19 say which way of writing a file uses.
    return content[:18] + b"\x01\x01" + content[20:]


def manifest(**values: Any) -> Change:
    """Return a change to the manifest."""
    return lambda _members, page: page.update(values)


def figures(**values: Any) -> Change:
    """Return a change to the figures in the manifest."""
    return lambda _members, page: page["figures"].update(values)


def spoil_database(members: Members, _manifest: dict[str, Any]) -> None:
    content = members["database.sqlite"]
    members["database.sqlite"] = content[:8192] + b"\xff" * 4096 + content[12288:]


def spoil_evidence(members: Members, _manifest: dict[str, Any]) -> None:
    name = next(name for name in members if name.startswith("files/"))
    members[name] = b"%PDF-1.7 another payslip"


def drop_evidence(members: Members, page: dict[str, Any]) -> None:
    name = next(name for name in members if name.startswith("files/"))
    del members[name]
    page["members"] = [member for member in page["members"] if member["name"] != name]


def drop_database(members: Members, page: dict[str, Any]) -> None:
    del members["database.sqlite"]
    page["members"] = [member for member in page["members"] if member["name"] != "database.sqlite"]


def add_stranger(members: Members, _manifest: dict[str, Any]) -> None:
    members["stranger.txt"] = b"hello"


def climb_out(members: Members, page: dict[str, Any]) -> None:
    members["../../escaped.txt"] = b"hello"
    sha256 = hashlib.sha256(b"hello").hexdigest()
    page["members"].append({"name": "../../escaped.txt", "size": 5, "sha256": sha256})


def name_twice(_members: Members, page: dict[str, Any]) -> None:
    page["members"].append(page["members"][-1])


def assert_refused(archive: Path, elsewhere: Elsewhere, sentence: str) -> None:
    """Check that the archive is refused in these words and that the place stays as empty as it was."""
    with elsewhere():
        with pytest.raises(Invalid, match=sentence):
            restore_backup(archive)
        assert not Path(engine().url.database or "").exists()
        assert not settings().files_dir.exists()
        assert list(settings().data_dir.glob("*/*")) == []
        assert list(settings().data_dir.glob(".restore-*")) == []


@pytest.mark.parametrize(
    "change",
    [
        spoil_database,
        spoil_evidence,
        drop_database,
        add_stranger,
        climb_out,
        name_twice,
        manifest(members=[]),
        manifest(made_at=7),
        manifest(surprise="!"),
        manifest(revision="0001"),
    ],
)
def test_a_changed_archive_is_refused(archive: Path, elsewhere: Elsewhere, change: Change) -> None:
    assert_refused(rewritten(archive, change), elsewhere, "not a backup of Vliegwiel, or it is damaged")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (spoil_database, "database in this backup is damaged"),
        (sql("UPDATE contracts SET employer_id = 999"), "database in this backup is damaged"),
        (sql("DELETE FROM follow_ups", "DELETE FROM evidence"), "table evidence does not hold"),
        (sql("UPDATE contracts SET approved_cents = 5000000"), "SROI totals"),
        (sql("UPDATE efforts SET approved_cents = 1"), "SROI totals"),
        (sql("UPDATE audit_entries SET actor_name = 'X' WHERE id = 3"), "audit log was changed at link 3"),
        (
            sql(
                "DELETE FROM audit_seals WHERE id = (SELECT max(id) FROM audit_seals)",
                "INSERT INTO audit_seals SELECT 0, max(entry_id) + 1, '' FROM audit_seals",
            ),
            "audit log was changed",
        ),
        (figures(rows={}), "does not hold the number of rows"),
        (figures(contracts=[]), "SROI totals"),
        (figures(audit={"sealed": 1, "waiting": 0, "head": "0" * 64}), "does not end where it did"),
        (drop_evidence, "Evidence files are missing"),
        (manifest(format=2), "another version of Vliegwiel"),
        (manifest(kind="paper"), "another version of Vliegwiel"),
        (manifest(revision="9999"), "another version of Vliegwiel"),
    ],
)
def test_a_change_that_fits_its_hashes_is_found_out(
    archive: Path, elsewhere: Elsewhere, change: Change, sentence: str
) -> None:
    assert_refused(rewritten(archive, change, honest=True), elsewhere, sentence)


def test_an_archive_cut_short_is_refused(archive: Path, elsewhere: Elsewhere) -> None:
    archive.write_bytes(archive.read_bytes()[:-200])
    assert_refused(archive, elsewhere, "not a backup of Vliegwiel, or it is damaged")


def test_an_archive_with_spoiled_bytes_is_refused(archive: Path, elsewhere: Elsewhere) -> None:
    content = bytearray(archive.read_bytes())
    content[200:260] = bytes(60)
    archive.write_bytes(content)
    assert_refused(archive, elsewhere, "not a backup of Vliegwiel, or it is damaged")


def test_any_other_file_is_refused(
    lite_installation: Installation, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    (tmp_path / "letter.zip").write_text("Dear all")
    assert_refused(tmp_path / "letter.zip", elsewhere, "not a backup of Vliegwiel")
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as photos:
        photos.writestr("beach.jpg", b"")
    assert_refused(tmp_path / "photos.zip", elsewhere, "not a backup of Vliegwiel")
    assert_refused(tmp_path / "nothing.zip", elsewhere, "does not exist")


def test_a_place_with_a_database_is_refused(archive: Path) -> None:
    before = Path(engine().url.database or "").stat().st_mtime_ns
    with pytest.raises(Invalid, match="database here already"):
        restore_backup(archive)
    assert Path(engine().url.database or "").stat().st_mtime_ns == before


def test_a_place_with_the_log_of_a_lost_database_is_refused(archive: Path, elsewhere: Elsewhere) -> None:
    with elsewhere():
        Path(f"{engine().url.database}-wal").write_bytes(b"remains")
        with pytest.raises(Invalid, match="database here already"):
            restore_backup(archive)


def test_a_place_with_evidence_is_refused(archive: Path, elsewhere: Elsewhere) -> None:
    with elsewhere():
        settings().files_dir.mkdir(parents=True)
        (settings().files_dir / "kept").touch()
        with pytest.raises(Invalid, match="evidence files here already"):
            restore_backup(archive)
        assert (settings().files_dir / "kept").exists()


@pytest.mark.postgres
def test_a_failed_check_empties_postgresql_again(
    postgres_url: str, now: object, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    fill(World.build())
    make_backup(tmp_path / "archive.zip")
    wrong = rewritten(tmp_path / "archive.zip", figures(contracts=[]))
    with elsewhere():
        with pytest.raises(Invalid, match="SROI totals"):
            restore_backup(wrong)
        assert inspect(engine()).get_table_names() == []
        assert not settings().files_dir.exists()
        restore_backup(tmp_path / "archive.zip")
        with pytest.raises(Invalid, match="database here already"):
            restore_backup(tmp_path / "archive.zip")


@pytest.mark.postgres
def test_an_archive_goes_back_into_its_own_kind_of_database(archive: Path, postgres_url: str) -> None:
    with pytest.raises(Invalid, match="sqlite database"):
        restore_backup(archive)


@pytest.mark.postgres
def test_missing_postgresql_programs_are_named(
    postgres_url: str, now: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AppError, match="pg_dump is not here"):
        make_backup(tmp_path / "archive.zip")
    assert not (tmp_path / "archive.zip").exists()


@pytest.mark.postgres
def test_what_a_postgresql_program_complains_of_is_passed_on(
    postgres_url: str, now: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\necho 'server version mismatch' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(AppError, match="pg_dump did not succeed: server version mismatch"):
        make_backup(tmp_path / "archive.zip")
