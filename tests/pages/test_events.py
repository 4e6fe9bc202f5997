"""Events on screen: planned, asked, answered, in rounds, with what came of it; and other parties."""

from __future__ import annotations

from crm.core.access import Role
from crm.core.records import key
from crm.core.work import reading
from crm.events import queries
from crm.events.rules import Answer, TalkState
from crm.network.queries import list_parties
from tests.candidates.factories import make_candidate
from tests.events.factories import asked, asked_candidate, hold_event, make_event
from tests.factories import World, make_employer
from tests.network.factories import make_member, make_party, make_tie, tie_to_employer
from tests.pages.walking import field, opened, press, text

NETWORK, EVENT, PARTY = "staff/network.py", "staff/event.py", "staff/party.py"


def test_an_event_is_planned_and_opens(lite_world: World) -> None:
    at = opened(lite_world, NETWORK, netwerk="Bijeenkomsten")
    assert "Nog geen bijeenkomsten." in text(at)
    press(at, "Bijeenkomst plannen")
    field(at, "text_input", "Titel").set_value("Speedmeet zorg")
    press(at, "Bewaren")
    assert at.title[0].value == "Speedmeet zorg"
    assert "Nog geen werkgever uitgenodigd." in text(at)


def test_answers_are_noted_and_rounds_are_made(lite_world: World) -> None:
    event = make_event(key(lite_world.region))
    employer = asked(event, lite_world.employer_a)
    candidate = asked_candidate(event, make_candidate(key(lite_world.region)))
    at = opened(lite_world, EVENT, id=key(event))
    at.selectbox(key=f"employers_{key(employer)}_invited").set_value(Answer.COMING)
    press(at, "Antwoorden bewaren")
    at.selectbox(key=f"candidates_{key(candidate)}_invited").set_value(Answer.COMING)
    next(one for one in at.button[::-1] if one.label == "Antwoorden bewaren").click().run()
    press(at, "Rondes maken")
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        (talk,) = queries.talks_at(unit, key(event))
    assert (talk.employer, talk.round_number) == ("De Linde Groen BV", 1)


def test_what_came_of_a_talk_is_noted(lite_world: World) -> None:
    event = hold_event(lite_world.employer_a, make_candidate(key(lite_world.region)))
    at = opened(lite_world, EVENT, id=key(event))
    field(at, "selectbox", "De Linde Groen BV", 1).set_value(TalkState.SELECTED)
    next(one for one in at.button if one.label == "Bewaren").click().run()
    with reading(lite_world.actor(Role.MANAGER)) as unit:
        found = queries.funnel_of(unit, key(event))
    assert (found.present, found.selected) == (1, 1)


def test_a_manager_sees_counts_and_no_candidate(lite_world: World) -> None:
    candidate = make_candidate(key(lite_world.region), reference="K-424242")
    event = hold_event(lite_world.employer_a, candidate)
    at = opened(lite_world, EVENT, Role.MANAGER, id=key(event))
    shown = text(at) + str([one.value for one in at.table])
    assert "1 gesprek" not in shown
    assert "De Linde Groen BV" in shown
    assert "K-424242" not in shown


def test_a_party_is_noted_with_a_talk(lite_world: World) -> None:
    at = opened(lite_world, NETWORK, netwerk="Partijen")
    press(at, "Partij toevoegen")
    field(at, "text_input", "Naam").set_value("Buurthuis De Brink")
    press(at, "Bewaren")
    assert at.title[0].value == "Buurthuis De Brink"
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        (row,) = list_parties(unit)
    at = opened(lite_world, PARTY, id=row.id)
    press(at, "Gesprek noteren")
    press(at, "Bewaren")
    assert "adviser een" in text(opened(lite_world, PARTY, id=row.id))


def test_a_tie_of_a_party_is_shown_at_both_ends_and_removed(lite_world: World) -> None:
    party = make_party(key(lite_world.region))
    tie_to_employer(party, lite_world.employer_a)
    at = opened(lite_world, PARTY, id=key(party))
    assert "Wijkhuis Zuid kent **De Linde Groen BV**" in text(at)
    employer = opened(lite_world, "staff/employer.py", id=key(lite_world.employer_a), tab="Netwerk")
    assert "De Linde Groen BV kent **Wijkhuis Zuid**" in text(employer)
    press(at, "Weghalen")
    assert "Nog geen relaties bekend." in text(at)


def test_doors_and_map_say_what_to_do_when_there_is_nothing(lite_world: World) -> None:
    assert "Nog niemand opent een deur." in text(opened(lite_world, NETWORK, netwerk="Deuren"))
    assert "Er is nog niets te tekenen." in text(opened(lite_world, NETWORK, netwerk="Kaart"))


def test_the_map_reaches_everybody_by_a_button(lite_world: World) -> None:
    other = make_employer(key(lite_world.region), "Bakkerij Oost")
    make_tie(lite_world.employer_a, other)
    at = opened(lite_world, NETWORK, netwerk="Kaart")
    assert "2 partijen met relaties" in text(at)
    names = {one.label for one in at.button}
    assert {"De Linde Groen BV", "Bakkerij Oost"} <= names


def test_what_came_of_who_brought_whom(lite_world: World) -> None:
    make_member(lite_world.employer_b, introduced_by_employer_id=key(lite_world.employer_a))
    at = opened(lite_world, NETWORK, netwerk="Wie bracht wie")
    assert "Wat kwam ervan" in "\n".join(one.value for one in at.subheader)
    assert "De Linde Groen BV (1)" in text(at)
