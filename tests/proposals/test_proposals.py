"""Putting somebody forward: from need or carved job over the employer's answer to the placement."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from crm.core.access import Role
from crm.core.errors import Conflict, Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.jobcarving.actions import DissolvePackage, dissolve_package
from crm.jobcarving.queries import case_page
from crm.jobcarving.rules import Stage
from crm.needs.queries import need_row
from crm.needs.rules import Outcome
from crm.placements.queries import placement_row
from crm.placements.rules import ContractForm
from crm.proposals.actions import (
    AskAgain,
    HireProposed,
    NoteAnswer,
    Propose,
    ReopenProposal,
    ask_again,
    hire_proposed,
    note_answer,
    propose,
    reopen_proposal,
)
from crm.proposals.queries import (
    ProposalRow,
    proposal_row,
    proposals_at,
    proposals_of_candidate,
    proposals_on_case,
    proposals_on_need,
)
from crm.proposals.rules import ProposalOutcome, Reason, Step
from tests.candidates.factories import make_candidate
from tests.factories import TODAY, World, make_user
from tests.jobcarving.factories import make_case, make_package, make_task
from tests.needs.factories import make_need, make_vacancy
from tests.placements.factories import make_placement
from tests.proposals.factories import make_proposal

O = ProposalOutcome  # noqa: E741
DAY = timedelta(days=1)


def put(world: World, role: Role = Role.ADVISER, **values: Any) -> int:
    return perform(world.actor(role), propose, Propose(**values))


def seen(world: World, proposal_id: int, role: Role = Role.ADVISER) -> ProposalRow:
    with reading(world.actor(role)) as work:
        return proposal_row(work, proposal_id)


def answer(world: World, row: ProposalRow, outcome: O, **values: Any) -> int:
    command = NoteAnswer(proposal_id=row.id, version=row.version, outcome=outcome, **values)
    return perform(world.actor(Role.ADVISER), note_answer, command)


def job(world: World, **values: Any) -> tuple[int, int]:
    """Return a case with a package, by their ids."""
    case = make_case(world.employer_a, world.users[Role.ADVISER], stage=Stage.PACKAGE)
    package = make_package(case, **values)
    make_task(case, package_id=key(package))
    return key(case), key(package)


def test_a_candidate_for_a_vacancy_waits_five_working_days_and_is_our_first_reaction(world: World) -> None:
    need = make_need(world.employer_a, world.users[Role.ADVISER])
    make_vacancy(need, title="Orderpicker")
    candidate = make_candidate(key(world.region))
    row = seen(world, put(world, need_id=key(need), candidate_id=key(candidate)))
    assert (row.reference, row.job, row.step) == (candidate.reference, "Orderpicker", Step.PROPOSED)
    assert (row.proposed_on, row.answer_by) == (TODAY, date(2026, 12, 1))
    with reading(world.actor(Role.ADVISER)) as work:
        assert need_row(work, key(need)).reacted_on == TODAY
        assert [one.id for one in proposals_on_need(work, key(need))] == [row.id]
        assert [one.id for one in proposals_of_candidate(work, key(candidate))] == [row.id]
        assert [one.id for one in proposals_at(work, key(world.employer_a))] == [row.id]


def test_what_cannot_be_put_forward(lite_world: World) -> None:
    ours, adviser = lite_world.employer_a, lite_world.users[Role.ADVISER]
    need, candidate = key(make_need(ours, adviser)), key(make_candidate(key(lite_world.region)))
    ended = key(make_need(ours, adviser, closed_on=TODAY, outcome=Outcome.MET))
    _case, package = job(lite_world)
    _other, filled = job(lite_world, opened_on=TODAY, filled_on=TODAY)
    for wrong, field in (
        ({"need_id": need}, "candidate_id"),
        ({"need_id": need, "candidate_id": candidate, "proposed_on": TODAY + DAY}, "proposed_on"),
        ({"need_id": need, "candidate_id": candidate, "answer_by": TODAY - DAY}, "answer_by"),
        ({"need_id": ended, "candidate_id": candidate}, "need_id"),
        ({"package_id": package, "candidate_id": candidate}, "package_id"),
        ({"package_id": filled, "candidate_id": candidate}, "package_id"),
    ):
        with pytest.raises(Invalid) as fault:
            put(lite_world, **wrong)
        assert fault.value.field == field
    for nothing in (
        {},
        {"need_id": need, "package_id": package},
        {"need_id": 999, "candidate_id": candidate},
    ):
        with pytest.raises(NotFound):
            put(lite_world, **nothing)
    put(lite_world, need_id=need, candidate_id=candidate)
    with pytest.raises(Invalid, match="already"):
        put(lite_world, need_id=need, candidate_id=candidate)
    with pytest.raises(Forbidden):
        put(lite_world, Role.SROI_OFFICER, need_id=need, candidate_id=candidate)


def test_a_job_that_the_employer_agrees_to_is_opened(lite_world: World) -> None:
    case, package = job(lite_world)
    row = seen(lite_world, put(lite_world, package_id=package))
    with reading(lite_world.actor(Role.ADVISER)) as work:
        assert case_page(work, case).row.stage is Stage.DECISION
    with pytest.raises(Invalid, match="cannot end"):
        answer(lite_world, row, O.HIRED)
    answer(lite_world, row, O.AGREED)
    with reading(lite_world.actor(Role.ADVISER)) as work:
        found = case_page(work, case)
        (told,) = proposals_on_case(work, case)
    assert (found.row.stage, found.packages[0].opened_on) == (Stage.OPEN_JOB, TODAY)
    assert (told.outcome, told.is_person, told.job) == (O.AGREED, False, "Keukenhulp")
    with pytest.raises(Invalid, match="put forward"):
        perform(
            lite_world.actor(Role.ADVISER),
            dissolve_package,
            DissolvePackage(package_id=package, version=found.packages[0].version),
        )


def test_hiring_books_the_placement_and_answers_the_proposal(world: World) -> None:
    adviser = world.actor(Role.ADVISER)
    candidate = make_candidate(key(world.region))
    _case, package = job(world, opened_on=TODAY)
    row = seen(world, put(world, package_id=package, candidate_id=key(candidate)))
    terms = {
        "employer_id": row.employer_id,
        "candidate_id": key(candidate),
        "package_id": package,
        "group": candidate.group,
        "contract_form": ContractForm.TEMPORARY,
        "started_on": TODAY + 7 * DAY,
        "hours": "24",
    }
    hired = HireProposed(proposal_id=row.id, version=row.version, **terms)
    stranger = make_candidate(key(world.region))
    with pytest.raises(NotFound):
        perform(adviser, hire_proposed, hired.model_copy(update={"candidate_id": key(stranger)}))
    placement = perform(adviser, hire_proposed, hired)
    told = seen(world, row.id)
    assert (told.outcome, told.answered_on, told.placement_id) == (O.HIRED, TODAY, placement)
    with reading(adviser) as work:
        assert placement_row(work, placement).package_id == package
    with pytest.raises(Invalid, match="stays as it is"):
        perform(adviser, reopen_proposal, ReopenProposal(proposal_id=told.id, version=told.version))


def test_a_placement_that_was_booked_meanwhile_is_found(lite_world: World) -> None:
    ours, adviser = lite_world.employer_a, lite_world.users[Role.ADVISER]
    candidate = make_candidate(key(lite_world.region))
    make_placement(ours, adviser, candidate, started_on=TODAY - DAY)
    row = seen(lite_world, key(make_proposal(make_need(ours, adviser), adviser, candidate)))
    with pytest.raises(Invalid, match="Book the placement"):
        answer(lite_world, row, O.HIRED)
    booked = make_placement(ours, adviser, candidate, started_on=TODAY)
    answer(lite_world, row, O.HIRED)
    assert seen(lite_world, row.id).placement_id == key(booked)


def test_an_answer_has_a_fitting_day_and_reason_and_can_be_taken_back(lite_world: World) -> None:
    adviser = lite_world.users[Role.ADVISER]
    made = make_proposal(
        make_need(lite_world.employer_a, adviser), adviser, make_candidate(key(lite_world.region))
    )
    row = seen(lite_world, key(made))
    for wrong, field in (
        ({}, "reason"),
        ({"reason": Reason.OTHER_JOB}, "reason"),
        ({"reason": Reason.SKILLS, "answered_on": TODAY - DAY}, "answered_on"),
        ({"reason": Reason.SKILLS, "answered_on": TODAY + DAY}, "answered_on"),
    ):
        with pytest.raises(Invalid) as fault:
            answer(lite_world, row, O.DECLINED, **wrong)
        assert fault.value.field == field
    version = answer(lite_world, row, O.DECLINED, reason=Reason.SKILLS)
    again = AskAgain(proposal_id=row.id, version=version, step=Step.INTERVIEWED, answer_by=TODAY + DAY)
    with pytest.raises(Invalid, match="has answered"):
        perform(lite_world.actor(Role.ADVISER), ask_again, again)
    opened = ReopenProposal(proposal_id=row.id, version=version)
    version = perform(lite_world.actor(Role.ADVISER), reopen_proposal, opened)
    assert seen(lite_world, row.id).reason is None
    with pytest.raises(Conflict):
        perform(lite_world.actor(Role.ADVISER), ask_again, again)
    for late in (TODAY - DAY,):
        with pytest.raises(Invalid):
            perform(
                lite_world.actor(Role.ADVISER),
                ask_again,
                again.model_copy(update={"version": version, "answer_by": late}),
            )
    perform(lite_world.actor(Role.ADVISER), ask_again, again.model_copy(update={"version": version}))
    told = seen(lite_world, row.id)
    assert (told.step, told.answer_by) == (Step.INTERVIEWED, TODAY + DAY)
    assert not told.is_late(TODAY + DAY)
    assert told.is_late(TODAY + 2 * DAY)


def test_what_was_put_forward_again_meanwhile_does_not_wait_twice(lite_world: World) -> None:
    need = make_need(lite_world.employer_a, lite_world.users[Role.ADVISER])
    told = {"need_id": key(need), "candidate_id": key(make_candidate(key(lite_world.region)))}
    row = seen(lite_world, put(lite_world, **told))
    version = answer(lite_world, row, O.DECLINED, reason=Reason.SKILLS)
    put(lite_world, **told)
    command = ReopenProposal(proposal_id=row.id, version=version)
    with pytest.raises(Invalid, match="already"):
        perform(lite_world.actor(Role.ADVISER), reopen_proposal, command)


def test_who_it_is_about_is_for_who_may_see_candidates(lite_world: World) -> None:
    ours, adviser = lite_world.employer_a, lite_world.users[Role.ADVISER]
    candidate = make_candidate(key(lite_world.region))
    ended = {"outcome": O.DECLINED, "answered_on": TODAY, "reason": Reason.GUIDANCE}
    made = make_proposal(make_need(ours, adviser), adviser, candidate, note="Kan niet tillen", **ended)
    for role in (Role.MANAGER, Role.SROI_OFFICER):
        row = seen(lite_world, key(made), role)
        assert (row.is_person, row.reference, row.candidate_id, row.note) == (True, None, None, "")
        assert (row.outcome, row.reason) == (O.DECLINED, None)
    assert seen(lite_world, key(made)).reason is Reason.GUIDANCE
    with pytest.raises(Forbidden), reading(lite_world.actor(Role.MANAGER)) as work:
        proposals_of_candidate(work, key(candidate))
    for nobody in (lite_world.actor(Role.EMPLOYER), lite_world.actor_for(make_user(Role.ADVISER, "Elders"))):
        with pytest.raises(NotFound), reading(nobody) as work:
            proposal_row(work, key(made))
        with reading(nobody) as work:
            assert proposals_at(work, key(ours)) == []
