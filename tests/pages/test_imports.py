"""The import screen: choosing, following, filtering, doing it again, adding an authority."""

from __future__ import annotations

import io
import time
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from crm.core import clock
from crm.core.access import Role, system
from crm.core.config import settings
from crm.core.records import key
from crm.core.work import work
from crm.employers.records import Employer
from crm.exchange import spool, worker
from crm.exchange.records import ImportRun
from crm.exchange.rules.runs import ImportKind, RunState
from crm.sroi.records import Authority, Contract
from crm.ui.registry import PAGES_DIR
from tests.exchange.factories import award, employers_csv, package, release
from tests.exchange.importing import awards, employers, every, obliging, start
from tests.factories import World, make_session
from tests.sources import ROOT

PAGE = str(PAGES_DIR / "staff/imports.py")
LINES = employers_csv(5) + b"\r\n12;;Fout;;;;;;;;J. Geheim"


def screen(world: World, role: Role, run_id: int | None = None) -> AppTest:
    at = AppTest.from_file(str(ROOT / "crm/ui/main.py"), default_timeout=60)
    at.user = {"ident": str(key(make_session(world.users[role])))}
    if run_id is not None:
        at.query_params["id"] = str(run_id)
    at.run()
    return at.switch_page(PAGE).run()


def words(at: AppTest) -> str:
    found = [*at.markdown, *at.caption, *at.info, *at.warning, *at.subheader, *at.error, *at.success]
    tables = [str(cell) for table in at.table for cell in table.value.to_numpy().ravel()]
    return "\n".join([*(str(element.value) for element in found), *tables])


def button(at: AppTest, label: str) -> object:
    (found,) = [one for one in at.button if one.label == label]
    return found


def wait_for_end(seconds: float = 60) -> ImportRun:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        run = every(ImportRun)[-1]
        if run.state is not RunState.RUNNING and not worker.in_hand:
            return run
        time.sleep(0.05)
    raise AssertionError("the import did not end")


def test_a_file_comes_in_behind_the_page_and_shows_what_came_of_it(lite_world: World) -> None:
    at = screen(lite_world, Role.ADVISER)
    assert "Er is nog niets ingelezen" in words(at)
    at.file_uploader[0].upload("werkgevers.csv", LINES).run()
    button(at, "Inlezen").click().run()  # type: ignore[attr-defined]
    assert not at.exception
    run = wait_for_end()
    assert (run.kind, run.new_count, run.rejected_count) == (ImportKind.EMPLOYERS, 5, 1)
    assert run.started_by_id == lite_world.users[Role.ADVISER].id
    assert spool.find(run.sha256) is not None, "the rejected line can still be had back"
    with clock.frozen_at(clock.now() + timedelta(days=8)):
        spool.remove_old()
    assert list((settings().data_dir / "imports").iterdir()) == []
    at = screen(lite_world, Role.ADVISER, key(run))
    assert not at.exception
    assert "werkgevers" in words(at)
    assert "Een KvK\\-nummer heeft 8 cijfers" in words(at)
    assert "Geheim" not in words(at)


def test_what_is_in_a_file_is_guessed_for_who_may_bring_in_both(lite_world: World) -> None:
    at = screen(lite_world, Role.ADMIN)
    at.file_uploader[0].upload("jaar.json", package(release())).run()
    assert at.segmented_control[0].value == ImportKind.AWARDS
    at = screen(lite_world, Role.ADMIN)
    at.file_uploader[0].upload("lijst.csv", LINES).run()
    assert at.segmented_control[0].value == ImportKind.EMPLOYERS


def test_a_second_import_at_the_same_time_is_refused_and_its_file_removed(lite_world: World) -> None:
    start(ImportKind.EMPLOYERS, b"x", lite_world.actor(Role.ADMIN))
    at = screen(lite_world, Role.ADVISER)
    at.file_uploader[0].upload("werkgevers.csv", LINES).run()
    button(at, "Inlezen").click().run()  # type: ignore[attr-defined]
    assert "Er wordt al een bestand ingelezen" in words(at)
    assert list((settings().data_dir / "imports").iterdir()) == []


def test_a_running_import_shows_how_far_it_is_also_after_a_refresh(lite_world: World) -> None:
    run_id = start(ImportKind.EMPLOYERS, b"x", lite_world.actor(Role.ADVISER))
    with work(system("test")) as unit:
        unit.get(ImportRun, run_id).progress = 42
        unit.commit()
    for _ in range(2):
        at = screen(lite_world, Role.ADVISER, run_id)
        assert not at.exception
        assert "U kunt deze pagina sluiten" in words(at)
        (bar,) = at.get("progress")
        assert (bar.proto.value, bar.proto.text) == (42, "42 % klaar")  # type: ignore[attr-defined]


def test_an_interrupted_import_can_be_done_again(lite_world: World) -> None:
    adviser = lite_world.actor(Role.ADVISER)
    spool.keep(io.BytesIO(LINES))
    run_id = start(ImportKind.EMPLOYERS, LINES, adviser)
    worker.in_hand.discard(run_id)
    at = screen(lite_world, Role.ADVISER, run_id)
    assert "Dit inlezen is onderbroken" in words(at)
    button(at, "Opnieuw inlezen").click().run()  # type: ignore[attr-defined]
    again = wait_for_end()
    assert (again.state, again.new_count) == (RunState.DONE, 5)
    assert [run.state for run in every(ImportRun)] == [RunState.INTERRUPTED, RunState.DONE]


def test_an_interrupted_import_whose_file_is_gone_says_so(lite_world: World) -> None:
    run_id = start(ImportKind.EMPLOYERS, LINES, lite_world.actor(Role.ADVISER))
    worker.in_hand.discard(run_id)
    at = screen(lite_world, Role.ADVISER, run_id)
    assert "Upload het opnieuw" in words(at)
    assert [one.label for one in at.button if one.label == "Opnieuw inlezen"] == []


def test_lines_are_filtered_by_what_became_of_them(lite_world: World) -> None:
    run_id = key(employers(LINES, lite_world.actor(Role.ADVISER)).run)
    at = screen(lite_world, Role.ADVISER, run_id)
    assert len(at.table[-1].value) == 6
    at.session_state["outcome"] = "rejected"
    at.run()
    assert len(at.table[-1].value) == 1


def test_a_run_of_somebody_else_is_not_there(lite_world: World) -> None:
    run_id = key(employers(LINES, lite_world.actor(Role.ADVISER)).run)
    at = screen(lite_world, Role.SROI_OFFICER, run_id)
    assert [error.value for error in at.error] == [
        "Dit is niet gevonden. Misschien is het verplaatst of verwijderd."
    ]
    assert "werkgever" not in words(at)
    assert "Er is nog niets ingelezen" in words(screen(lite_world, Role.SROI_OFFICER))


def test_a_buyer_becomes_an_authority_and_its_awards_come_in(lite_world: World) -> None:
    data = package(release(award(value={"amount": 500000, "currency": "EUR"})))
    run_id = key(awards(data, lite_world.actor(Role.SROI_OFFICER)).run)
    at = screen(lite_world, Role.SROI_OFFICER, run_id)
    assert "1 gunning is van een inkoper die hier geen opdrachtgever is" in words(at)
    boxes = {box.label: box for box in at.selectbox}
    boxes["Voeg deze inkoper toe als opdrachtgever"].select_index(0)
    boxes["Regelset"].select_index(5)
    button(at, "Opdrachtgever toevoegen").click().run()  # type: ignore[attr-defined]
    assert not at.exception
    assert [one.name for one in every(Authority)][-1] == "Gemeente Voorbeeld"
    assert awards(data, lite_world.actor(Role.SROI_OFFICER)).counts in ({"new": 1}, {"skipped": 1})
    assert "Gemeente Voorbeeld" not in words(screen(lite_world, Role.SROI_OFFICER, run_id))


@pytest.mark.parametrize("role", [Role.ADVISER, Role.SROI_OFFICER])
def test_the_screen_speaks_of_what_a_role_brings_in_only(lite_world: World, role: Role) -> None:
    at = screen(lite_world, role)
    assert ("Bij werkgevers" in words(at)) is (role is Role.ADVISER)
    assert ("Gunningen komen uit" in words(at)) is (role is Role.SROI_OFFICER)


def test_a_failed_file_says_why(lite_world: World) -> None:
    adviser = lite_world.actor(Role.ADVISER)
    at = screen(lite_world, Role.ADVISER)
    at.file_uploader[0].upload("leeg.csv", b"a;b").run()
    button(at, "Inlezen").click().run()  # type: ignore[attr-defined]
    run = wait_for_end()
    assert run.started_by_id == adviser.user_id
    shown = words(screen(lite_world, Role.ADVISER, key(run)))
    assert "Het bestand heeft geen regel met kolomnamen" in shown
    assert len(every(Employer)) == 2
    assert every(Contract) == []
    assert obliging(lite_world)["id"] == "1"


def test_who_confirms_a_contract_sees_what_its_notice_left_open(lite_world: World) -> None:
    tender = {"title": "Groenonderhoud", "mainProcurementCategory": "services"}
    awards(package(release(buyer=obliging(lite_world), tender=tender)))
    at = AppTest.from_file(str(ROOT / "crm/ui/main.py"), default_timeout=60)
    at.user = {"ident": str(key(make_session(lite_world.users[Role.SROI_OFFICER])))}
    at.query_params["id"] = str(key(every(Contract)[0]))
    at.run().switch_page(str(PAGES_DIR / "staff/contract.py")).run()
    assert not at.exception
    (info,) = [element.value for element in at.info if "aankondiging" in str(element.value)]
    assert "staat geen einde" in info
