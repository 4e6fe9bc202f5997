"""Evidence goes when its time is over; that it was seen stays, and files that others need stay too."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from crm.cli import app
from crm.core import clock, files
from crm.core.access import Role, system
from crm.core.audit import AuditEntry
from crm.core.config import settings
from crm.core.errors import Forbidden
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.sroi import actions
from crm.sroi.actions.retention import Swept
from crm.sroi.commands import AddEvidence, RemoveEvidence, SettleContract, SweepEvidence, SweepFiles
from crm.sroi.records import Contract, Effort, Evidence, PersonClaim
from crm.sroi.states import ContractState, EffortState
from tests.factories import TODAY, World
from tests.sroi.factories import approve, make_contract, make_effort, stored

PDF = b"%PDF-1.4 loonstrook"
BORN = date(1991, 3, 8)


def add(effort: Effort, content: bytes = PDF) -> int:
    command = AddEvidence(effort_id=key(effort), kind="payslip", file_name="Jansen.pdf", content=content)
    return perform(system("test"), actions.add_evidence, command)


def settle(contract: Contract) -> None:
    command = SettleContract(contract_id=key(contract), version=stored(Contract, key(contract)).version)
    perform(system("test"), actions.settle_contract, command)


def age(content: bytes, days: int = 2) -> str:
    """Let a stored file look as if it was stored some days ago; return its hash."""
    sha256 = files.store(content)
    moment = (clock.now() - timedelta(days=days)).timestamp()
    os.utime(files.path_of(sha256), (moment, moment))
    return sha256


def sweep() -> Swept:
    return perform(system("test"), actions.sweep_evidence, SweepEvidence())


def keep_days(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    monkeypatch.setenv("CRM_EVIDENCE_RETENTION_DAYS", str(days))
    settings.cache_clear()


def test_after_its_time_only_that_it_was_seen_remains(world: World) -> None:
    contract = make_contract(world)
    effort = make_effort(contract, surname="Jansen", birth_date=BORN)
    evidence_id = add(effort)
    officer = world.actor(Role.SROI_OFFICER)
    approve(effort, officer)
    settle(contract)
    with clock.frozen_at(clock.now() + timedelta(days=729)):
        assert (sweep().files, sweep().persons) == (0, 0)
    with clock.frozen_at(clock.now() + timedelta(days=730)):
        swept = sweep()
        sha256 = age(PDF)
        assert perform(system("test"), actions.sweep_files, SweepFiles()) == 1
    assert (swept.files, swept.persons) == (1, 1)
    kept: Evidence = stored(Evidence, evidence_id)
    assert (kept.kind, kept.seen_on, kept.added_by_id) == ("payslip", TODAY, officer.user_id)
    assert (kept.sha256, kept.file_name, kept.media_type, kept.size_bytes) == (None, None, None, None)
    assert not files.path_of(sha256).exists()
    with reading(system("test")) as unit:
        assert unit.session.exec(select(PersonClaim)).all() == []
        logged = unit.session.exec(select(AuditEntry).where(AuditEntry.object_type == "files")).all()
    assert [(entry.object_id, entry.intention) for entry in logged] == [(sha256, "sroi.sweep_files")]


def test_what_no_officer_looked_at_goes_altogether(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_days(monkeypatch, 1)
    contract = make_contract(lite_world)
    add(make_effort(contract, submit=False))
    settle(contract)
    with clock.frozen_at(clock.now() + timedelta(days=1)):
        assert sweep().files == 1
    with reading(system("test")) as unit:
        assert unit.session.exec(select(Evidence)).all() == []


def test_a_contract_that_runs_keeps_everything(lite_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_days(monkeypatch, 1)
    evidence_id = add(approve(make_effort(make_contract(lite_world))))
    with clock.frozen_at(clock.now() + timedelta(days=3000)):
        assert sweep().files == 0
    assert stored(Evidence, evidence_id).sha256 is not None


def test_a_file_that_another_effort_needs_stays_on_the_disk(lite_world: World) -> None:
    contract = make_contract(lite_world)
    first, second = make_effort(contract), make_effort(contract, subject="K-1")
    removed, _kept = add(first), add(second)
    lonely = add(first, b"%PDF-1.4 anders")
    for evidence_id in (removed, lonely):
        perform(system("test"), actions.remove_evidence, RemoveEvidence(evidence_id=evidence_id))
    shared, alone = age(PDF), age(b"%PDF-1.4 anders")
    assert perform(system("test"), actions.sweep_files, SweepFiles()) == 1
    assert files.read(shared) == PDF
    assert not files.path_of(alone).exists()


def test_a_file_of_today_may_belong_to_somebody_who_is_busy(lite_world: World) -> None:
    sha256 = age(b"%PDF-1.4 net", days=0)
    assert perform(system("test"), actions.sweep_files, SweepFiles()) == 0
    age(b"%PDF-1.4 net")
    assert files.store(b"%PDF-1.4 net") == sha256
    assert files.path_of(sha256).stat().st_mtime > (clock.now() - timedelta(days=30)).timestamp()


def test_something_else_in_the_folder_is_left_alone(lite_world: World) -> None:
    age(PDF)
    other = settings().files_dir / "ab" / "draft"
    other.parent.mkdir(exist_ok=True)
    other.write_bytes(b"")
    os.utime(other, (0, 0))
    perform(system("test"), actions.sweep_files, SweepFiles())
    assert other.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_an_administrator_sweeps(lite_world: World, role: Role) -> None:
    with pytest.raises(Forbidden):
        perform(lite_world.actor(role), actions.sweep_evidence, SweepEvidence())
    with pytest.raises(Forbidden):
        perform(lite_world.actor(role), actions.sweep_files, SweepFiles())


def test_the_command_says_what_it_did_and_a_dry_run_does_nothing(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_days(monkeypatch, 30)
    contract = make_contract(lite_world)
    effort = make_effort(contract)
    evidence_id = add(effort)
    approve(effort)
    settle(contract)
    age(b"%PDF-1.4 los")
    with clock.frozen_at(clock.now() + timedelta(days=30)):
        dry = CliRunner().invoke(app, ["evidence", "sweep", "--dry-run"])
        assert "2026-11-24 zijn afgerekend: 1 bestanden" in dry.output
        assert stored(Evidence, evidence_id).sha256 is not None
        age(PDF, days=40)
        done = CliRunner().invoke(app, ["evidence", "sweep"])
    assert "1 bestanden" in done.output
    assert "gehaalde bestanden: 2" in done.output
    assert stored(Evidence, evidence_id).sha256 is None


def test_codes_left_on_what_was_withdrawn_go_at_once(world: World) -> None:
    """Before withdrawing let go of them, they stayed behind."""
    contracts = [make_contract(world), make_contract(world)]
    efforts = [make_effort(one, surname="Jansen", birth_date=BORN) for one in contracts]
    kept = make_effort(make_contract(world), surname="De Vries", birth_date=BORN)
    with work(system("test")) as unit:
        unit.get(Contract, key(contracts[0])).state = ContractState.WITHDRAWN
        unit.get(Effort, key(efforts[1])).state = EffortState.WITHDRAWN
        unit.commit()
    assert sweep() == Swept(files=0, persons=2)
    with reading(system("test")) as unit:
        assert unit.session.exec(select(PersonClaim.effort_id)).all() == [key(kept)]
