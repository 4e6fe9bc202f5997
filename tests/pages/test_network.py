"""The network: the list of members, who brought whom, and an employer's own network."""

from __future__ import annotations

from datetime import date

from streamlit.testing.v1 import AppTest

from crm.core.access import Role
from crm.core.records import key
from crm.core.work import reading
from crm.network import queries
from crm.network.rules import Motive, TieKind
from tests.employers.factories import make_colleague
from tests.factories import TODAY, World, make_employer, make_person
from tests.network.factories import make_member, make_tie, spoke_with
from tests.pages.walking import field, labels, opened, press, text
from tests.visits.factories import make_moment

NETWORK, EMPLOYER = "staff/network.py", "staff/employer.py"


def network_of(world: World, role: Role = Role.ADVISER) -> AppTest:
    return opened(world, EMPLOYER, role, id=key(world.employer_a), tab="Netwerk")


def test_an_empty_network_says_what_to_do(lite_world: World) -> None:
    at = opened(lite_world, NETWORK)
    assert "Het netwerk heeft nog geen leden. Voeg het eerste lid toe." in text(at)
    assert "Het netwerk heeft nog geen leden." in text(opened(lite_world, NETWORK, Role.MANAGER))


def test_members_with_their_motive_and_through_whom(lite_world: World) -> None:
    fresh = make_employer(key(lite_world.region), "Actief BV", last_contact_on=TODAY, city="Zundert")
    make_member(fresh, introduced_by_employer_id=key(lite_world.employer_a), joined_on=date(2026, 3, 1))
    make_member(make_employer(key(lite_world.region), "Stil BV", city="Rucphen"))
    at = opened(lite_world, NETWORK)
    assert "2 leden" in text(at)
    assert "Zundert · zoekt personeel · sinds 1 mrt 2026 · via De Linde Groen BV" in text(at)
    at.button_group(key="leden").set_value(["dormant"]).run()
    assert "1 lid" in text(at)
    assert "Zundert" not in text(at)
    at.selectbox(key="motief").set_value(Motive.SOCIAL_PRACTICE).run()
    assert "Geen lid past hierbij" in text(at)


def test_who_brought_whom(lite_world: World) -> None:
    make_member(lite_world.employer_b, introduced_by_employer_id=key(lite_world.employer_a))
    at = opened(lite_world, NETWORK, netwerk="Wie bracht wie")
    assert "**De Linde Groen BV** bracht Van Dam Logistiek BV (1 jan 2025)." in text(at)


def test_a_member_is_added_from_the_list(lite_world: World) -> None:
    at = opened(lite_world, NETWORK)
    press(at, "Lid toevoegen")
    field(at, "text_input", "Welke werkgever?").set_value("linde").run()
    press(at, "Bewaren")
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        found = queries.membership_of(unit, key(lite_world.employer_a))
    assert found is not None
    assert (found.joined_on, found.introducing_employer, found.introducing_user) == (TODAY, None, None)


def test_a_manager_looks_and_changes_nothing(lite_world: World) -> None:
    make_member(lite_world.employer_a)
    make_tie(lite_world.employer_a, lite_world.employer_b)
    assert "Lid toevoegen" not in labels(opened(lite_world, NETWORK, Role.MANAGER))
    at = network_of(lite_world, Role.MANAGER)
    assert "De Linde Groen BV levert aan **Van Dam Logistiek BV**" in text(at)
    assert not {"Weghalen", "Relatie toevoegen", "Lid maken", "Is gestopt als lid"} & set(labels(at))


def test_who_can_introduce_me_in_one_sentence(lite_world: World) -> None:
    noor = make_colleague(lite_world, "Noor")
    person = make_person(lite_world.employer_b, "J. de Wit")
    spoke_with(person, noor, date(2026, 11, 1))
    make_tie(lite_world.employer_b, lite_world.employer_a)
    at = network_of(lite_world)
    assert not at.exception
    sentence = "**Noor** kent **J\\. de Wit** (Van Dam Logistiek BV), die levert aan De Linde Groen BV."
    assert sentence in text(at)


def test_who_knows_them_directly_comes_first_and_i_am_you(lite_world: World) -> None:
    noor = make_colleague(lite_world, "Noor")
    here, there = make_person(lite_world.employer_a, "P. Bos"), make_person(lite_world.employer_b, "A. Vos")
    spoke_with(there, noor)
    make_moment(lite_world.employer_a, lite_world.users[Role.ADVISER], date(2025, 1, 10), (here,))
    make_tie(lite_world.employer_b, lite_world.employer_a, TieKind.SAME_CONCERN)
    shown = text(network_of(lite_world))
    mine = "U kent **P\\. Bos** zelf; u sprak elkaar het laatst op 10 jan 2025."
    assert shown.index(mine) < shown.index("**Noor** kent **A\\. Vos**")


def test_without_a_way_in_it_says_what_would_help(lite_world: World) -> None:
    at = network_of(lite_world)
    assert "We weten nog geen ingang" in text(at)
    assert "Geen lid van het netwerk." in text(at)


def test_an_employer_joins_changes_and_leaves(lite_world: World) -> None:
    def now() -> queries.MembershipView:
        with reading(lite_world.actor(Role.ADVISER)) as unit:
            found = queries.membership_of(unit, key(lite_world.employer_a))
        assert found is not None
        return found

    at = network_of(lite_world)
    press(at, "Lid maken")
    field(at, "button_group", "Aangedragen door").set_value("colleague").run()
    press(at, "Bewaren")
    assert now().introducing_user == "adviser een"
    at = network_of(lite_world)
    press(at, "Lidmaatschap wijzigen")
    field(at, "selectbox", "Waarom ze lid worden").set_value(Motive.SOCIAL_PRACTICE).run()
    press(at, "Bewaren")
    assert (now().motive, now().introducing_user) == (Motive.SOCIAL_PRACTICE, "adviser een")
    at = network_of(lite_world)
    press(at, "Is gestopt als lid")
    press(at, "Bewaren")
    assert now().left_on == TODAY
    assert "Was lid tot 24 nov 2026." in text(network_of(lite_world))


def test_a_tie_is_told_and_removed(lite_world: World) -> None:
    at = network_of(lite_world)
    press(at, "Relatie toevoegen")
    press(at, "Bewaren")
    assert "Zoek de andere werkgever en kies die." in at.error[0].value
    press(at, "Relatie toevoegen")
    field(at, "text_input", "Andere werkgever").set_value("van dam").run()
    field(at, "selectbox", "Relatie").set_value(TieKind.NEIGHBOUR).run()
    press(at, "Bewaren")
    at = network_of(lite_world)
    assert "De Linde Groen BV is buur van **Van Dam Logistiek BV**" in text(at)
    press(at, "Weghalen")
    assert "is buur van" not in text(network_of(lite_world))
