"""The screens of job carving: the board, a new opportunity, and one case from signal to job."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crm.core.access import Role
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.jobcarving.actions import EditCase, edit_case
from crm.jobcarving.queries import CasePage, case_page, cases_of_employer
from crm.jobcarving.records import CarvingCase
from crm.jobcarving.rules import Stage
from tests.factories import TODAY, World
from tests.jobcarving.factories import make_case, make_package, make_task
from tests.pages.walking import field, labels, opened, press, text
from tests.sroi.factories import make_contract

BOARD, CASE = "staff/carving.py", "staff/case.py"


def shown(world: World, case: CarvingCase) -> CasePage:
    with reading(world.actor(Role.ADVISER)) as unit:
        return case_page(unit, key(case))


def test_the_board_tells_where_each_case_stands(lite_world: World) -> None:
    owner = lite_world.users[Role.ADVISER]
    case = make_case(
        lite_world.employer_a, owner, stage=Stage.ANALYSIS, stage_since=TODAY - timedelta(days=9)
    )
    make_task(case, "17.5")
    make_contract(lite_world)
    at = opened(lite_world, BOARD)
    assert not at.exception
    assert "1 lopende kans · 17,5 uur per week vrij te maken" in text(at)
    assert "Analyse" in text(at)
    assert "17,5 uur per week" in text(at)
    assert "9 dagen in deze fase · adviser een" in text(at)
    assert "Groenonderhoud" in text(at)


def test_the_board_narrows_to_my_cases_and_to_one_stage(lite_world: World) -> None:
    make_case(lite_world.employer_a, lite_world.users[Role.ADVISER], department="keuken")
    make_case(lite_world.employer_b, lite_world.users[Role.ACCOUNT_MANAGER], department="retouren")
    at = opened(lite_world, BOARD)
    at.toggle(key="mijn").set_value(True).run()
    assert "keuken" in text(at)
    assert "retouren" not in text(at)
    at.selectbox(key="fase").set_value(Stage.DECISION).run()
    assert "Kies een andere fase" in text(at)
    at.selectbox(key="fase").set_value(Stage.SIGNAL).run()
    assert "keuken" in text(at)


def test_a_column_that_is_full_leads_to_its_list(lite_world: World) -> None:
    for number in range(10):
        make_case(lite_world.employer_a, lite_world.users[Role.ADVISER], department=f"afdeling {number}")
    at = opened(lite_world, BOARD)
    assert sum("afdeling" in one.value for one in at.markdown) == 8
    at.selectbox(key="fase").set_value(Stage.SIGNAL).run()
    assert sum("afdeling" in one.value for one in at.markdown) == 10


@pytest.mark.parametrize(
    ("role", "says"),
    [(Role.ADVISER, "Leg er een vast"), (Role.MANAGER, "Er zijn hier nog geen kansen voor u")],
)
def test_an_empty_board_says_what_to_do(lite_world: World, role: Role, says: str) -> None:
    at = opened(lite_world, BOARD, role)
    assert says in text(at)
    assert ("Kans vastleggen" in labels(at)) is (role is Role.ADVISER)


def test_an_opportunity_is_logged_without_a_visit(lite_world: World) -> None:
    at = opened(lite_world, BOARD, new=1, employer=key(lite_world.employer_a))
    press(at, "Kans vastleggen")
    assert "Afdeling" in text(at)
    field(at, "text_input", "Afdeling").set_value("keuken").run()
    press(at, "Kans vastleggen")
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        cases = cases_of_employer(unit, key(lite_world.employer_a))
    assert [case.department for case in cases] == ["keuken"]
    assert at.title[0].value == "Kans: keuken"


def test_an_opportunity_begins_with_finding_the_employer(lite_world: World) -> None:
    at = opened(lite_world, BOARD, new=1)
    assert "Kans vastleggen" not in labels(at)
    field(at, "text_input", "Welke werkgever?").set_value("linde").run()
    field(at, "text_input", "Afdeling").set_value("kas").run()
    press(at, "Kans vastleggen")
    assert at.title[0].value == "Kans: kas"


def test_a_case_of_somebody_elses_employer_is_not_found(lite_world: World) -> None:
    case = make_case(lite_world.employer_b, lite_world.users[Role.ADVISER])
    at = opened(lite_world, CASE, Role.PARTNER, id=key(case))
    assert "niet gevonden" in text(at)
    at = opened(lite_world, BOARD, new=1, employer=987654)
    assert "niet gevonden" in text(at)


def test_the_next_step_is_one_tap(lite_world: World) -> None:
    case = make_case(lite_world.employer_a, lite_world.users[Role.ADVISER])
    at = opened(lite_world, CASE, id=key(case))
    press(at, "Volgende stap: verkenning")
    assert shown(lite_world, case).row.stage is Stage.ORIENTATION
    assert "Volgende stap: draagvlak" in labels(at)


def test_a_step_that_is_not_ready_says_what_to_do_first(lite_world: World) -> None:
    case = make_case(lite_world.employer_a, lite_world.users[Role.ADVISER], stage=Stage.DECISION)
    at = opened(lite_world, CASE, id=key(case))
    press(at, "Volgende stap: open functie")
    assert "Maak eerst een takenpakket" in text(at)
    assert shown(lite_world, case).row.stage is Stage.DECISION


def test_a_case_stops_with_a_reason_and_opens_where_it_was(lite_world: World) -> None:
    case = make_case(lite_world.employer_a, lite_world.users[Role.ADVISER])
    at = opened(lite_world, CASE, id=key(case))
    press(at, "Volgende stap: verkenning")
    press(at, "Deze kans stoppen")
    assert "Schrijf op waarom het stopt" in text(at)
    field(at, "text_input", "Waarom het stopt").set_value("Geen draagvlak")
    press(at, "Deze kans stoppen")
    assert "Gestopt: Geen draagvlak" in text(at)
    press(at, "Opnieuw openen")
    assert shown(lite_world, case).row.stage is Stage.ORIENTATION


def test_a_case_moves_to_any_stage_it_is_ready_for(lite_world: World) -> None:
    case = make_case(lite_world.employer_a, lite_world.users[Role.ADVISER])
    at = opened(lite_world, CASE, id=key(case))
    field(at, "selectbox", "Naar fase").set_value(Stage.ANALYSIS)
    press(at, "Verplaatsen")
    assert shown(lite_world, case).row.stage is Stage.ANALYSIS


def test_a_step_that_is_refused_says_so_under_the_buttons(lite_world: World) -> None:
    case = make_case(lite_world.employer_a, lite_world.users[Role.ADVISER], stage=Stage.PACKAGE)
    at = press(opened(lite_world, CASE, id=key(case)), "Volgende stap: besluit werkgever")
    (fault,) = at.error
    assert fault.value.startswith("Fase: ")
    assert fault in at.main.children.values()


def test_tasks_become_a_package_and_that_a_job(lite_world: World) -> None:
    case = make_case(lite_world.employer_a, lite_world.users[Role.ADVISER], stage=Stage.ANALYSIS)
    at = opened(lite_world, CASE, id=key(case))
    field(at, "text_input", "Taak").set_value("Afwassen")
    field(at, "text_input", "Uren per week").set_value("7,5")
    field(at, "text_input", "Wie doet het nu (functie)").set_value("kok")
    press(at, "Taak toevoegen")
    assert "**Afwassen** · 7,5 uur per week · kok" in text(at)
    assert field(at, "text_input", "Taak", 1).value == ""
    task = shown(lite_world, case).tasks[0]
    at.multiselect[0].set_value([task.id]).run()
    assert "Samen 7,5 uur per week" in text(at)
    field(at, "text_input", "Naam van het pakket").set_value("Keukenhulp")
    press(at, "Pakket maken")
    assert shown(lite_world, case).packages[0].hours == task.hours
    press(at, "Openzetten als functie")
    assert shown(lite_world, case).row.stage is Stage.OPEN_JOB
    press(at, "Iemand plaatsen")
    assert at.title[0].value == "Plaatsing boeken"


@pytest.mark.parametrize("typed", ["", "vier", "3,5 uur"])
def test_hours_of_a_task_that_are_no_number_are_refused_by_their_name(lite_world: World, typed: str) -> None:
    case = make_case(lite_world.employer_a, lite_world.users[Role.ADVISER], stage=Stage.ANALYSIS)
    at = opened(lite_world, CASE, id=key(case))
    field(at, "text_input", "Taak").set_value("Afwassen")
    field(at, "text_input", "Uren per week").set_value(typed)
    field(at, "text_input", "Wie doet het nu (functie)").set_value("kok")
    press(at, "Taak toevoegen")
    assert at.error[0].value == "Uren per week: Vul een getal in, bijvoorbeeld 13,5."
    assert shown(lite_world, case).tasks == ()


def test_a_task_is_put_right_and_removed_in_its_place(lite_world: World) -> None:
    case = make_case(lite_world.employer_a, lite_world.users[Role.ADVISER], stage=Stage.PACKAGE)
    make_task(case)
    at = opened(lite_world, CASE, id=key(case))
    field(at, "text_input", "Uren per week").set_value("6")
    press(at, "Bewaren")
    assert shown(lite_world, case).tasks[0].hours == 4
    save = [one for one in at.button if one.label == "Bewaren"][1]
    field(at, "text_input", "Uren per week").set_value("6")
    save.click().run()
    assert shown(lite_world, case).tasks[0].hours == 6
    press(at, "Taak weghalen")
    assert shown(lite_world, case).tasks == ()


def test_a_package_is_changed_and_taken_apart(lite_world: World) -> None:
    case = make_case(lite_world.employer_a, lite_world.users[Role.ADVISER], stage=Stage.PACKAGE)
    package = make_package(case)
    make_task(case, package_id=key(package))
    at = opened(lite_world, CASE, id=key(case))
    field(at, "text_input", "Naam van het pakket").set_value("Spoelhulp")
    [one for one in at.button if one.label == "Bewaren"][-1].click().run()
    assert shown(lite_world, case).packages[0].name == "Spoelhulp"
    press(at, "Pakket uit elkaar halen")
    assert shown(lite_world, case).packages == ()


def test_a_change_that_came_in_between_is_shown_and_not_overwritten(lite_world: World) -> None:
    case = make_case(lite_world.employer_a, lite_world.users[Role.ADVISER])
    at = opened(lite_world, CASE, id=key(case))
    field(at, "text_input", "Afdeling").set_value("spoelkeuken")
    colleague = EditCase(case_id=key(case), version=1, department="bediening", owner_id=case.owner_id)
    perform(lite_world.actor(Role.ACCOUNT_MANAGER), edit_case, colleague)
    press(at, "Bewaren")
    assert at.title[0].value == "Iemand anders was u voor"
    assert shown(lite_world, case).row.department == "bediening"
    press(at, "Laten wat er staat")
    assert field(at, "text_input", "Afdeling").value == "bediening"
    field(at, "text_input", "Afdeling").set_value("spoelkeuken")
    press(at, "Bewaren")
    assert shown(lite_world, case).row.department == "spoelkeuken"


def test_a_tap_on_a_step_that_a_colleague_took_does_not_take_the_next(lite_world: World) -> None:
    case = make_case(lite_world.employer_a, lite_world.users[Role.ADVISER])
    at = opened(lite_world, CASE, id=key(case))
    with work(lite_world.actor(Role.ADVISER)) as unit:
        unit.get(CarvingCase, key(case)).stage = Stage.ORIENTATION
        unit.commit()
    press(at, "Volgende stap: verkenning")
    assert shown(lite_world, case).row.stage is Stage.ORIENTATION


def test_who_only_looks_finds_no_buttons(lite_world: World) -> None:
    case = make_case(lite_world.employer_a, lite_world.users[Role.ADVISER], effect="Koks koken vers")
    package = make_package(case, opened_on=TODAY, filled_on=TODAY)
    make_task(case, package_id=key(package))
    at = opened(lite_world, CASE, Role.MANAGER, id=key(case))
    assert not at.exception
    assert labels(at) == []
    assert "Koks koken vers" in text(at)
    assert "vervuld sinds 24 nov 2026" in text(at)
