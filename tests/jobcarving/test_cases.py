"""Opening, describing and moving a case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crm.core import clock
from crm.core.access import Role, system
from crm.core.errors import Conflict, Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.jobcarving.actions import EditCase, MoveCase, OpenCase, edit_case, move_case, open_case
from crm.jobcarving.queries import CasePage, case_page, cases_of_employer
from crm.jobcarving.rules import Stage
from tests.factories import TODAY, World, make_employer, make_user, save
from tests.jobcarving.factories import make_case, make_package, make_task
from tests.visits.factories import make_moment


def open_at(world: World, **values: object) -> int:
    command = OpenCase(**{"employer_id": key(world.employer_a), "department": "Keuken", **values})
    return perform(world.actor(Role.ADVISER), open_case, command)


def move(world: World, case_id: int, stage: Stage, reason: str = "") -> None:
    command = MoveCase(
        case_id=case_id, version=shown(world, case_id).version, stage=stage, stop_reason=reason
    )
    perform(world.actor(Role.ADVISER), move_case, command)


def shown(world: World, case_id: int) -> CasePage:
    with reading(world.actor(Role.ADVISER)) as work:
        return case_page(work, case_id)


def test_an_opened_case_is_a_signal_of_who_opened_it(world: World) -> None:
    moment = make_moment(world.employer_a, world.users[Role.ADVISER])
    case_id = open_at(world, department=" Keuken ", signal="Koks wassen af", moment_id=key(moment))
    with reading(world.actor(Role.ADVISER)) as work:
        (case,) = cases_of_employer(work, key(world.employer_a))
    assert (case.id, case.department, case.stage) == (case_id, "Keuken", Stage.SIGNAL)
    assert (case.owner, case.opened_on, case.stage_since) == ("adviser een", TODAY, TODAY)
    assert case.hours is None
    assert shown(world, case_id).moment_id == moment.id


def test_the_contact_moment_of_another_employer_is_not_found(world: World) -> None:
    moment = make_moment(world.employer_b, world.users[Role.ADVISER])
    with pytest.raises(NotFound):
        open_at(world, moment_id=key(moment))


def test_a_case_cannot_be_opened_at_an_employer_of_another_region(world: World) -> None:
    from crm.accounts.records import Region

    elsewhere = make_employer(key(save(Region(code="AM01", name="Elders"))), "Ver weg BV")
    with pytest.raises(NotFound):
        open_at(world, employer_id=key(elsewhere))


@pytest.mark.parametrize("role", [Role.SROI_OFFICER, Role.MANAGER, Role.PARTNER, Role.EMPLOYER, Role.ADMIN])
def test_who_may_not_carve_opens_no_case(lite_world: World, role: Role) -> None:
    command = OpenCase(employer_id=key(lite_world.employer_a), department="Keuken")
    with pytest.raises(Forbidden):
        perform(lite_world.actor(role), open_case, command)


def test_nobody_in_particular_owns_no_case(lite_world: World) -> None:
    command = OpenCase(employer_id=key(lite_world.employer_a), department="Keuken")
    with pytest.raises(Forbidden):
        perform(system("test"), open_case, command)


def test_a_signal_holds_no_citizen_service_number(lite_world: World) -> None:
    with pytest.raises(Invalid) as caught:
        open_at(lite_world, signal="Voor 111222333")
    assert caught.value.field == "signal"


def test_a_department_is_asked_for(lite_world: World) -> None:
    with pytest.raises(Invalid) as caught:
        open_at(lite_world, department="  ")
    assert caught.value.field == "department"


def test_a_case_is_described_and_handed_over(world: World) -> None:
    case_id = open_at(world)
    colleague = key(world.users[Role.ACCOUNT_MANAGER])
    command = EditCase(
        case_id=case_id,
        version=1,
        department="Spoelkeuken",
        signal="Koks wassen af",
        effect="Koks koken vers",
        owner_id=colleague,
    )
    perform(world.actor(Role.ADVISER), edit_case, command)
    page = shown(world, case_id)
    assert (page.row.department, page.signal, page.effect) == (
        "Spoelkeuken",
        "Koks wassen af",
        "Koks koken vers",
    )
    assert page.row.owner == "account_manager een"


def test_a_case_is_not_handed_to_somebody_outside_the_region(world: World) -> None:
    stranger = make_user(Role.ADVISER, "Van elders")
    command = EditCase(case_id=open_at(world), version=1, department="Keuken", owner_id=key(stranger))
    with pytest.raises(Invalid) as caught:
        perform(world.actor(Role.ADVISER), edit_case, command)
    assert caught.value.field == "owner_id"


def test_two_who_edit_one_case_are_told(world: World) -> None:
    case_id, adviser = open_at(world), world.actor(Role.ADVISER)
    owner = key(world.users[Role.ADVISER])
    first = EditCase(case_id=case_id, version=1, department="Spoelkeuken", owner_id=owner)
    perform(adviser, edit_case, first)
    second = EditCase(case_id=case_id, version=1, department="Bediening", owner_id=owner)
    with pytest.raises(Conflict) as caught:
        perform(adviser, edit_case, second)
    assert caught.value.stored["department"] == "Spoelkeuken"
    assert shown(world, case_id).row.department == "Spoelkeuken"


def test_every_stage_is_remembered_with_its_moment(world: World) -> None:
    case_id = open_at(world)
    with clock.frozen_at(clock.now() + timedelta(days=3)):
        move(world, case_id, Stage.ANALYSIS)
    page = shown(world, case_id)
    assert page.row.stage is Stage.ANALYSIS
    assert page.row.stage_since == TODAY + timedelta(days=3)
    assert [(step.stage, step.by) for step in page.history] == [
        (Stage.SIGNAL, "adviser een"),
        (Stage.ANALYSIS, "adviser een"),
    ]
    assert page.history[1].at - page.history[0].at == timedelta(days=3)


def test_a_case_stops_with_a_reason_and_reopens_without(world: World) -> None:
    case_id = open_at(world)
    with pytest.raises(Invalid) as caught:
        move(world, case_id, Stage.STOPPED)
    assert caught.value.field == "stop_reason"
    move(world, case_id, Stage.STOPPED, "Geen draagvlak op de afdeling")
    assert shown(world, case_id).stop_reason == "Geen draagvlak op de afdeling"
    move(world, case_id, Stage.SIGNAL)
    page = shown(world, case_id)
    assert (page.row.stage, page.stop_reason) == (Stage.SIGNAL, None)
    assert page.history[1].reason == "Geen draagvlak op de afdeling"


@pytest.mark.parametrize("stage", [Stage.DECISION, Stage.OPEN_JOB])
def test_nothing_is_decided_and_no_job_opens_without_a_package(world: World, stage: Stage) -> None:
    case_id = open_at(world)
    with pytest.raises(Invalid, match="package of tasks first") as caught:
        move(world, case_id, stage)
    assert caught.value.field == "stage"
    assert shown(world, case_id).row.stage is Stage.SIGNAL


def test_a_job_opens_on_its_package_and_closes_when_the_case_goes_back(world: World) -> None:
    case = make_case(world.employer_a, world.users[Role.ADVISER])
    package = make_package(case)
    make_task(case, package_id=key(package))
    move(world, key(case), Stage.OPEN_JOB)
    assert [one.opened_on for one in shown(world, key(case)).packages] == [TODAY]
    move(world, key(case), Stage.DECISION)
    assert [one.opened_on for one in shown(world, key(case)).packages] == [None]


def test_a_job_that_was_opened_by_itself_opens_no_other(world: World) -> None:
    case = make_case(world.employer_a, world.users[Role.ADVISER], stage=Stage.STOPPED)
    make_package(case, "Keukenhulp", opened_on=TODAY)
    make_package(case, "Gastheer")
    move(world, key(case), Stage.OPEN_JOB)
    assert {one.name: one.opened_on for one in shown(world, key(case)).packages} == {
        "Keukenhulp": TODAY,
        "Gastheer": None,
    }


def test_only_a_placement_fills_a_job(world: World) -> None:
    case = make_case(world.employer_a, world.users[Role.ADVISER])
    make_package(case)
    with pytest.raises(Invalid) as caught:
        move(world, key(case), Stage.FILLED)
    assert "placement" in str(caught.value)


def test_a_case_of_another_region_is_not_found(world: World) -> None:
    from crm.accounts.records import Region

    elsewhere = make_employer(key(save(Region(code="AM01", name="Elders"))), "Ver weg BV")
    case = make_case(elsewhere, world.users[Role.ADVISER])
    command = MoveCase(case_id=key(case), version=1, stage=Stage.ORIENTATION)
    with pytest.raises(NotFound):
        perform(world.actor(Role.ADVISER), move_case, command)
    with reading(world.actor(Role.ADVISER)) as work, pytest.raises(NotFound):
        case_page(work, key(case))
