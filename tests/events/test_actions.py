"""Events: who may plan them, who is asked, when they are full, and what is noted of the talks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from crm.core.access import Role, system
from crm.core.errors import Conflict, Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.events import actions, queries
from crm.events.records import Event
from crm.events.rules import Answer, EventKind, TalkState
from tests.candidates.factories import make_candidate
from tests.employers.factories import elsewhere
from tests.events.factories import asked, asked_candidate, make_event
from tests.factories import World, make_employer

PLAN: dict[str, Any] = {
    "kind": EventKind.SPEEDMEET,
    "title": "Kennismaken in de zorg",
    "held_on": date(2026, 12, 3),
    "begins": time(9, 0),
    "ends": time(11, 0),
}


def plan(world: World, role: Role = Role.ADVISER, **values: Any) -> int:
    command = actions.PlanEvent(region_id=key(world.region), **{**PLAN, **values})
    return perform(world.actor(role), actions.plan_event, command)


def answers(world: World, event_id: int, answer: Answer) -> tuple[actions.NewAnswer, ...]:
    with reading(world.actor(Role.ADVISER)) as unit:
        rows = queries.candidates_at(unit, event_id)
    return tuple(actions.NewAnswer(id=row.id, version=row.version, answer=answer) for row in rows)


def answer_all(world: World, event_id: int, answer: Answer) -> int:
    command = actions.AnswerCandidates(event_id=event_id, answers=answers(world, event_id, answer))
    return perform(world.actor(Role.ADVISER), actions.answer_candidates, command)


def speedmeet_of(world: World, candidates: int) -> Event:
    event = make_event(key(world.region))
    for employer in (world.employer_a, world.employer_b):
        asked(event, employer, Answer.COMING)
    for _ in range(candidates):
        asked_candidate(event, make_candidate(key(world.region)), Answer.COMING)
    return event


def rounds(world: World, event: Event, count: int = 2) -> int:
    command = actions.MakeRounds(event_id=key(event), rounds=count)
    return perform(world.actor(Role.ADVISER), actions.make_rounds, command)


def test_times_are_those_of_the_dutch_clock(lite_world: World) -> None:
    event_id = plan(lite_world)
    with reading(lite_world.actor(Role.MANAGER)) as unit:
        found = queries.event_view(unit, event_id)
        (row,) = queries.list_events(unit)
    assert (found.starts_at, found.ends_at) == (
        datetime(2026, 12, 3, 8, 0, tzinfo=UTC),
        datetime(2026, 12, 3, 10, 0, tzinfo=UTC),
    )
    assert (row.id, row.employers, row.candidates) == (event_id, 0, 0)


def test_an_event_ends_after_it_begins(lite_world: World) -> None:
    with pytest.raises(Invalid) as caught:
        plan(lite_world, ends=time(9, 0))
    assert caught.value.field == "ends"


def test_an_event_of_another_region_is_not_planned_nor_found(lite_world: World) -> None:
    other = key(elsewhere())
    command = actions.PlanEvent(region_id=other, **PLAN)
    with pytest.raises(Forbidden):
        perform(lite_world.actor(Role.ADVISER), actions.plan_event, command)
    with pytest.raises(NotFound), reading(lite_world.actor(Role.ADVISER)) as unit:
        queries.event_view(unit, key(make_event(other)))


def test_who_was_asked_is_asked_once(lite_world: World) -> None:
    event_id = plan(lite_world)
    both = (key(lite_world.employer_a), key(lite_world.employer_b), key(lite_world.employer_a))
    command = actions.AskEmployers(event_id=event_id, employer_ids=both)
    adviser = lite_world.actor(Role.ADVISER)
    assert perform(adviser, actions.ask_employers, command) == 2
    assert perform(adviser, actions.ask_employers, command) == 0
    with reading(adviser) as unit:
        rows = queries.employers_at(unit, event_id)
    assert [(row.employer, row.answer) for row in rows] == [
        ("De Linde Groen BV", Answer.INVITED),
        ("Van Dam Logistiek BV", Answer.INVITED),
    ]


def test_candidates_are_asked_by_those_who_may_see_them(lite_world: World) -> None:
    event_id = plan(lite_world)
    candidate = make_candidate(key(lite_world.region))
    command = actions.AskCandidates(event_id=event_id, candidate_ids=(key(candidate),))
    assert perform(lite_world.actor(Role.ACCOUNT_MANAGER), actions.ask_candidates, command) == 1
    with pytest.raises(Forbidden), reading(lite_world.actor(Role.MANAGER)) as unit:
        queries.candidates_at(unit, event_id)
    with pytest.raises(Forbidden), reading(lite_world.actor(Role.MANAGER)) as unit:
        queries.talks_at(unit, event_id)
    with reading(lite_world.actor(Role.MANAGER)) as unit:
        assert queries.funnel_of(unit, event_id).invited == 1
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        assert [row.reference for row in queries.candidates_at(unit, event_id)] == [candidate.reference]


def test_a_full_event_takes_nobody_more(lite_world: World) -> None:
    event_id = plan(lite_world, candidate_places=1)
    first, second = (make_candidate(key(lite_world.region)) for _ in range(2))
    command = actions.AskCandidates(event_id=event_id, candidate_ids=(key(first), key(second)))
    perform(lite_world.actor(Role.ADVISER), actions.ask_candidates, command)
    with pytest.raises(Invalid) as caught:
        answer_all(lite_world, event_id, Answer.COMING)
    assert (caught.value.field, caught.value.params) == ("answer", {"count": 1})
    coming = answers(lite_world, event_id, Answer.COMING)[:1]
    one = actions.AnswerCandidates(event_id=event_id, answers=coming)
    assert perform(lite_world.actor(Role.ADVISER), actions.answer_candidates, one) == 1
    again = coming[0].model_copy(update={"answer": Answer.PRESENT})
    late = actions.AnswerCandidates(event_id=event_id, answers=(again,))
    with pytest.raises(Conflict):
        perform(lite_world.actor(Role.ADVISER), actions.answer_candidates, late)


def test_no_fewer_places_than_are_taken(lite_world: World) -> None:
    event = speedmeet_of(lite_world, 3)
    values = {**PLAN, "event_id": key(event), "version": 1}
    with pytest.raises(Invalid) as caught:
        perform(
            lite_world.actor(Role.ADVISER),
            actions.edit_event,
            actions.EditEvent(**values, candidate_places=2),
        )
    assert (caught.value.field, caught.value.params) == ("candidate_places", {"count": 3})
    command = actions.EditEvent(**{**values, "title": "Ander uur"}, candidate_places=3)
    perform(lite_world.actor(Role.ADVISER), actions.edit_event, command)
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        assert queries.event_view(unit, key(event)).title == "Ander uur"


def test_an_event_that_is_called_off_takes_no_answers_until_it_goes_on(lite_world: World) -> None:
    event_id = plan(lite_world)
    adviser = lite_world.actor(Role.ADVISER)
    perform(adviser, actions.cancel_event, actions.CancelEvent(event_id=event_id, version=1))
    command = actions.AskEmployers(event_id=event_id, employer_ids=(key(lite_world.employer_a),))
    with pytest.raises(Invalid):
        perform(adviser, actions.ask_employers, command)
    again = actions.CancelEvent(event_id=event_id, version=2, again=True)
    perform(adviser, actions.cancel_event, again)
    assert perform(adviser, actions.ask_employers, command) == 1


def test_rounds_are_made_for_who_comes_and_made_anew(lite_world: World) -> None:
    event = speedmeet_of(lite_world, 3)
    asked_candidate(event, make_candidate(key(lite_world.region)), Answer.DECLINED)
    assert rounds(lite_world, event) == 4
    assert rounds(lite_world, event, 9) == 6
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        talks = queries.talks_at(unit, key(event))
    assert {talk.round_number for talk in talks} == {1, 2, 3}
    assert len({(talk.reference, talk.employer_id) for talk in talks}) == 6


def test_no_rounds_without_somebody_who_comes_nor_after_a_talk(lite_world: World) -> None:
    empty = make_event(key(lite_world.region))
    with pytest.raises(Invalid, match="which candidates"):
        rounds(lite_world, empty)
    event = speedmeet_of(lite_world, 2)
    rounds(lite_world, event)
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        talk = queries.talks_at(unit, key(event))[0]
    held = actions.NewTalk(id=talk.id, version=talk.version, state=TalkState.SELECTED)
    command = actions.NoteTalks(event_id=key(event), talks=(held,))
    assert perform(lite_world.actor(Role.ADVISER), actions.note_talks, command) == 1
    assert perform(lite_world.actor(Role.ADVISER), actions.note_talks, command) == 0
    with pytest.raises(Invalid, match="stay as they are"):
        rounds(lite_world, event)
    other = held.model_copy(update={"state": TalkState.STARTED})
    with pytest.raises(Conflict):
        perform(
            lite_world.actor(Role.ADVISER),
            actions.note_talks,
            actions.NoteTalks(event_id=key(event), talks=(other,)),
        )


def test_who_spoke_was_there(lite_world: World) -> None:
    event = make_event(key(lite_world.region), kind=EventKind.OPEN_DAY)
    asked(event, lite_world.employer_a)
    candidate = asked_candidate(event, make_candidate(key(lite_world.region)))
    talk = actions.NewTalk(
        event_candidate_id=key(candidate), employer_id=key(lite_world.employer_a), state=TalkState.STARTED
    )
    command = actions.NoteTalks(event_id=key(event), talks=(talk,))
    assert perform(lite_world.actor(Role.ADVISER), actions.note_talks, command) == 1
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        found = queries.funnel_of(unit, key(event))
        assert [row.answer for row in queries.employers_at(unit, key(event))] == [Answer.PRESENT]
    assert (found.present, found.conversations, found.started) == (1, 1, 1)


def test_a_talk_is_between_two_who_were_asked(lite_world: World) -> None:
    event = speedmeet_of(lite_world, 1)
    stranger = make_employer(key(lite_world.region))
    talk = actions.NewTalk(event_candidate_id=1, employer_id=key(stranger), state=TalkState.HELD)
    with pytest.raises(Invalid):
        perform(
            lite_world.actor(Role.ADVISER),
            actions.note_talks,
            actions.NoteTalks(event_id=key(event), talks=(talk,)),
        )


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SROI_OFFICER, Role.PARTNER, Role.EMPLOYER, Role.ADMIN])
def test_only_relation_workers_plan_events(lite_world: World, role: Role) -> None:
    with pytest.raises(Forbidden):
        plan(lite_world, role)


def test_who_is_of_another_region_is_not_asked(lite_world: World) -> None:
    """Its colleagues would see the talks of somebody whom they cannot look up."""
    event, far = make_event(key(lite_world.region)), make_employer(key(elsewhere()))
    with pytest.raises(Invalid) as caught:
        perform(
            system("test"),
            actions.ask_employers,
            actions.AskEmployers(event_id=key(event), employer_ids=(key(far),)),
        )
    assert caught.value.field == "employer_ids"
