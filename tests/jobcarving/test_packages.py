"""Tasks, the packages they go into, and the jobs that packages become."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crm.core.access import Role
from crm.core.errors import Conflict, Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.jobcarving.actions import (
    AddTask,
    DissolvePackage,
    EditPackage,
    EditTask,
    MakePackage,
    OpenJob,
    RemoveTask,
    add_task,
    dissolve_package,
    edit_package,
    edit_task,
    fill_package,
    make_package,
    open_job,
    remove_task,
    vacate_package,
)
from crm.jobcarving.queries import case_page, open_jobs
from crm.jobcarving.records import CarvingCase
from crm.jobcarving.rules import Releasable, Stage
from tests.factories import TODAY, World
from tests.jobcarving import factories
from tests.jobcarving.factories import make_case, make_task


@pytest.fixture
def case(world: World) -> CarvingCase:
    return make_case(world.employer_a, world.users[Role.ADVISER])


def package_of(world: World, case: CarvingCase, *hours: str) -> int:
    tasks = [key(make_task(case, one)) for one in hours]
    command = MakePackage(case_id=key(case), name="Keukenhulp", task_ids=tasks)
    return perform(world.actor(Role.ADVISER), make_package, command)


def test_a_task_is_added_corrected_and_removed(world: World, case: CarvingCase) -> None:
    adviser = world.actor(Role.ADVISER)
    details = {"name": "Afwassen", "hours_per_week": Decimal("7.5"), "current_holder": "kok"}
    task_id = perform(adviser, add_task, AddTask(case_id=key(case), **details))
    details = {**details, "hours_per_week": 6, "releasable": Releasable.WITH_CHANGE}
    perform(adviser, edit_task, EditTask(task_id=task_id, version=1, **details))
    with reading(adviser) as unit:
        (task,) = case_page(unit, key(case)).tasks
    assert (task.name, task.hours, task.holder) == ("Afwassen", Decimal(6), "kok")
    assert task.releasable is Releasable.WITH_CHANGE
    perform(adviser, remove_task, RemoveTask(task_id=task_id, version=task.version))
    with reading(adviser) as unit:
        assert case_page(unit, key(case)).tasks == ()


def test_a_task_is_written_down_once_in_a_case(world: World, case: CarvingCase) -> None:
    adviser = world.actor(Role.ADVISER)
    details = {"hours_per_week": 4, "current_holder": "kok"}
    make_task(case, name="Afwassen")
    other = make_task(case, name="Spoelen")
    with pytest.raises(Invalid, match="written down already") as caught:
        perform(adviser, add_task, AddTask(case_id=key(case), name=" afwassen", **details))
    assert caught.value.field == "name"
    changed = {"task_id": key(other), "version": 1, "releasable": Releasable.YES, **details}
    with pytest.raises(Invalid, match="written down already"):
        perform(adviser, edit_task, EditTask(name="Afwassen", **changed))
    perform(adviser, edit_task, EditTask(name="spoelen", **changed))
    elsewhere = make_case(world.employer_a, world.users[Role.ADVISER])
    perform(adviser, add_task, AddTask(case_id=key(elsewhere), name="Afwassen", **details))


@pytest.mark.parametrize("hours", ["0", "-1", "200.01", "1.005"])
def test_impossible_hours_are_refused(hours: str) -> None:
    with pytest.raises(Invalid) as caught:
        AddTask(case_id=1, name="Afwassen", hours_per_week=hours, current_holder="kok")
    assert caught.value.field == "hours_per_week"


def test_the_hours_found_leave_out_what_cannot_be_released(world: World, case: CarvingCase) -> None:
    make_task(case, "4.5")
    make_task(case, "2", releasable=Releasable.WITH_CHANGE)
    make_task(case, "8", releasable=Releasable.NO)
    with reading(world.actor(Role.ADVISER)) as unit:
        assert case_page(unit, key(case)).row.hours == Decimal("6.5")


def test_a_finished_case_takes_no_tasks(world: World) -> None:
    stopped = make_case(world.employer_a, world.users[Role.ADVISER], stage=Stage.STOPPED)
    task = make_task(stopped)
    adviser = world.actor(Role.ADVISER)
    with pytest.raises(Invalid, match="Reopen"):
        perform(
            adviser,
            add_task,
            AddTask(case_id=key(stopped), name="Af", hours_per_week=1, current_holder="kok"),
        )
    with pytest.raises(Invalid, match="Reopen"):
        perform(adviser, remove_task, RemoveTask(task_id=key(task), version=1))


def test_the_hours_of_a_package_are_those_of_its_tasks(world: World, case: CarvingCase) -> None:
    package_of(world, case, "4.5", "3.25", "10")
    with reading(world.actor(Role.ADVISER)) as unit:
        (package,) = case_page(unit, key(case)).packages
    assert (package.name, package.hours, len(package.tasks)) == ("Keukenhulp", Decimal("17.75"), 3)


def test_a_task_that_stays_goes_in_no_package(world: World, case: CarvingCase) -> None:
    stays = make_task(case, releasable=Releasable.NO)
    command = MakePackage(case_id=key(case), name="Keukenhulp", task_ids=[key(stays)])
    with pytest.raises(Invalid) as caught:
        perform(world.actor(Role.ADVISER), make_package, command)
    assert caught.value.field == "task_ids"


def test_a_task_is_in_one_package_only(world: World, case: CarvingCase) -> None:
    package_of(world, case, "4")
    with reading(world.actor(Role.ADVISER)) as unit:
        (task,) = case_page(unit, key(case)).tasks
    command = MakePackage(case_id=key(case), name="Gastheer", task_ids=[task.id])
    with pytest.raises(Invalid):
        perform(world.actor(Role.ADVISER), make_package, command)


def test_a_package_takes_no_tasks_of_another_case(world: World, case: CarvingCase) -> None:
    other = make_case(world.employer_b, world.users[Role.ADVISER])
    command = MakePackage(case_id=key(case), name="Keukenhulp", task_ids=[key(make_task(other))])
    with pytest.raises(NotFound):
        perform(world.actor(Role.ADVISER), make_package, command)


def test_an_empty_package_is_refused(world: World, case: CarvingCase) -> None:
    with pytest.raises(Invalid) as caught:
        perform(
            world.actor(Role.ADVISER), make_package, MakePackage(case_id=key(case), name="Leeg", task_ids=[])
        )
    assert caught.value.field == "task_ids"


def test_a_package_gets_another_name_and_other_tasks(world: World, case: CarvingCase) -> None:
    package_id = package_of(world, case, "4", "6")
    adviser = world.actor(Role.ADVISER)
    with reading(adviser) as unit:
        kept, left = case_page(unit, key(case)).tasks
    new = make_task(case, "5")
    command = EditPackage(package_id=package_id, version=1, name="Spoelhulp", task_ids=[kept.id, key(new)])
    perform(adviser, edit_package, command)
    with reading(adviser) as unit:
        page = case_page(unit, key(case))
    assert (page.packages[0].name, page.packages[0].hours) == ("Spoelhulp", Decimal(9))
    assert next(task for task in page.tasks if task.id == left.id).package_id is None


def test_a_task_in_a_package_is_kept_as_it_is(world: World, case: CarvingCase) -> None:
    package_of(world, case, "4")
    adviser = world.actor(Role.ADVISER)
    with reading(adviser) as unit:
        (task,) = case_page(unit, key(case)).tasks
    with pytest.raises(Invalid):
        perform(adviser, remove_task, RemoveTask(task_id=task.id, version=task.version))
    stays = EditTask(
        task_id=task.id,
        version=task.version,
        name="Afwassen",
        hours_per_week=4,
        current_holder="kok",
        releasable=Releasable.NO,
    )
    with pytest.raises(Invalid) as caught:
        perform(adviser, edit_task, stays)
    assert caught.value.field == "releasable"


def test_a_dissolved_package_frees_its_tasks(world: World, case: CarvingCase) -> None:
    package_id = package_of(world, case, "4", "6")
    adviser = world.actor(Role.ADVISER)
    perform(adviser, dissolve_package, DissolvePackage(package_id=package_id, version=1))
    with reading(adviser) as unit:
        page = case_page(unit, key(case))
    assert page.packages == ()
    assert [task.package_id for task in page.tasks] == [None, None]


def test_an_opened_package_is_a_job_to_fill(world: World, case: CarvingCase) -> None:
    package_id = package_of(world, case, "12", "6")
    adviser = world.actor(Role.ADVISER)
    perform(adviser, open_job, OpenJob(package_id=package_id, version=1))
    with reading(adviser) as unit:
        (job,) = open_jobs(unit, key(world.employer_a))
        assert case_page(unit, key(case)).row.stage is Stage.OPEN_JOB
        assert open_jobs(unit, key(world.employer_b)) == []
    assert (job.package_id, job.name, job.department, job.hours) == (package_id, "Keukenhulp", "Keuken", 18)


def test_a_second_job_leaves_a_case_that_is_further_where_it_is(world: World) -> None:
    case = make_case(world.employer_a, world.users[Role.ADVISER], stage=Stage.REVIEW)
    package_id = package_of(world, case, "12")
    perform(world.actor(Role.ADVISER), open_job, OpenJob(package_id=package_id, version=1))
    with reading(world.actor(Role.ADVISER)) as unit:
        assert case_page(unit, key(case)).row.stage is Stage.REVIEW


def test_a_filled_job_cannot_be_filled_again_or_taken_apart(world: World, case: CarvingCase) -> None:
    adviser, employer_id = world.actor(Role.ADVISER), key(world.employer_a)
    package_id = package_of(world, case, "12")
    with work(adviser) as unit, pytest.raises(Invalid, match="not open"):
        fill_package(unit, package_id, employer_id, TODAY)
    perform(adviser, open_job, OpenJob(package_id=package_id, version=1))
    with work(adviser) as unit:
        fill_package(unit, package_id, employer_id, TODAY)
        unit.commit()
    with reading(adviser) as unit:
        page = case_page(unit, key(case))
        assert open_jobs(unit, employer_id) == []
    assert page.row.stage is Stage.FILLED
    with work(adviser) as unit, pytest.raises(Invalid, match="already"):
        fill_package(unit, package_id, employer_id, TODAY)
    with pytest.raises(Invalid, match="End the placement"):
        perform(adviser, dissolve_package, DissolvePackage(package_id=package_id, version=3))
    with work(adviser) as unit:
        vacate_package(unit, package_id)
        unit.commit()
    with reading(adviser) as unit:
        assert [job.package_id for job in open_jobs(unit, employer_id)] == [package_id]


def test_a_job_is_filled_at_its_own_employer_only(world: World, case: CarvingCase) -> None:
    package_id = package_of(world, case, "12")
    with work(world.actor(Role.ADVISER)) as unit, pytest.raises(NotFound):
        fill_package(unit, package_id, key(world.employer_b), TODAY)


def test_a_job_of_a_stopped_case_is_not_open(world: World) -> None:
    case = make_case(world.employer_a, world.users[Role.ADVISER], stage=Stage.STOPPED)
    package = factories.make_package(case, opened_on=TODAY)
    make_task(case, package_id=key(package))
    with work(world.actor(Role.ADVISER)) as unit:
        assert open_jobs(unit, key(world.employer_a)) == []
        with pytest.raises(Invalid, match="not open"):
            fill_package(unit, key(package), key(world.employer_a), TODAY)


def test_two_who_change_one_task_are_told(world: World, case: CarvingCase) -> None:
    task, adviser = make_task(case), world.actor(Role.ADVISER)
    details = {"name": "Afwassen", "current_holder": "kok", "releasable": Releasable.YES}
    perform(adviser, edit_task, EditTask(task_id=key(task), version=1, hours_per_week=6, **details))
    with pytest.raises(Conflict) as caught:
        perform(adviser, edit_task, EditTask(task_id=key(task), version=1, hours_per_week=8, **details))
    assert caught.value.stored["hours_per_week"] == 6


@pytest.mark.parametrize("role", [Role.SROI_OFFICER, Role.MANAGER, Role.PARTNER])
def test_who_only_looks_changes_no_task(lite_world: World, role: Role) -> None:
    task = make_task(make_case(lite_world.employer_a, lite_world.users[Role.ADVISER]))
    with pytest.raises(Forbidden):
        perform(lite_world.actor(role), remove_task, RemoveTask(task_id=key(task), version=1))
