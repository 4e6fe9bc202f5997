"""Booking a placement: the candidate, the job, the dates, and what it does to a carved job."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from crm.accounts.records import Region
from crm.candidates.records import Candidate
from crm.candidates.rules import TargetGroup
from crm.core.access import Role, system
from crm.core.errors import Conflict, Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.jobcarving.queries import case_page, open_jobs
from crm.jobcarving.records import CarvingCase, CarvingPackage
from crm.jobcarving.rules import Stage
from crm.placements.actions import (
    BookPlacement,
    ChangeHours,
    EditPlacement,
    EndPlacement,
    ResumePlacement,
    book_placement,
    change_hours,
    edit_placement,
    end_placement,
    resume_placement,
)
from crm.placements.queries import PlacementRow, hours_history, placement_row
from crm.placements.rules import ContractForm, EndReason, HoursFrom, PlacementState
from tests.candidates.factories import make_candidate
from tests.factories import TODAY, World, make_employer, save
from tests.jobcarving.factories import make_case, make_package, make_task
from tests.placements.factories import make_placement

START = date(2026, 10, 1)


def details(world: World, **values: object) -> dict[str, object]:
    return {
        "employer_id": key(world.employer_a),
        "group": TargetGroup.PARTICIPATION_ACT,
        "job_title": "Keukenhulp",
        "contract_form": ContractForm.TEMPORARY,
        "started_on": START,
        "hours": Decimal(24),
        **values,
    }


def book(world: World, role: Role = Role.ADVISER, **values: object) -> int:
    return perform(world.actor(role), book_placement, BookPlacement(**details(world, **values)))


def row(world: World, placement_id: int) -> PlacementRow:
    with reading(world.actor(Role.ADVISER)) as work:
        return placement_row(work, placement_id)


def edited(placement: PlacementRow, **values: object) -> EditPlacement:
    return EditPlacement(
        **{
            "placement_id": placement.id,
            "version": placement.version,
            "group": placement.group,
            "job_title": placement.job_title,
            "contract_form": placement.contract_form,
            "started_on": placement.started_on,
            **values,
        }
    )


def job_at_a(world: World) -> tuple[CarvingCase, CarvingPackage]:
    case = make_case(world.employer_a, world.users[Role.ADVISER], stage=Stage.OPEN_JOB)
    package = make_package(case, "Spoelhulp", opened_on=TODAY)
    make_task(case, "18", package_id=key(package))
    return case, package


def test_a_new_candidate_is_registered_with_the_booking(world: World) -> None:
    placement_id = book(world, available_hours=Decimal(28), profile="Heftruck")
    placement = row(world, placement_id)
    with reading(system("test")) as work:
        (candidate,) = work.session.exec(select(Candidate)).all()
    assert (candidate.group, candidate.available_hours, candidate.profile) == (
        TargetGroup.PARTICIPATION_ACT,
        28,
        "Heftruck",
    )
    assert placement.reference == candidate.reference == f"K-{2000 + placement.candidate_id}"
    assert (placement.employer, placement.job_title, placement.hours, placement.state) == (
        "De Linde Groen BV",
        "Keukenhulp",
        24,
        PlacementState.RUNNING,
    )
    with reading(world.actor(Role.ADVISER)) as work:
        assert hours_history(work, placement_id) == [HoursFrom(START, Decimal(24))]


def test_an_account_manager_books_a_known_candidate_but_registers_none(world: World) -> None:
    candidate = make_candidate(key(world.region))
    placement_id = book(world, Role.ACCOUNT_MANAGER, candidate_id=key(candidate))
    assert row(world, placement_id).reference == candidate.reference
    with pytest.raises(Forbidden):
        book(world, Role.ACCOUNT_MANAGER)


@pytest.mark.parametrize("role", [Role.SROI_OFFICER, Role.MANAGER, Role.PARTNER, Role.EMPLOYER, Role.ADMIN])
def test_others_book_nothing(lite_world: World, role: Role) -> None:
    with pytest.raises(Forbidden):
        book(lite_world, role)


def test_employers_and_candidates_of_another_region_are_not_found(world: World) -> None:
    elsewhere = key(save(Region(code="AM01", name="Elders")))
    with pytest.raises(NotFound):
        book(world, employer_id=key(make_employer(elsewhere)))
    with pytest.raises(NotFound):
        book(world, candidate_id=key(make_candidate(elsewhere)))


def test_a_placement_on_a_carved_job_fills_it_and_names_it(world: World) -> None:
    case, package = job_at_a(world)
    placement_id = book(world, package_id=key(package), job_title="")
    assert row(world, placement_id).job_title == "Spoelhulp"
    with reading(world.actor(Role.ADVISER)) as work:
        page = case_page(work, key(case))
    assert page.row.stage is Stage.FILLED
    assert page.packages[0].filled_on == START
    with pytest.raises(Invalid) as caught:
        book(world, package_id=key(package))
    assert caught.value.field == "package_id"


def test_a_carved_job_of_another_employer_is_not_found(world: World) -> None:
    _case, package = job_at_a(world)
    with pytest.raises(NotFound):
        book(world, employer_id=key(world.employer_b), package_id=key(package))


def test_the_end_of_a_placement_opens_its_job_again(world: World) -> None:
    _case, package = job_at_a(world)
    placement_id = book(world, package_id=key(package))
    end = EndPlacement(placement_id=placement_id, version=1, ended_on=TODAY, end_reason=EndReason.OTHER_JOB)
    perform(world.actor(Role.ADVISER), end_placement, end)
    with reading(world.actor(Role.ADVISER)) as work:
        assert [job.package_id for job in open_jobs(work, key(world.employer_a))] == [package.id]
    corrected = end.model_copy(update={"version": 2, "ended_on": START})
    perform(world.actor(Role.ADVISER), end_placement, corrected)
    ended = row(world, placement_id)
    assert (ended.ended_on, ended.end_reason, ended.state) == (
        START,
        EndReason.OTHER_JOB,
        PlacementState.ENDED,
    )


def test_an_end_is_taken_back_unless_somebody_else_has_the_job(world: World) -> None:
    _case, package = job_at_a(world)
    adviser, placement_id = world.actor(Role.ADVISER), book(world, package_id=key(package))
    ended = {"placement_id": placement_id, "ended_on": TODAY, "end_reason": EndReason.OTHER}
    perform(adviser, end_placement, EndPlacement(version=1, **ended))
    perform(adviser, resume_placement, ResumePlacement(placement_id=placement_id, version=2))
    back = row(world, placement_id)
    assert (back.ended_on, back.end_reason, back.state) == (None, None, PlacementState.RUNNING)
    perform(adviser, end_placement, EndPlacement(version=back.version, **ended))
    book(world, package_id=key(package), started_on=TODAY)
    with pytest.raises(Invalid, match="already"):
        perform(adviser, resume_placement, ResumePlacement(placement_id=placement_id, version=4))


def test_an_end_that_was_never_noted_can_be_taken_back_without_harm(world: World) -> None:
    placement = make_placement(world.employer_a, world.users[Role.ADVISER])
    command = ResumePlacement(placement_id=key(placement), version=1)
    perform(world.actor(Role.ADVISER), resume_placement, command)
    assert row(world, key(placement)).state is PlacementState.RUNNING


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"job_title": ""}, "job_title"),
        ({"started_on": date(2206, 10, 1)}, "started_on"),
        ({"planned_end_on": date(2026, 9, 30)}, "planned_end_on"),
        ({"hours": Decimal(0)}, "hours"),
        ({"hours": Decimal("60.5")}, "hours"),
        ({"hours": Decimal("24.25")}, "hours"),
        ({"job_title": "Hulp voor 111222333"}, "job_title"),
    ],
)
def test_what_cannot_be_is_refused(lite_world: World, values: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        book(lite_world, **values)
    assert caught.value.field == field


def test_the_same_start_is_booked_once(world: World) -> None:
    candidate = make_candidate(key(world.region))
    book(world, candidate_id=key(candidate))
    with pytest.raises(Invalid) as caught:
        book(world, candidate_id=key(candidate))
    assert caught.value.field == "candidate_id"
    assert book(world, candidate_id=key(candidate), started_on=TODAY) > 0


def test_a_placement_is_put_right_and_its_first_hours_move_along(world: World) -> None:
    placement_id = book(world)
    earlier = date(2026, 9, 14)
    command = edited(
        row(world, placement_id),
        job_title="Spoelhulp",
        started_on=earlier,
        planned_end_on=date(2027, 9, 13),
        contract_form=ContractForm.PERMANENT,
        group=TargetGroup.SHELTERED,
    )
    perform(world.actor(Role.ADVISER), edit_placement, command)
    changed = row(world, placement_id)
    assert (changed.job_title, changed.started_on, changed.planned_end_on) == (
        "Spoelhulp",
        earlier,
        date(2027, 9, 13),
    )
    assert (changed.contract_form, changed.group) == (ContractForm.PERMANENT, TargetGroup.SHELTERED)
    with reading(world.actor(Role.ADVISER)) as work:
        assert hours_history(work, placement_id) == [HoursFrom(earlier, Decimal(24))]


def test_a_start_moves_neither_over_a_change_of_hours_nor_over_the_end(world: World) -> None:
    adviser, placement_id = world.actor(Role.ADVISER), book(world)
    perform(
        adviser,
        change_hours,
        ChangeHours(placement_id=placement_id, version=1, from_on=date(2026, 11, 1), hours=32),
    )
    with pytest.raises(Invalid) as caught:
        perform(adviser, edit_placement, edited(row(world, placement_id), started_on=date(2026, 11, 2)))
    assert caught.value.field == "started_on"
    end = EndPlacement(
        placement_id=placement_id, version=2, ended_on=date(2026, 10, 20), end_reason=EndReason.OTHER
    )
    perform(adviser, end_placement, end)
    with pytest.raises(Invalid, match="before the start"):
        perform(adviser, edit_placement, edited(row(world, placement_id), started_on=date(2026, 10, 21)))


def test_a_placement_does_not_end_before_it_starts_or_in_another_century(world: World) -> None:
    placement_id = book(world)
    for day in (date(2026, 9, 30), date(2206, 9, 30)):
        command = EndPlacement(placement_id=placement_id, version=1, ended_on=day, end_reason=EndReason.OTHER)
        with pytest.raises(Invalid) as caught:
            perform(world.actor(Role.ADVISER), end_placement, command)
        assert caught.value.field == "ended_on"


def test_two_who_change_one_placement_are_told(world: World) -> None:
    adviser, placement_id = world.actor(Role.ADVISER), book(world)
    stale = row(world, placement_id)
    perform(adviser, edit_placement, edited(stale, job_title="Spoelhulp"))
    with pytest.raises(Conflict) as caught:
        perform(adviser, edit_placement, edited(stale, job_title="Gastheer"))
    assert caught.value.stored["job_title"] == "Spoelhulp"


def test_nobody_in_particular_books_nothing(lite_world: World) -> None:
    with pytest.raises(Forbidden):
        perform(system("test"), book_placement, BookPlacement(**details(lite_world)))
