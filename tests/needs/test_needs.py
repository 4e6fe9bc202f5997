"""Needs are written down, reacted to in time, described as vacancies, and end with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crm.core.access import Role
from crm.core.errors import Conflict, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.needs.actions import (
    CloseNeed,
    EditNeed,
    NoteReaction,
    RaiseNeed,
    ReopenNeed,
    TakeBackReaction,
    WriteVacancy,
    close_need,
    edit_need,
    note_reaction,
    raise_need,
    reopen_need,
    take_back_reaction,
    write_vacancy,
)
from crm.needs.queries import (
    NeedFilter,
    NeedRow,
    need_row,
    needs_at,
    needs_from,
    needs_list,
    open_vacancies,
    vacancy_row,
    waiting_for,
)
from crm.needs.rules import ContractTerm, Licence, NeedKind, NeedUrgency, Outcome, Phase, Reaction
from crm.needs.vum import as_vum, flat
from tests.factories import TODAY, World, make_person, make_user
from tests.needs.factories import make_need, make_vacancy
from tests.visits.factories import make_moment

WAS_TODAY = date(2026, 11, 20)


def raised(world: World, **values: Any) -> NeedRow:
    values = {
        "employer_id": key(world.employer_a),
        "kind": NeedKind.TRAINING,
        "what": "Heftruckcertificaat voor vier mensen",
        **values,
    }
    actor = world.actor(Role.ADVISER)
    found = perform(actor, raise_need, RaiseNeed(**values))
    return stored(world, found)


def stored(world: World, need_id: int) -> NeedRow:
    with reading(world.actor(Role.ADVISER)) as work:
        return need_row(work, need_id)


def test_a_need_is_the_actors_and_waits_two_working_days(lite_world: World) -> None:
    need = raised(lite_world)
    assert (need.owner_id, need.raised_on) == (key(lite_world.users[Role.ADVISER]), TODAY)
    assert need.react_by == date(2026, 11, 26)
    assert need.clock(TODAY) is Reaction.WAITING


def test_an_urgent_one_waits_one(lite_world: World) -> None:
    need = raised(lite_world, urgency=NeedUrgency.URGENT, raised_on=WAS_TODAY)
    assert (need.react_by, need.clock(TODAY)) == (date(2026, 11, 23), Reaction.OVERDUE)


def test_the_clock_follows_the_urgency_until_somebody_reacted(lite_world: World) -> None:
    need = raised(lite_world)
    made = {"need_id": need.id, "kind": need.kind, "what": "Anders", "phase": Phase.PREPARING}
    actor = lite_world.actor(Role.ADVISER)
    owner = need.owner_id
    perform(actor, edit_need, EditNeed(**made, version=1, urgency=NeedUrgency.URGENT, owner_id=owner))
    assert (stored(lite_world, need.id).react_by, stored(lite_world, need.id).what) == (
        date(2026, 11, 25),
        "Anders",
    )
    perform(actor, note_reaction, NoteReaction(need_id=need.id, version=2))
    perform(actor, edit_need, EditNeed(**made, version=3, urgency=NeedUrgency.NORMAL, owner_id=owner))
    assert stored(lite_world, need.id).react_by == date(2026, 11, 25)


def test_a_reaction_stops_the_clock_once_and_can_be_taken_back(lite_world: World) -> None:
    actor, need = lite_world.actor(Role.ADVISER), raised(lite_world)
    version = perform(actor, note_reaction, NoteReaction(need_id=need.id, version=1))
    assert stored(lite_world, need.id).clock(TODAY) is Reaction.GIVEN
    with pytest.raises(Invalid):
        perform(actor, note_reaction, NoteReaction(need_id=need.id, version=version))
    perform(actor, take_back_reaction, TakeBackReaction(need_id=need.id, version=version))
    assert stored(lite_world, need.id).reacted_on is None


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 11, 25)])
def test_a_reaction_is_on_a_day_after_the_question_and_not_in_the_future(
    lite_world: World, day: date
) -> None:
    need = raised(lite_world)
    with pytest.raises(Invalid):
        perform(
            lite_world.actor(Role.ADVISER),
            note_reaction,
            NoteReaction(need_id=need.id, version=1, reacted_on=day),
        )


def test_who_ends_a_need_has_reacted_and_says_why_nothing_came_of_it(lite_world: World) -> None:
    actor, need = lite_world.actor(Role.ADVISER), raised(lite_world)
    with pytest.raises(Invalid):
        perform(actor, close_need, CloseNeed(need_id=need.id, version=1, outcome=Outcome.DROPPED))
    version = perform(
        actor,
        close_need,
        CloseNeed(need_id=need.id, version=1, outcome=Outcome.DROPPED, reason="Geen budget"),
    )
    ended = stored(lite_world, need.id)
    assert (ended.closed_on, ended.outcome, ended.reason) == (TODAY, Outcome.DROPPED, "Geen budget")
    assert ended.reacted_on == TODAY
    with pytest.raises(Invalid):
        perform(actor, note_reaction, NoteReaction(need_id=need.id, version=version))
    perform(actor, reopen_need, ReopenNeed(need_id=need.id, version=version))
    assert stored(lite_world, need.id).closed_on is None


def test_a_need_of_somebody_else_is_changed_on_the_version_that_was_read(lite_world: World) -> None:
    need = raised(lite_world)
    perform(lite_world.actor(Role.ACCOUNT_MANAGER), note_reaction, NoteReaction(need_id=need.id, version=1))
    with pytest.raises(Conflict):
        perform(
            lite_world.actor(Role.ADVISER),
            close_need,
            CloseNeed(need_id=need.id, version=1, outcome=Outcome.MET),
        )


def test_what_cannot_be_is_refused(lite_world: World) -> None:
    stranger = make_user(Role.ADVISER, "Uit een andere regio")
    moment = make_moment(lite_world.employer_b, lite_world.users[Role.ADVISER])
    for wrong in ({"raised_on": date(2026, 12, 1)}, {"owner_id": key(stranger)}, {"what": "BSN 123456782"}):
        with pytest.raises(Invalid):
            raised(lite_world, **wrong)
    for foreign in ({"employer_id": 999}, {"moment_id": key(moment)}):
        with pytest.raises(NotFound):
            raised(lite_world, **foreign)


def test_lists_put_whoever_waits_longest_in_front(lite_world: World) -> None:
    ours, adviser = lite_world.employer_a, lite_world.users[Role.ADVISER]
    moment = make_moment(ours, adviser)
    late = make_need(ours, adviser, WAS_TODAY, moment_id=key(moment))
    done = make_need(ours, adviser, WAS_TODAY, reacted_on=TODAY, kind=NeedKind.EVENT)
    later = make_need(ours, lite_world.users[Role.ACCOUNT_MANAGER], date(2026, 12, 9))
    ended = make_need(ours, adviser, closed_on=TODAY, outcome=Outcome.MET)
    with reading(lite_world.actor(Role.ADVISER)) as work:
        everything = needs_list(work, NeedFilter())
        assert [row.id for row in everything.rows] == [key(late), key(later), key(done)]
        assert everything.total == 3
        mine = needs_list(work, NeedFilter(owner_id=key(adviser), kind=NeedKind.EVENT))
        assert [row.id for row in mine.rows] == [key(done)]
        assert [row.id for row in needs_list(work, NeedFilter(closed=True)).rows] == [key(ended)]
        assert [row.id for row in waiting_for(work, key(adviser), TODAY)] == [key(late)]
        assert [row.id for row in needs_at(work, key(ours))][-1] == key(ended)
        assert [row.id for row in needs_from(work, key(moment))] == [key(late)]


def written(world: World, need_id: int, **values: Any) -> int:
    values = {"title": "Magazijnmedewerker", "hours_least": 24, "hours_most": 32, **values}
    return perform(world.actor(Role.ADVISER), write_vacancy, WriteVacancy(need_id=need_id, **values))


def test_a_vacancy_reads_in_the_names_and_codes_of_vum(lite_world: World) -> None:
    person = make_person(lite_world.employer_a, "J. de Wit", email="wit@example.nl")
    need = make_need(lite_world.employer_a, lite_world.users[Role.ADVISER])
    written(
        lite_world,
        key(need),
        contract_term=ContractTerm.FIXED,
        closes_on=date(2026, 12, 15),
        licences=(Licence.B,),
        skills="heftruck, Nederlands lezen",
        contact_person_id=key(person),
        open_to_carving=True,
    )
    with reading(lite_world.actor(Role.ADVISER)) as work:
        found = vacancy_row(work, key(need))
        assert [one.vacancy.id for one in open_vacancies(work, key(lite_world.region))] == [1]
    assert found is not None
    told = as_vum(found)
    assert told["naamVacature"] == "Magazijnmedewerker"
    assert told["sluitingsDatumVacature"] == "2026-12-15"
    assert told["contractvorm"] == [{"codeTypeArbeidscontract": "B", "codeTypeOvereenkomst": "01"}]
    assert told["codeWerkEnDenkniveauMinimaal"] == "7"
    assert told["werktijden"] == {"aantalWerkurenPerWeekMinimaal": 24, "aantalWerkurenPerWeekMaximaal": 32}
    assert told["rijbewijs"] == [{"codeSoortRijbewijs": "B"}]
    assert told["werkgever"]["contactpersoon"][0]["naamContactpersoonAfdeling"] == "J. de Wit"
    assert told["openVoorJobcarving"] is True
    assert "flexibiliteit" not in told
    row = flat(found)
    assert row["vakvaardigheid.omschrijving"] == "heftruck | Nederlands lezen"
    assert row["werktijden.aantalWerkurenPerWeekMinimaal"] == "24"
    assert row["openVoorJobcarving"] == "ja"


def test_a_described_vacancy_is_put_right_on_its_own_version(lite_world: World) -> None:
    need = key(make_need(lite_world.employer_a, lite_world.users[Role.ADVISER]))
    first = written(lite_world, need)
    with pytest.raises(Conflict):
        written(lite_world, need, title="Een tweede venster")
    assert written(lite_world, need, version=1, title="Orderpicker") == first
    with reading(lite_world.actor(Role.ADVISER)) as work:
        found = vacancy_row(work, need)
    assert found is not None
    assert found.vacancy.title == "Orderpicker"


def test_a_vacancy_belongs_to_a_need_for_one_and_asks_possible_hours(lite_world: World) -> None:
    training = make_need(lite_world.employer_a, lite_world.users[Role.ADVISER], kind=NeedKind.TRAINING)
    vacancy = make_need(lite_world.employer_a, lite_world.users[Role.ADVISER])
    stranger = make_person(lite_world.employer_b)
    for fault, need, values in (
        (NotFound, training, {}),
        (NotFound, vacancy, {"contact_person_id": key(stranger)}),
        (Invalid, vacancy, {"hours_least": 40}),
        (Invalid, vacancy, {"hours_most": 61}),
    ):
        with pytest.raises(fault):
            written(lite_world, key(need), **values)


def test_a_vacancy_stays_one(lite_world: World) -> None:
    need = make_need(lite_world.employer_a, lite_world.users[Role.ADVISER])
    with pytest.raises(Invalid):
        perform(
            lite_world.actor(Role.ADVISER),
            edit_need,
            EditNeed(
                need_id=key(need),
                version=1,
                kind=NeedKind.EVENT,
                what="x",
                urgency=NeedUrgency.NORMAL,
                phase=Phase.WEIGHING,
                owner_id=need.owner_id,
            ),
        )


def test_a_vacancy_of_an_ended_need_is_not_handed_on(lite_world: World) -> None:
    adviser = lite_world.users[Role.ADVISER]
    make_vacancy(make_need(lite_world.employer_a, adviser, closed_on=TODAY, outcome=Outcome.MET))
    with reading(lite_world.actor(Role.ADVISER)) as work:
        assert open_vacancies(work, key(lite_world.region)) == []
        with pytest.raises(NotFound):
            vacancy_row(work, 999)
