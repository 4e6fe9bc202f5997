"""Logging a visit writes everything or nothing, and only what the actor may see."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import select

from crm.accounts.drafts import SaveDraft, save_draft, waiting_drafts
from crm.accounts.records import Draft, Region
from crm.core import clock
from crm.core.access import Actor, Role, system
from crm.core.errors import AppError, Conflict, Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.employers.records import ContactPerson, Employer
from crm.visits.actions import DRAFT_FORM, EditMoment, LogVisit, edit_moment, log_visit
from crm.visits.records import Attendance, ContactMoment, FollowUp
from crm.visits.records_outcomes import MomentOutcome
from crm.visits.rules import MomentKind, Purpose, TalkOutcome
from tests.factories import TODAY, World, make_employer, make_person, make_user, save
from tests.visits.factories import make_moment


def visit(employer: Employer, **values: Any) -> LogVisit:
    given = {
        "employer_id": key(employer),
        "kind": MomentKind.VISIT,
        "held_on": TODAY,
        "summary": "De keuken loopt over.",
        "no_action_reason": "Alles loopt",
    }
    return LogVisit(**{**given, **values})


def with_next(world: World, **values: Any) -> dict[str, Any]:
    owner = key(world.users[Role.ADVISER])
    return {
        "no_action_reason": "",
        "next_action": "Voorstel sturen",
        "next_owner_id": owner,
        "next_due_on": TODAY + timedelta(days=7),
        **values,
    }


def everything(kind: type[Any]) -> list[Any]:
    with reading(system("test")) as work:
        return list(work.session.exec(select(kind).order_by(kind.id)))


def last_contact(employer: Employer) -> date | None:
    with reading(system("test")) as work:
        return work.get(Employer, key(employer)).last_contact_on


def refused(actor: Actor, command: LogVisit, error: type[AppError]) -> AppError:
    with pytest.raises(error) as caught:
        perform(actor, log_visit, command)
    assert everything(ContactMoment) == []
    assert everything(ContactPerson) == []
    assert everything(FollowUp) == []
    return caught.value


@pytest.mark.parametrize("role", [Role.ADVISER, Role.ACCOUNT_MANAGER, Role.SROI_OFFICER])
def test_a_visit_is_logged_with_people_purposes_and_a_next_action(world: World, role: Role) -> None:
    known = make_person(world.employer_a)
    command = visit(
        world.employer_a,
        **with_next(world),
        people=(key(known),),
        new_people=("P. van Loon",),
        purposes=(Purpose.CARVING, Purpose.SROI, Purpose.CARVING),
    )
    moment_id = perform(world.actor(role), log_visit, command)
    (moment,), (follow_up,) = everything(ContactMoment), everything(FollowUp)
    assert (key(moment), moment.author_id, moment.held_on) == (moment_id, key(world.users[role]), TODAY)
    assert moment.purposes == ["carving", "sroi"]
    assert (follow_up.what, follow_up.moment_id, follow_up.due_on) == (
        "Voorstel sturen",
        moment_id,
        TODAY + timedelta(days=7),
    )
    assert [person.name for person in everything(ContactPerson)] == ["J. de Wit", "P. van Loon"]
    assert {one.contact_person_id for one in everything(Attendance)} == {
        key(person) for person in everything(ContactPerson)
    }


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMIN, Role.PARTNER, Role.EMPLOYER])
def test_others_may_not_log_one(world: World, role: Role) -> None:
    refused(world.actor(role), visit(world.employer_a, outcomes=(TalkOutcome.LATER,)), Forbidden)
    assert everything(MomentOutcome) == []


def outcomes() -> set[TalkOutcome]:
    return {one.outcome for one in everything(MomentOutcome)}


def test_what_came_of_a_talk_is_kept_changed_and_taken_away(world: World) -> None:
    actor, (first, second) = world.actor(Role.ADVISER), (TalkOutcome.APPOINTMENT, TalkOutcome.NEED)
    command = visit(world.employer_a, outcomes=(first, second, first))
    moment_id = perform(actor, log_visit, command)
    (moment,) = everything(ContactMoment)
    assert [(one.moment_id, one.employer_id, one.region_id) for one in everything(MomentOutcome)] == [
        (moment_id, key(world.employer_a), world.employer_a.region_id)
    ] * 2
    assert (outcomes(), moment.version) == ({first, second}, 1)
    perform(actor, edit_moment, edit(moment, outcomes=(second, TalkOutcome.CARVING)))
    assert (outcomes(), everything(ContactMoment)[0].version) == ({second, TalkOutcome.CARVING}, 2)
    perform(actor, edit_moment, edit(everything(ContactMoment)[0], outcomes=()))
    assert outcomes() == set()


def test_another_outcome_alone_is_a_change_that_others_notice(world: World) -> None:
    actor = world.actor(Role.ADVISER)
    perform(actor, log_visit, visit(world.employer_a, outcomes=(TalkOutcome.LATER,)))
    (moment,) = everything(ContactMoment)
    same = {"kind": moment.kind, "summary": moment.summary, "purposes": ()}
    perform(actor, edit_moment, edit(moment, **same, outcomes=(TalkOutcome.LATER,)))
    perform(actor, edit_moment, edit(moment, **same, outcomes=(TalkOutcome.NETWORK,)))
    with pytest.raises(Conflict) as caught:
        perform(actor, edit_moment, edit(moment, **same, outcomes=()))
    assert caught.value.stored["outcomes"] == (TalkOutcome.NETWORK,)
    assert (outcomes(), everything(ContactMoment)[0].version) == ({TalkOutcome.NETWORK}, 2)


def test_a_reason_stands_in_for_a_next_action(world: World) -> None:
    perform(world.actor(Role.ADVISER), log_visit, visit(world.employer_a))
    assert everything(ContactMoment)[0].no_action_reason == "Alles loopt"
    assert everything(FollowUp) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"no_action_reason": " "}, "next_action"),
        ({"next_action": "Bellen"}, "next_action"),
        ({"held_on": TODAY + timedelta(days=1)}, "held_on"),
        ({"held_on": TODAY.replace(year=1926)}, "held_on"),
    ],
)
def test_it_asks_for_one_next_step_and_a_day_that_has_been(
    world: World, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        perform(world.actor(Role.ADVISER), log_visit, visit(world.employer_a, **values))
    assert caught.value.field == field
    assert everything(ContactMoment) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"next_due_on": None}, "next_due_on"),
        ({"next_due_on": TODAY - timedelta(days=1)}, "next_due_on"),
        ({"next_due_on": TODAY - timedelta(days=1), "held_on": TODAY - timedelta(days=7)}, "next_due_on"),
        ({"next_owner_id": None}, "next_owner_id"),
        ({"next_owner_id": 999_999}, "next_owner_id"),
    ],
)
def test_a_next_action_has_an_owner_and_a_day(world: World, values: dict[str, Any], field: str) -> None:
    command = visit(world.employer_a, **with_next(world, **values))
    fault = refused(world.actor(Role.ADVISER), command, Invalid)
    assert isinstance(fault, Invalid)
    assert fault.field == field


@pytest.mark.parametrize("role", [Role.MANAGER, Role.PARTNER, Role.EMPLOYER])
def test_somebody_who_cannot_do_it_owns_no_follow_up(world: World, role: Role) -> None:
    command = visit(world.employer_a, **with_next(world, next_owner_id=key(world.users[role])))
    refused(world.actor(Role.ADVISER), command, Invalid)


def test_a_colleague_from_elsewhere_or_who_left_owns_no_follow_up(world: World) -> None:
    for user in (make_user(Role.ADVISER, "Elders"), make_user(Role.ADVISER, "Weg", active=False)):
        command = visit(world.employer_a, **with_next(world, next_owner_id=key(user)))
        refused(world.actor(Role.ADVISER), command, Invalid)


@pytest.mark.parametrize("field", ["summary", "no_action_reason", "new_people"])
def test_a_citizen_service_number_is_refused(world: World, field: str) -> None:
    value: Any = ("Jan 123456782",) if field == "new_people" else "Zijn nummer is 123456782"
    with pytest.raises(Invalid) as caught:
        visit(world.employer_a, **{field: value})
    assert caught.value.field == field


@pytest.mark.parametrize("field", ["summary", "kind", "held_on"])
def test_what_must_be_filled_in(world: World, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        visit(world.employer_a, **{field: ""})
    assert caught.value.field == field


def kept_draft(actor: Actor, employer: Employer) -> None:
    command = SaveDraft(form=DRAFT_FORM, subject=str(key(employer)), fields={"summary": "De keuken"})
    perform(actor, save_draft, command)


def waiting(actor: Actor) -> list[str]:
    with reading(actor) as work:
        return [one.subject for one in waiting_drafts(work, DRAFT_FORM)]


def test_a_draft_is_saved_once_and_goes_with_it(world: World) -> None:
    actor = world.actor(Role.ADVISER)
    kept_draft(actor, world.employer_a)
    kept_draft(actor, world.employer_b)
    command = visit(world.employer_a, **with_next(world), draft="one", new_people=("P. van Loon",))
    perform(actor, log_visit, command)
    assert waiting(actor) == [str(key(world.employer_b))]
    with pytest.raises(Invalid, match="saved already"):
        perform(actor, log_visit, command)
    assert [len(everything(kind)) for kind in (ContactMoment, FollowUp, ContactPerson, Attendance)] == [1] * 4


def test_a_draft_that_is_saved_in_many_windows_at_once_is_saved_once(world: World) -> None:
    actor = world.actor(Role.ADVISER)
    kept_draft(actor, world.employer_a)
    start = Barrier(4)

    def save_it(_window: int) -> bool:
        start.wait()
        try:
            perform(actor, log_visit, visit(world.employer_a, draft="one"))
        except Invalid:
            return False
        return True

    with ThreadPoolExecutor(4) as windows:
        assert sorted(windows.map(save_it, range(4))) == [False, False, False, True]
    assert len(everything(ContactMoment)) == 1
    assert waiting(actor) == []


def test_another_draft_a_colleagues_and_none_at_all_are_saved(world: World) -> None:
    for draft in ("one", "two", None, None):
        perform(world.actor(Role.ADVISER), log_visit, visit(world.employer_a, draft=draft))
    perform(world.actor(Role.ACCOUNT_MANAGER), log_visit, visit(world.employer_a, draft="one"))
    assert len(everything(ContactMoment)) == 5


def test_a_refused_visit_leaves_its_draft_to_be_saved_later(world: World) -> None:
    actor = world.actor(Role.ADVISER)
    kept_draft(actor, world.employer_a)
    refused(actor, visit(world.employer_a, draft="one", no_action_reason=""), Invalid)
    assert waiting(actor) == [str(key(world.employer_a))]
    perform(actor, log_visit, visit(world.employer_a, draft="one"))
    assert len(everything(ContactMoment)) == 1


def test_which_draft_was_saved_is_forgotten_after_a_month(world: World) -> None:
    actor = world.actor(Role.ADVISER)
    perform(actor, log_visit, visit(world.employer_a, draft="one"))
    with clock.frozen_at(clock.now() + timedelta(days=31)):
        perform(actor, log_visit, visit(world.employer_a, draft="two"))
    assert [draft.subject for draft in everything(Draft)] == ["two"]


def test_an_employer_elsewhere_is_not_found(world: World) -> None:
    elsewhere = make_employer(key(save(Region(code="AM01", name="Elders"))))
    refused(world.actor(Role.ADVISER), visit(elsewhere), NotFound)


def test_somebody_of_another_employer_is_not_found(world: World) -> None:
    stranger = make_person(world.employer_b)
    with pytest.raises(NotFound):
        perform(world.actor(Role.ADVISER), log_visit, visit(world.employer_a, people=(key(stranger),)))
    assert everything(ContactMoment) == []


def test_a_name_we_know_does_not_become_a_second_person(world: World) -> None:
    known = make_person(world.employer_a, "J. de Wit")
    make_person(world.employer_b, "P. van Loon")
    command = visit(world.employer_a, people=(key(known),), new_people=("j. DE wit", "Nieuw", "nieuw"))
    perform(world.actor(Role.ADVISER), log_visit, command)
    assert [one.name for one in everything(ContactPerson)] == ["J. de Wit", "P. van Loon", "Nieuw"]
    assert len(everything(Attendance)) == 2


def test_the_last_contact_moves_forward_only(world: World) -> None:
    actor, employer = world.actor(Role.ADVISER), world.employer_a
    for held_on, expected in [
        (date(2026, 11, 2), date(2026, 11, 2)),
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 10, 1), date(2026, 11, 20)),
    ]:
        perform(actor, log_visit, visit(employer, held_on=held_on))
        assert last_contact(employer) == expected


def test_logging_does_not_disturb_who_has_the_employer_open(world: World) -> None:
    perform(world.actor(Role.ADVISER), log_visit, visit(world.employer_a))
    with reading(system("test")) as work:
        assert work.get(Employer, key(world.employer_a)).version == world.employer_a.version == 1


def edit(moment: ContactMoment, **values: Any) -> EditMoment:
    given = {
        "moment_id": key(moment),
        "version": moment.version,
        "kind": MomentKind.CALL,
        "held_on": moment.held_on,
        "summary": "Toch gebeld.",
        "purposes": (Purpose.SROI,),
    }
    return EditMoment(**{**given, **values})


def test_the_author_puts_a_moment_right(world: World) -> None:
    moment = make_moment(world.employer_a, world.users[Role.ADVISER])
    perform(world.actor(Role.ADVISER), edit_moment, edit(moment))
    (stored,) = everything(ContactMoment)
    assert (stored.kind, stored.summary, stored.purposes) == (MomentKind.CALL, "Toch gebeld.", ["sroi"])


def test_only_the_author_does(world: World) -> None:
    moment = make_moment(world.employer_a, world.users[Role.ADVISER])
    with pytest.raises(Forbidden):
        perform(world.actor(Role.ACCOUNT_MANAGER), edit_moment, edit(moment))
    assert everything(ContactMoment)[0].summary == "Gesproken over het rooster."


def test_a_change_on_an_old_version_shows_both(world: World) -> None:
    moment = make_moment(world.employer_a, world.users[Role.ADVISER])
    actor = world.actor(Role.ADVISER)
    perform(actor, edit_moment, edit(moment, summary="Op de telefoon"))
    with pytest.raises(Conflict) as caught:
        perform(actor, edit_moment, edit(moment, version=1, summary="Op de laptop"))
    assert caught.value.stored["summary"] == "Op de telefoon"
    assert caught.value.yours["summary"] == "Op de laptop"


def test_a_moment_is_not_moved_into_the_future(world: World) -> None:
    moment = make_moment(world.employer_a, world.users[Role.ADVISER])
    with pytest.raises(Invalid):
        perform(world.actor(Role.ADVISER), edit_moment, edit(moment, held_on=TODAY + timedelta(days=1)))


@pytest.mark.parametrize(
    ("was_on", "becomes", "expected"),
    [
        (date(2026, 11, 20), date(2026, 11, 10), date(2026, 11, 12)),
        (date(2026, 11, 20), date(2026, 11, 22), date(2026, 11, 22)),
        (date(2026, 10, 1), date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 10, 1), date(2026, 10, 2), date(2026, 11, 12)),
    ],
)
def test_the_last_contact_follows_a_corrected_day(
    world: World, was_on: date, becomes: date, expected: date
) -> None:
    actor, employer = world.actor(Role.ADVISER), world.employer_a
    perform(actor, log_visit, visit(employer, held_on=date(2026, 11, 12)))
    moment_id = perform(actor, log_visit, visit(employer, held_on=was_on))
    with reading(actor) as work:
        moment = work.get(ContactMoment, moment_id)
    perform(actor, edit_moment, edit(moment, held_on=becomes))
    assert last_contact(employer) == expected
