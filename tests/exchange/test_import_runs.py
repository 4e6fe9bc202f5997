"""Runs: one at a time, in somebody's name, killed half-way, watched, and cleared up."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlmodel import func, select

from crm.accounts.records import UserAuthority
from crm.core import clock
from crm.core.access import Actor, Role, system
from crm.core.audit import AuditEntry
from crm.core.config import settings
from crm.core.errors import Forbidden, Invalid, NotFound, SignedOut
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.employers.records import ContactPerson, Employer, Establishment
from crm.exchange import background, queries, running, spool, worker
from crm.exchange.actions import AddAuthority, add_authority
from crm.exchange.intake import employers as intake
from crm.exchange.queries import RunRow
from crm.exchange.reach import kinds_for
from crm.exchange.records import ImportRun, ImportVerdict
from crm.exchange.rules import Outcome, RunProblem
from crm.exchange.rules.runs import STALE_AFTER, ImportKind, RunState
from crm.sroi.records import Authority, AuthorityRuleSet
from tests.exchange.factories import employers_csv, package, release
from tests.exchange.importing import (
    RULES,
    awards,
    bring_in,
    employers,
    every,
    obliging,
    outcome_of,
    start,
)
from tests.factories import World, save

EMPLOYERS, AWARDS = ImportKind.EMPLOYERS, ImportKind.AWARDS
ROOT = Path(__file__).resolve().parents[2]
SLOW_IMPORT = """
import sys, time
from pathlib import Path
from crm.core.access import system
from crm.core.work import perform
from crm.exchange import running
from crm.exchange.actions import StartImport, start_import
from crm.exchange.rules.runs import ImportKind

file, slow = Path(sys.argv[1]), sys.argv[2] == "slow"
running.BATCH = dict.fromkeys(running.BATCH, 20)
actor = system("command line")
command = StartImport(
    kind="employers", file_name="x.csv", sha256="0" * 64, size_bytes=file.stat().st_size
)
print("run", perform(actor, start_import, command), flush=True)

def tell(done, total):
    print(done, flush=True)
    time.sleep(0.05 if slow else 0)

running.carry_out(1, file, lambda: actor, tell)
"""


def stored() -> list[object]:
    """Everything that an employers file brings in, without the numbers the database gives."""
    with reading(system("test")) as unit:
        rows = unit.session.exec(
            select(
                Employer.kvk_number,
                Employer.name,
                Employer.street,
                Establishment.number,
                Establishment.street,
                ContactPerson.name,
                ContactPerson.email,
            )
            .join(Establishment, Establishment.employer_id == Employer.id, isouter=True)
            .join(ContactPerson, ContactPerson.employer_id == Employer.id, isouter=True)
            .order_by(Employer.kvk_number)
        ).all()
    return [tuple(row) for row in rows]


def row_of(run_id: int, actor: Actor | None = None) -> RunRow:
    with reading(actor or system("test")) as unit:
        return queries.run(unit, run_id)


class TestKilled:
    def test_a_killed_import_leaves_whole_lines_and_the_same_file_completes_it(
        self, world: World, database: str, tmp_path: Path
    ) -> None:
        file = tmp_path / "employers.csv"
        file.write_bytes(employers_csv(300))
        environment = os.environ | {"CRM_DATABASE_URL": database, "PYTHONPATH": str(ROOT)}
        killed = subprocess.Popen(
            [sys.executable, "-c", SLOW_IMPORT, str(file), "slow"],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert killed.stdout is not None
        next(line for line in killed.stdout if line.strip() == "110")
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        killed.stdout.close()

        half = [line for line in stored() if str(line[0]).startswith("10")]  # type: ignore[index]
        assert 0 < len(half) < 300
        assert all(None not in line for line in half)  # type: ignore[operator]
        with reading(system("test")) as unit:
            counted = unit.session.exec(select(func.count()).select_from(ImportVerdict)).one()
        assert counted == len(half)
        assert row_of(1).state is RunState.INTERRUPTED

        completed = employers(file.read_bytes())
        assert completed.counts == {"same": len(half), "new": 300 - len(half)}
        assert [run.state for run in every(ImportRun)] == [RunState.INTERRUPTED, RunState.DONE]
        after = stored()
        assert employers(file.read_bytes()).counts == {"same": 300}
        assert stored() == after
        lines = [line for line in after if str(line[0]).startswith("10")]  # type: ignore[index]
        assert lines == undisturbed(file)

    def test_a_run_is_not_left_while_its_process_works_on_it(self, lite_world: World) -> None:
        run_id = start(EMPLOYERS, b"x")
        assert row_of(run_id).state is RunState.RUNNING
        worker.in_hand.discard(run_id)
        assert row_of(run_id).state is RunState.INTERRUPTED

    def test_a_run_that_ends_while_it_is_looked_at_is_not_left(self, lite_world: World) -> None:
        run_id = start(EMPLOYERS, b"x")

        def let_go(*_asked: object) -> None:
            worker.in_hand.discard(run_id)

        event.listen(Engine, "after_cursor_execute", let_go)
        try:
            assert row_of(run_id).state is RunState.RUNNING
        finally:
            event.remove(Engine, "after_cursor_execute", let_go)

    def test_a_silent_run_on_another_machine_is_interrupted_after_a_while(
        self, lite_world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run_id = start(EMPLOYERS, b"x")
        with work(system("test")) as unit:
            unit.get(ImportRun, run_id).worker = "elsewhere/1/1"
            unit.commit()
        assert row_of(run_id).state is RunState.RUNNING
        with clock.frozen_at(clock.now() + STALE_AFTER + timedelta(seconds=1)):
            assert row_of(run_id).state is RunState.INTERRUPTED
            assert start(EMPLOYERS, b"x") > run_id
        assert every(ImportRun)[0].state is RunState.INTERRUPTED

    def test_whoever_was_taken_over_stops(self, lite_world: World) -> None:
        def taken_over() -> Actor:
            with work(system("test")) as unit:
                for run in unit.session.exec(select(ImportRun)):
                    run.state = RunState.INTERRUPTED
                unit.commit()
            return system("test")

        brought = bring_in(EMPLOYERS, employers_csv(5), who=taken_over)
        assert brought.run.state is RunState.INTERRUPTED
        assert brought.verdicts == []
        assert len(every(Employer)) == 2


def undisturbed(file: Path) -> list[object]:
    """What the file holds, by its own text: number, name and the rest of each line, whole."""
    found = []
    for line in file.read_text().splitlines()[1:]:
        cells = line.split(";")
        street = f"{cells[5]} {cells[6]}"
        found.append((cells[0], cells[2], street, cells[1], street, cells[10], cells[13]))
    return found


class TestWorker:
    def test_this_process_is_here_and_one_that_ended_is_gone(self) -> None:
        ended = subprocess.Popen([sys.executable, "-c", ""])
        ended.wait()
        host, _, started = worker.this_worker().split("/")
        assert not worker.is_gone(worker.this_worker())
        assert worker.is_gone(f"{host}/{ended.pid}/{started}")

    def test_a_number_that_is_used_again_is_another_process(self) -> None:
        host, number, started = worker.this_worker().split("/")
        assert worker.is_gone(f"{host}/{number}/{started}1")

    def test_a_process_of_somebody_else_is_there(self) -> None:
        host, _, _ = worker.this_worker().split("/")
        assert not worker.is_gone(worker._described(1))
        assert worker._described(1).startswith(f"{host}/1/")

    @pytest.mark.parametrize("name", ["", "elsewhere/1/1", "x"])
    def test_of_another_machine_nothing_is_known(self, name: str) -> None:
        assert not worker.is_gone(name)


class TestStarting:
    def test_one_import_at_a_time(self, world: World) -> None:
        start(EMPLOYERS, b"x")
        with pytest.raises(Invalid) as refused:
            start(AWARDS, b"x")
        assert refused.value.message == RunProblem.BUSY

    def test_of_two_starts_at_the_same_moment_one_wins(self, world: World) -> None:
        ready = threading.Barrier(4)
        outcomes: list[str] = []

        def race() -> None:
            ready.wait()
            try:
                start(EMPLOYERS, b"x")
                outcomes.append("started")
            except Invalid as refused:
                outcomes.append(refused.message)

        threads = [threading.Thread(target=race) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == sorted(["started", *[RunProblem.BUSY] * 3])

    @pytest.mark.parametrize(
        ("role", "kinds"),
        [
            (Role.ADVISER, (EMPLOYERS,)),
            (Role.SROI_OFFICER, (AWARDS,)),
            (Role.ADMIN, (EMPLOYERS, AWARDS)),
            (Role.ACCOUNT_MANAGER, ()),
            (Role.MANAGER, ()),
            (Role.PARTNER, ()),
            (Role.EMPLOYER, ()),
        ],
    )
    def test_each_role_brings_in_what_it_keeps(
        self, lite_world: World, role: Role, kinds: tuple[ImportKind, ...]
    ) -> None:
        actor = lite_world.actor(role)
        assert kinds_for(actor) == kinds
        for kind in ImportKind:
            if kind in kinds:
                worker.in_hand.clear()
                assert start(kind, b"x", actor, key(lite_world.region))
            else:
                with pytest.raises(Forbidden if not kinds else Invalid):
                    start(kind, b"x", actor, key(lite_world.region))

    def test_start_and_end_are_in_the_audit(self, lite_world: World) -> None:
        adviser = lite_world.actor(Role.ADVISER)
        employers(employers_csv(3), adviser)
        with reading(system("test")) as unit:
            found = unit.session.exec(
                select(AuditEntry.action, AuditEntry.actor_id, AuditEntry.after)
                .where(AuditEntry.object_type == "import_runs")
                .order_by(AuditEntry.id)
            ).all()
        assert [(action, actor_id) for action, actor_id, _ in found] == [
            ("start", adviser.user_id),
            ("finish", adviser.user_id),
        ]
        assert '"new_count":3' in found[1][2]


class TestGoingOn:
    def test_progress_is_written_while_nothing_is_taken_in(
        self, lite_world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(running, "BATCH_SECONDS", 0.0)
        seen: list[int] = []
        real = running.show_life

        def watch(unit: object, run_id: int, percent: int) -> object:
            seen.append(percent)
            return real(unit, run_id, percent)  # type: ignore[arg-type]

        monkeypatch.setattr(running, "show_life", watch)
        awards(package(*[release(awards=[], noise="x" * 9000) for _ in range(60)]))
        assert len(seen) > 3
        assert seen == sorted(seen)
        assert every(ImportRun)[0].progress == 100

    def test_who_may_no_longer_import_imports_no_further(self, lite_world: World) -> None:
        adviser = lite_world.actor(Role.ADVISER)
        asked = iter([adviser, adviser])

        def who() -> Actor:
            if found := next(asked, None):
                return found
            raise SignedOut()

        brought = bring_in(EMPLOYERS, employers_csv(250), adviser, who=who)
        assert (brought.run.state, brought.run.message) == (RunState.FAILED, SignedOut().message)
        assert brought.counts == {"new": 200}

    def test_who_no_longer_works_in_the_region_imports_no_further(self, lite_world: World) -> None:
        manager = lite_world.actor(Role.ADVISER)
        without = Actor(user_id=manager.user_id, name=manager.name, role=Role.ADVISER)
        brought = bring_in(EMPLOYERS, employers_csv(5), manager, who=lambda: without)
        assert (brought.run.state, brought.run.message) == (RunState.FAILED, Forbidden().message)

    def test_a_fault_of_the_program_ends_the_run_with_a_number_and_is_raised(
        self, lite_world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        typed = "secret of somebody"

        def broken(*_arguments: object) -> None:
            raise RuntimeError(typed)

        monkeypatch.setattr(running, "add_lines", broken)
        with pytest.raises(RuntimeError):
            bring_in(EMPLOYERS, employers_csv(3))
        (run,) = every(ImportRun)
        assert (run.state, run.message) == (RunState.FAILED, RunProblem.STOPPED)
        assert len(reference := run.message_params["reference"]) == 8
        assert reference in caplog.text
        assert "RuntimeError" in caplog.text
        assert typed not in caplog.text
        assert len(every(Employer)) == 2

    def test_two_transactions_that_cross_are_done_again(
        self, lite_world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Crossed(Exception):
            sqlstate = "40001"

        crossings = iter([True, True])
        real = intake.known_to

        def cross(*arguments: object) -> object:
            if next(crossings, False):
                raise OperationalError("select", {}, Crossed())
            return real(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(intake, "known_to", cross)
        assert employers(employers_csv(3)).counts == {"new": 3}

    def test_a_database_that_is_gone_is_not_taken_for_bad_lines(
        self, lite_world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def gone(*_arguments: object) -> object:
            raise OperationalError("select", {}, Exception("disk full"))

        monkeypatch.setattr(intake, "known_to", gone)
        with pytest.raises(OperationalError):
            bring_in(EMPLOYERS, employers_csv(3))
        assert outcome_of(1).verdicts == []


class TestUploaded:
    def test_an_uploaded_file_is_brought_in_behind_the_page_and_then_removed(self, lite_world: World) -> None:
        adviser = lite_world.actor(Role.ADVISER)
        data = employers_csv(5)
        found = spool.keep(io.BytesIO(data))
        assert found.path.stat().st_mode & 0o077 == 0
        assert found.size_bytes == len(data)
        assert spool.find(found.sha256) == found
        run_id = start(EMPLOYERS, data, adviser)
        background.bring_in(run_id, found, adviser.user_id or 0).join()
        assert row_of(run_id, adviser).state is RunState.DONE
        assert every(ImportRun)[0].new_count == 5
        assert list((settings().data_dir / "imports").iterdir()) == []
        assert spool.find(found.sha256) is None

    def test_a_run_that_fails_behind_the_page_is_written_down_and_the_file_removed(
        self, lite_world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        adviser = lite_world.actor(Role.ADVISER)
        found = spool.keep(io.BytesIO(employers_csv(5)))
        run_id = start(EMPLOYERS, b"x", adviser)
        monkeypatch.setattr(running, "add_lines", lambda *_: 1 / 0)
        background.bring_in(run_id, found, adviser.user_id or 0).join()
        assert row_of(run_id, adviser).message == RunProblem.STOPPED
        assert not found.path.exists()

    def test_a_disabled_user_brings_in_nothing(self, lite_world: World) -> None:
        adviser = lite_world.users[Role.ADVISER]
        with work(system("test")) as unit:
            unit.get(type(adviser), key(adviser)).active = False
            unit.commit()
        with pytest.raises(SignedOut):
            background.importer(key(adviser))
        found = spool.keep(io.BytesIO(employers_csv(5)))
        run_id = start(EMPLOYERS, b"x")
        background.bring_in(run_id, found, key(adviser)).join()
        assert (row_of(run_id).state, row_of(run_id).message) == (RunState.FAILED, SignedOut().message)
        assert len(every(Employer)) == 2

    def test_files_that_nobody_took_up_again_go_after_a_week(self, lite_world: World) -> None:
        old, new = spool.keep(io.BytesIO(b"old")), spool.keep(io.BytesIO(b"new"))
        long_ago = (clock.now() - timedelta(days=8)).timestamp()
        os.utime(old.path, (long_ago, long_ago))
        recently = (clock.now() - timedelta(days=6)).timestamp()
        os.utime(new.path, (recently, recently))
        spool.remove_old()
        assert (old.path.exists(), new.path.exists()) == (False, True)


class TestQuestions:
    def test_each_sees_their_own_runs_and_administrators_all(self, world: World) -> None:
        adviser, admin = world.actor(Role.ADVISER), world.actor(Role.ADMIN)
        run_id = key(employers(employers_csv(2), adviser).run)
        with reading(admin) as unit:
            assert [(run.id, run.started_by) for run in queries.recent_runs(unit)] == [
                (run_id, "adviser een")
            ]
        with reading(world.actor(Role.SROI_OFFICER)) as unit:
            assert queries.recent_runs(unit) == []
            with pytest.raises(NotFound):
                queries.run(unit, run_id)

    def test_verdicts_come_in_pages_by_outcome(self, world: World) -> None:
        data = employers_csv(60) + b"\r\n1;;Fout\r\n2;;Fout"
        run_id = key(employers(data).run)
        with reading(system("test")) as unit:
            assert len(queries.verdicts(unit, run_id, None)) == queries.PAGE
            second = queries.verdicts(unit, run_id, None, 2)
            assert [row.place for row in second] == list(range(52, 64))
            assert [row.place for row in queries.verdicts(unit, run_id, Outcome.REJECTED)] == [62, 63]
            assert len(list(queries.every_verdict(unit, run_id))) == 62
            assert queries.reasons(unit, run_id) == [("The KvK number must have 8 digits.", 2)]

    def test_buyers_that_became_authorities_are_no_longer_listed(self, world: World) -> None:
        strangers = [{"id": "77", "name": "Rijk"}, {"id": "78", "name": "Provincie"}]
        brought = awards(package(*[release(buyer=one, ocid=one["id"]) for one in strangers]))
        run_id = key(brought.run)
        with reading(world.actor(Role.ADMIN)) as unit:
            assert {one.name for one in queries.buyers(unit, run_id)} == {"Rijk", "Provincie"}
            assert [one.name for one in queries.buyers(unit, run_id, "prov")] == ["Provincie"]
        save(Authority(region_id=key(world.region), name="Rijksoverheid", tender_number="77"))
        with reading(world.actor(Role.ADMIN)) as unit:
            assert [one.name for one in queries.buyers(unit, run_id)] == ["Provincie"]


class TestAddingAnAuthority:
    def command(self, world: World, **changes: object) -> AddAuthority:
        values = {
            "name": "Gemeente Voorbeeld",
            "tender_number": "26231",
            "region_id": key(world.region),
            "rule_set_code": RULES,
            "valid_from": "2020-01-01",
        }
        return AddAuthority.model_validate(values | changes)

    @pytest.mark.parametrize("role", [Role.SROI_OFFICER, Role.ADMIN])
    def test_its_awards_come_in_with_the_next_import(self, world: World, role: Role) -> None:
        data = package(release())
        assert awards(data, world.actor(role)).outcomes == [Outcome.REJECTED]
        made = perform(world.actor(role), add_authority, self.command(world))
        assert [one.authority_id for one in every(AuthorityRuleSet)] == [made]
        assert awards(data, world.actor(role)).outcomes == [Outcome.NEW]

    def test_an_officer_works_for_what_they_add(self, world: World) -> None:
        officer = world.actor(Role.SROI_OFFICER)
        made = perform(officer, add_authority, self.command(world))
        assert made in world.actor(Role.SROI_OFFICER).authorities
        perform(world.actor(Role.ADMIN), add_authority, self.command(world, name="B", tender_number=None))
        assert len([one for one in every(UserAuthority) if one.authority_id != made]) == 1

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"name": "Gemeente Halderberge"}, "name"),
            ({"rule_set_code": "nowhere"}, "rule_set_code"),
            ({"region_id": 4711}, "region_id"),
        ],
    )
    def test_what_is_taken_unknown_or_not_yours_is_refused(
        self, world: World, changes: dict[str, object], field: str
    ) -> None:
        with pytest.raises(Invalid) as refused:
            perform(world.actor(Role.SROI_OFFICER), add_authority, self.command(world, **changes))
        assert refused.value.field == field
        assert len(every(Authority)) == 2

    def test_a_number_of_another_authority_is_refused(self, world: World) -> None:
        perform(system("test"), add_authority, self.command(world))
        with pytest.raises(Invalid):
            perform(system("test"), add_authority, self.command(world, name="Anders"))

    def test_who_brings_in_no_awards_adds_no_authority(self, world: World) -> None:
        with pytest.raises(Invalid) as refused:
            perform(world.actor(Role.ADVISER), add_authority, self.command(world))
        assert refused.value.message == RunProblem.NOT_YOUR_KIND


def test_an_employers_file_is_in_before_a_reader_has_to_wait_long(world: World) -> None:
    """Others write while an import goes on: it lets them in between its batches."""
    obliging(world)
    longest = 0.0
    done = threading.Event()

    def write() -> None:
        nonlocal longest
        while not done.is_set():
            began = time.monotonic()
            with work(system("test")) as unit:
                unit.get(Employer, key(world.employer_a)).street = str(began)
                unit.commit()
            longest = max(longest, time.monotonic() - began)

    colleague = threading.Thread(target=write)
    colleague.start()
    try:
        assert employers(employers_csv(600)).counts == {"new": 600}
    finally:
        done.set()
        colleague.join()
    assert 0 < longest < 15
