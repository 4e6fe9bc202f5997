"""The timeline of an employer: everything, newest first, a page at a time, only what one may read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from crm.core import clock
from crm.core.access import Role
from crm.core.database import engine
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import reading
from crm.employers.records import Employer
from crm.employers.records_plans import AccountPlan
from crm.employers.rules import TeamRole
from crm.needs.rules import NeedKind
from crm.placements.records_aftercare import AftercareTalk
from crm.placements.rules_aftercare import SpokenWith
from crm.proposals.rules import ProposalOutcome, Reason
from crm.timeline.queries import timeline_page, topics_for
from crm.timeline.rules import Happening, Place, Topic
from crm.ui.timeline_lines import shown
from crm.visits.records_files import MomentFile
from crm.visits.rules import MomentKind, Purpose, TalkOutcome
from tests.candidates.factories import make_candidate
from tests.counting import statements
from tests.employers.factories import elsewhere, make_member
from tests.events.factories import hold_event
from tests.factories import TODAY, World, make_employer, make_person, save
from tests.jobcarving.factories import make_case, make_package
from tests.needs.factories import make_need, make_vacancy
from tests.network.factories import make_member as join_network
from tests.placements.factories import make_placement
from tests.proposals.factories import make_proposal
from tests.questions.factories import make_answers
from tests.sroi.factories import approve, make_contract, make_effort
from tests.visits.factories import make_follow_up, make_moment


def told(
    world: World, *topics: Topic, role: Role = Role.ADVISER, employer: Employer | None = None
) -> list[Happening]:
    with reading(world.actor(role)) as work:
        page = timeline_page(work, key(employer or world.employer_a), topics)
    return [line.happening for line in page.lines]


def work_done(world: World) -> None:
    """A need, a vacancy, questions asked, an event with a talk, a proposal answered, aftercare and a file."""
    ours, adviser = world.employer_a, world.users[Role.ADVISER]
    candidate = make_candidate(key(world.region))
    vacancy = make_need(ours, adviser, raised_on=date(2026, 11, 1))
    make_vacancy(vacancy, title="Orderpicker")
    make_need(ours, adviser, kind=NeedKind.TRAINING, raised_on=date(2026, 11, 2))
    make_answers(ours, adviser, date(2026, 11, 3))
    make_proposal(
        vacancy,
        adviser,
        candidate,
        proposed_on=date(2026, 11, 4),
        outcome=ProposalOutcome.DECLINED,
        reason=Reason.SKILLS,
        answered_on=date(2026, 11, 9),
    )
    case = make_case(ours, adviser, opened_on=date(2026, 10, 1))
    make_proposal(make_package(case), adviser, proposed_on=date(2026, 11, 5), job="Keukenhulp")
    hold_event(ours, candidate)
    placement = make_placement(ours, adviser, candidate, started_on=date(2026, 9, 30))
    save(
        AftercareTalk(
            region_id=ours.region_id,
            employer_id=key(ours),
            placement_id=key(placement),
            month=1,
            held_on=date(2026, 10, 30),
            spoken_with=SpokenWith.COACH,
            note="Slaapt slecht",
            author_id=key(adviser),
        )
    )
    mail = make_moment(ours, adviser, date(2026, 10, 2), summary="Rooster", kind=MomentKind.MAIL)
    save(
        MomentFile(
            region_id=ours.region_id,
            employer_id=key(ours),
            moment_id=key(mail),
            file_name="rooster.pdf",
            sha256="0" * 64,
            media_type="application/pdf",
        )
    )


def furnish(world: World) -> None:
    ours, adviser = world.employer_a, world.users[Role.ADVISER]
    make_moment(ours, adviser, date(2026, 11, 20), summary="Rooster besproken")
    make_case(ours, adviser, opened_on=date(2026, 11, 19))
    make_placement(ours, adviser, started_on=date(2026, 9, 1), ended_on=date(2026, 11, 18))
    approve(make_effort(make_contract(world, award_on=date(2025, 3, 1))))
    make_member(ours, adviser, TeamRole.HOLDER, since=date(2024, 1, 1))
    join_network(ours, joined_on=date(2024, 2, 1))
    save(
        AccountPlan(
            region_id=ours.region_id,
            employer_id=key(ours),
            year=2026,
            services="",
            risks="",
            evaluation="",
            made_at=clock.now() - timedelta(days=300),
        )
    )


def test_everything_is_told_newest_first(world: World) -> None:
    furnish(world)
    assert told(world, role=Role.SROI_OFFICER) == [
        Happening.EFFORT_HANDED_IN,
        Happening.MOMENT,
        Happening.CASE_OPENED,
        Happening.PLACEMENT_ENDED,
        Happening.PLACEMENT_STARTED,
        Happening.PLAN_MADE,
        Happening.CONTRACT_AWARDED,
        Happening.MEMBER_JOINED,
        Happening.TEAM_JOINED,
    ]


def test_needs_questions_proposals_events_and_aftercare_are_told_too(world: World) -> None:
    work_done(world)
    assert told(world) == [
        Happening.CANDIDATE_MET,
        Happening.EVENT_JOINED,
        Happening.PROPOSAL_ANSWERED,
        Happening.PROPOSED,
        Happening.PROPOSED,
        Happening.QUESTIONS_ANSWERED,
        Happening.NEED_RAISED,
        Happening.VACANCY_RAISED,
        Happening.AFTERCARE_HELD,
        Happening.MOMENT,
        Happening.CASE_OPENED,
        Happening.PLACEMENT_STARTED,
    ]
    assert told(world, Topic.QUESTIONS) == [Happening.QUESTIONS_ANSWERED]
    assert told(world, Topic.VACANCY) == [Happening.VACANCY_RAISED]
    assert told(world, Topic.ATTACHMENT) == [Happening.MOMENT]
    make_moment(world.employer_a, world.users[Role.ADVISER], TODAY, kind=MomentKind.MAIL)
    assert told(world, Topic.ATTACHMENT) == [Happening.MOMENT]
    with reading(world.actor(Role.ADVISER)) as work:
        (line,) = timeline_page(work, key(world.employer_a), [Topic.ATTACHMENT]).lines
    assert [name for _id, name in line.files] == ["rooster.pdf"]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SROI_OFFICER, Role.PARTNER])
def test_what_is_said_of_jobseekers_is_for_who_may_see_them(lite_world: World, role: Role) -> None:
    work_done(lite_world)
    with reading(lite_world.actor(role)) as work:
        lines = timeline_page(work, key(lite_world.employer_a)).lines
    seen = {line.happening for line in lines}
    assert Happening.CANDIDATE_MET not in seen
    assert Happening.PROPOSAL_ANSWERED not in seen
    assert [line.what for line in lines if line.happening is Happening.AFTERCARE_HELD] == (
        [] if role is Role.PARTNER else [None]
    )
    assert [(line.what, line.more) for line in lines if line.happening is Happening.PROPOSED] == (
        [] if role is Role.PARTNER else [("Keukenhulp", None)]
    )


def test_a_portal_user_reads_nothing_that_is_internal(lite_world: World) -> None:
    work_done(lite_world)
    assert told(lite_world, role=Role.EMPLOYER) == []


def test_a_topic_narrows_it(lite_world: World) -> None:
    furnish(lite_world)
    assert told(lite_world, Topic.CARVING) == [Happening.CASE_OPENED]
    assert told(lite_world, Topic.NETWORK, Topic.PLACEMENT) == [
        Happening.PLACEMENT_ENDED,
        Happening.PLACEMENT_STARTED,
        Happening.MEMBER_JOINED,
    ]


def test_a_talk_tells_who_was_there_and_what_came_of_it(world: World) -> None:
    ours, adviser = world.employer_a, world.users[Role.ADVISER]
    known = make_person(ours, "J. de Wit"), make_person(ours, "A. Bos")
    came = (TalkOutcome.CANDIDATES, TalkOutcome.APPOINTMENT)
    make_moment(ours, adviser, people=known, outcomes=came)
    make_moment(world.employer_b, adviser, outcomes=(TalkOutcome.NO_INTEREST,))
    with reading(world.actor(Role.ADVISER)) as work:
        (line,) = timeline_page(work, key(ours)).lines
    assert line.people == ("A. Bos", "J. de Wit")
    assert line.outcomes == (TalkOutcome.APPOINTMENT, TalkOutcome.CANDIDATES)
    assert "afspraak gemaakt" in shown(world.actor(Role.ADVISER), line).text


def test_calls_and_aftercare_are_told_apart(world: World) -> None:
    ours, adviser = world.employer_a, world.users[Role.ADVISER]
    make_moment(ours, adviser, TODAY, summary="Bezoek")
    make_moment(ours, adviser, TODAY, summary="Gebeld", kind=MomentKind.CALL)
    make_moment(ours, adviser, TODAY, summary="Nazorg", purposes=[Purpose.AFTERCARE.value])

    def summaries(*topics: Topic) -> list[str | None]:
        with reading(world.actor(Role.ADVISER)) as work:
            return [line.what for line in timeline_page(work, key(ours), topics).lines]

    assert summaries(Topic.CALL) == ["Gebeld"]
    assert summaries(Topic.AFTERCARE) == ["Nazorg"]
    assert summaries(Topic.CALL, Topic.AFTERCARE) == ["Nazorg", "Gebeld"]
    assert summaries(Topic.VISIT) == ["Nazorg", "Bezoek"]


def test_reading_on_shows_every_line_once(world: World) -> None:
    """Seven a day, so that pages end in the middle of a day and between sorts of happenings."""
    ours, adviser = world.employer_a, world.users[Role.ADVISER]
    for number in range(4):
        day = TODAY - timedelta(days=number)
        for _ in range(3):
            make_moment(ours, adviser, day)
            make_case(ours, adviser, opened_on=day)
        make_placement(ours, adviser, started_on=day)
    seen: list[Place] = []
    after: Place | None = None
    with reading(world.actor(Role.ADVISER)) as work:
        for _ in range(10):
            page = timeline_page(work, key(ours), (), after, size=5)
            seen += [line.place for line in page.lines]
            after = page.older
            if after is None:
                break
    assert len(seen) == len(set(seen)) == 28
    assert seen == sorted(seen, key=lambda place: (place.on, place.rank, place.record_id), reverse=True)


def test_a_moment_tells_who_was_there_and_what_comes_next(lite_world: World) -> None:
    ours, adviser = lite_world.employer_a, lite_world.users[Role.ADVISER]
    moment = make_moment(ours, adviser, TODAY, (make_person(ours, "J. de Wit"),), summary="Keuken")
    make_follow_up(ours, adviser, TODAY, moment_id=key(moment), what="Bellen")
    with reading(lite_world.actor(Role.ADVISER)) as work:
        (line,) = timeline_page(work, key(ours)).lines
    assert (line.what, line.who, line.people) == ("Keuken", "adviser een", ("J. de Wit",))
    assert [step.what for step in line.next_steps] == ["Bellen"]


def test_a_partner_reads_no_talks_and_no_references(lite_world: World) -> None:
    furnish(lite_world)
    assert set(told(lite_world, role=Role.PARTNER)) == {
        Happening.CASE_OPENED,
        Happening.PLACEMENT_STARTED,
        Happening.PLACEMENT_ENDED,
    }
    with reading(lite_world.actor(Role.PARTNER)) as work:
        page = timeline_page(work, key(lite_world.employer_a), [Topic.PLACEMENT])
        assert Topic.VISIT not in topics_for(work.actor)
    assert [line.more for line in page.lines] == [None, None]


def test_nothing_of_another_authority_is_told(world: World) -> None:
    make_contract(world, authority_id=key(world.other_authority))
    assert told(world, role=Role.SROI_OFFICER) == []


def test_an_employer_out_of_sight_is_not_found(lite_world: World) -> None:
    far = make_employer(key(elsewhere()))
    with pytest.raises(NotFound):
        told(lite_world, employer=far)


def test_a_page_costs_the_same_with_few_and_with_many_lines(lite_world: World) -> None:
    def asked() -> int:
        with statements() as sent, reading(lite_world.actor(Role.ADVISER)) as work:
            timeline_page(work, key(lite_world.employer_a))
        return len(sent)

    none = asked()
    for number in range(30):
        make_moment(lite_world.employer_a, lite_world.users[Role.ADVISER], TODAY - timedelta(days=number))
    assert asked() == none


@pytest.mark.parametrize("after", [None, Place(TODAY, 1, 1), Place(TODAY, 3, 1)])
def test_no_table_is_read_from_end_to_end(lite_world: World, after: Place | None) -> None:
    sent: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, values: object, *_rest: object) -> None:
        sent.append((statement, values))

    with reading(lite_world.actor(Role.ADVISER)) as work:
        event.listen(engine(), "before_cursor_execute", note)
        timeline_page(work, key(lite_world.employer_a), (), after)
        event.remove(engine(), "before_cursor_execute", note)
    with engine().connect() as connection:
        plan = [
            str(line[3])
            for statement, values in sent
            for line in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    own = ("anon", "told", "(subquery", "CONSTANT")
    assert [line for line in plan if line.startswith("SCAN") and not line.split()[1].startswith(own)] == []
    moments = [line for line in plan if "contact_moments" in line]
    assert moments
    assert all("ix_contact_moments_employer_id_held_on_id" in line for line in moments)
