"""A backup brings everything back, made while people work, on both databases."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
import zipfile
from datetime import date
from pathlib import Path

import psycopg
import pytest
from sqlmodel import col, select

from crm.core import clock, files
from crm.core.access import Role, system
from crm.core.audit import AuditEntry
from crm.core.config import settings
from crm.core.database import engine
from crm.core.errors import Conflict, Invalid
from crm.core.records import key
from crm.core.sealing import verify
from crm.core.work import reading, work
from crm.employers.records import Employer
from crm.exchange.backup.archive import new_archive
from crm.exchange.backup.figures import keeps_files
from crm.exchange.backup.making import make_backup
from crm.exchange.backup.restoring import restore_backup
from crm.migrations import runner
from crm.schema import metadata
from crm.sroi.records import CertificateOffer, Contract
from crm.sroi.states import OfferState
from tests.exchange.backup.conftest import PAPER, Elsewhere, Installation, fill
from tests.factories import World, save


def test_everything_comes_back(installation: Installation, elsewhere: Elsewhere, tmp_path: Path) -> None:
    archive = tmp_path / "archive.zip"
    made = make_backup(archive)
    with elsewhere():
        restored = restore_backup(archive)
        with reading(installation.world.actor(Role.EMPLOYER)) as unit:
            contract = unit.get(Contract, key(installation.contract))
            names = unit.session.exec(select(Employer.name)).all()
        content = files.read(installation.evidence_hash)
        drift = runner.drift(engine())
    assert (contract.title, contract.approved_cents) == ("Groenonderhoud", 1_333_333)
    assert names == ["De Linde Groen BV"]
    assert content == PAPER
    assert drift == []
    assert restored == made
    assert [
        (total.authority, total.obligation_cents, total.approved_cents) for total in made.figures.contracts
    ] == [("Gemeente Halderberge", 5_000_000, 1_333_333)]
    assert made.figures.rows["employers"] == 2


def test_a_file_of_any_kind_comes_back(
    installation: Installation, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    """A certificate that an employer handed in, and one whose file was lost before."""
    proof = b"%PDF-1.7 a certificate"
    for sha256 in (files.store(proof), "f" * 64):
        save(
            CertificateOffer(
                region_id=key(installation.world.region),
                employer_id=key(installation.world.employer_a),
                code="pso_1",
                valid_from=date(2026, 1, 1),
                valid_until=date(2027, 1, 1),
                sha256=sha256,
                media_type="application/pdf",
                state=OfferState.WAITS,
                offered_at=clock.now(),
            )
        )
    made = make_backup(tmp_path / "archive.zip")
    assert made.lost_files == ["f" * 64]
    with elsewhere():
        restore_backup(tmp_path / "archive.zip")
        assert files.read(hashlib.sha256(proof).hexdigest()) == proof


def test_every_table_with_a_hash_either_keeps_files_or_is_known_to_hash_something_else() -> None:
    hashed = {name for name, table in metadata().tables.items() if "sha256" in table.c}
    kept = {name for name in hashed if keeps_files(metadata().tables[name])}
    # What an import read is thrown away; a statement is made anew from what is stored.
    assert hashed - kept == {"import_runs", "statements", "statement_copies"}


def test_a_restored_installation_goes_on_working(
    installation: Installation, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    archive = tmp_path / "archive.zip"
    make_backup(archive)
    with elsewhere():
        restore_backup(archive)
        with work(system("test")) as unit:
            added = key(unit.add(Employer(region_id=key(installation.world.region), name="Nieuw BV")))
            unit.get(Employer, key(installation.world.employer_a)).name = "De Linde Groen NV"
            unit.commit()
        with engine().connect() as connection:
            verify(connection)
    assert added > key(installation.world.employer_b)


def test_a_backup_and_a_restore_leave_a_trace(
    installation: Installation, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    archive = tmp_path / "archive.zip"
    make_backup(archive)
    with elsewhere():
        restore_backup(archive)
        with reading(system("test")) as unit:
            traces = unit.session.exec(
                select(AuditEntry.action)
                .where(AuditEntry.object_type == "installation")
                .order_by(col(AuditEntry.id))
            ).all()
    assert traces == ["export", "restore"]


def test_a_backup_of_a_busy_installation_is_of_one_moment(
    installation: Installation, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    """Each writer moves one member of staff from A to B: at any moment the sum is the same."""
    a, b = key(installation.world.employer_a), key(installation.world.employer_b)
    with work(system("test")) as unit:
        unit.get(Employer, a).staff_size = 1_000_000
        unit.get(Employer, b).staff_size = 0
        unit.commit()
    stop, moved = threading.Event(), []
    writers = [threading.Thread(target=_move, args=(a, b, stop, moved)) for _ in range(8)]
    for writer in writers:
        writer.start()
    while len(moved) < 8:
        stop.wait(0.01)
    before = len(moved)
    make_backup(tmp_path / "archive.zip")
    during = len(moved) - before
    stop.set()
    for writer in writers:
        writer.join()
    with elsewhere():
        restore_backup(tmp_path / "archive.zip")
        with reading(system("test")) as unit:
            sizes = [unit.get(Employer, a).staff_size or 0, unit.get(Employer, b).staff_size or 0]
    assert sum(sizes) == 1_000_000
    assert sizes[1] >= before
    assert during > 0


def _move(a: int, b: int, stop: threading.Event, moved: list[int]) -> None:
    while not stop.is_set():
        try:
            with work(system("test")) as unit:
                giver, taker = unit.get(Employer, a), unit.get(Employer, b)
                giver.staff_size = (giver.staff_size or 0) - 1
                taker.staff_size = (taker.staff_size or 0) + 1
                unit.commit()
            moved.append(1)
        except Conflict:
            continue


@pytest.mark.postgres
def test_row_level_security_stands_again_after_a_restore(
    postgres_url: str, now: object, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    world = fill(World.build()).world
    make_backup(tmp_path / "archive.zip")
    with elsewhere():
        restore_backup(tmp_path / "archive.zip")
        url = engine().url.set(drivername="postgresql").render_as_string()
        with psycopg.connect(url) as bare:
            nobody = bare.execute("SELECT count(*) FROM contracts").fetchone()
            bare.execute("SELECT set_config('crm.employer_id', %s, true)", [str(key(world.employer_b))])
            other = bare.execute("SELECT count(*) FROM contracts").fetchone()
            bare.execute("SELECT set_config('crm.employer_id', %s, true)", [str(key(world.employer_a))])
            own = bare.execute("SELECT count(*) FROM contracts").fetchone()
    assert (nobody, other, own) == ((0,), (0,), (1,))


def test_an_existing_file_is_never_overwritten(lite_installation: Installation, tmp_path: Path) -> None:
    target = tmp_path / "archive.zip"
    target.write_text("precious")
    with pytest.raises(Invalid, match="exists already"):
        make_backup(target)
    assert target.read_text() == "precious"


def test_only_the_owner_may_read_an_archive(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert [path.name for path in archive.parent.glob(".backup-*")] == []


def test_a_folder_that_is_not_there_is_named(lite_installation: Installation, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="nowhere"):
        make_backup(tmp_path / "nowhere" / "archive.zip")


def test_there_is_nothing_to_back_up_before_the_first_migration(elsewhere: Elsewhere, tmp_path: Path) -> None:
    with elsewhere(), pytest.raises(Invalid, match="crm migrate"):
        make_backup(tmp_path / "archive.zip")
    assert not (tmp_path / "archive.zip").exists()


def test_lost_evidence_is_told_and_does_not_stop_a_backup(
    lite_installation: Installation, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    files.path_of(lite_installation.evidence_hash).write_bytes(b"rotten")
    made = make_backup(tmp_path / "archive.zip")
    with elsewhere():
        restored = restore_backup(tmp_path / "archive.zip")
        left = list(settings().files_dir.iterdir())
    assert made.lost_files == restored.lost_files == [lite_installation.evidence_hash]
    assert left == []


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "archive.zip"
    with pytest.raises(Invalid, match="exists already"), new_archive(target):
        target.write_text("precious")
    assert target.read_text() == "precious"


def test_a_disk_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_draft: Path, _target: Path) -> None:
        raise PermissionError("no hard links on this disk")

    monkeypatch.setattr(os, "link", refuse)
    with new_archive(tmp_path / "archive.zip") as (archive, _folder):
        archive.writestr("letter.txt", "Dear all")
    with zipfile.ZipFile(tmp_path / "archive.zip") as made:
        assert made.namelist() == ["letter.txt"]
