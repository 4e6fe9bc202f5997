"""Searching for anything, and walking on from a record to the next one of its list."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from crm.core.access import Role
from crm.core.records import key
from crm.core.work import perform, reading
from crm.employers.actions.bulk import ChangeMany, change_many
from crm.employers.rules import Segment
from crm.employers.rules_bulk import BulkKind
from crm.finding.actions import (
    ChooseDefaultView,
    SaveView,
    choose_default_view,
    save_view,
)
from crm.finding.queries import views_of
from crm.finding.rules import OtherScreen, Screen
from crm.network.rules import PartyKind
from crm.sroi.records import Contract
from crm.sroi.rules.bulk import ContractBulkKind
from crm.ui.registry import PAGES_DIR
from tests.factories import World, make_employer, make_person
from tests.network.factories import make_member, make_party
from tests.pages.test_all_pages import visit, words
from tests.sroi.factories import assign, make_contract


def opened(world: World, role: Role, file: str, **params: object) -> AppTest:
    at = visit("crm/ui/main.py", world, role).run()
    for name, value in params.items():
        at.query_params[name] = str(value)
    return at.switch_page(str(PAGES_DIR / file)).run()


def test_a_search_finds_as_somebody_types_and_keeps_names_out_of_the_address(lite_world: World) -> None:
    make_person(lite_world.employer_a, "Petronella Zwaluw")
    at = opened(lite_world, Role.ADVISER, "staff/search.py")
    assert "Typ minstens drie letters of cijfers." in words(at)
    at.text_input(key="find_text").set_value("zwalluw").run()
    assert [part.value for part in at.subheader] == ["Mensen bij werkgevers"]
    assert dict(at.query_params) == {}
    at.text_input(key="find_text").set_value("kievit").run()
    assert "Er is niets gevonden" in words(at)


def test_the_way_to_the_search_is_on_every_page_of_the_staff_and_not_in_the_portal(lite_world: World) -> None:
    at = opened(lite_world, Role.PARTNER, "staff/employers.py")
    at.button(key="to_search").click().run()
    assert at.title[0].value == "Zoeken"
    portal = visit("crm/ui/main.py", lite_world, Role.EMPLOYER).run()
    assert not [button for button in portal.button if button.key == "to_search"]


def test_from_an_employer_to_the_next_one_of_the_list(lite_world: World) -> None:
    ids = [key(make_employer(key(lite_world.region), f"Zwaluw {number}")) for number in (1, 2, 3)]
    at = opened(lite_world, Role.ADVISER, "staff/employer.py", id=ids[0], lijst="text=zwaluw", tab="Mensen")
    assert at.button(key="walk_before").disabled
    assert "1 van 3" in words(at)
    at.button(key="walk_after").click().run()
    assert at.title[0].value == "Zwaluw 2"
    assert dict(at.query_params) == {"id": str(ids[1]), "lijst": "text=zwaluw", "tab": "Mensen"}
    at.button(key="walk_after").click().run()
    assert "3 van 3" in words(at)
    assert at.button(key="walk_after").disabled


def test_an_address_that_tells_no_list_or_another_one_shows_no_way_on(lite_world: World) -> None:
    ours = key(lite_world.employer_a)
    for told in ({}, {"lijst": "text=nergens"}):
        at = opened(lite_world, Role.ADVISER, "staff/employer.py", id=ours, **told)
        assert not [button for button in at.button if button.key == "walk_after"]


def test_from_a_contract_to_the_one_before_it(lite_world: World) -> None:
    assign(lite_world)
    make_contract(lite_world, title="Asfalt")
    second = key(make_contract(lite_world, title="Bomen"))
    at = opened(lite_world, Role.SROI_OFFICER, "staff/contract.py", id=second, lijst="order=title")
    at.button(key="walk_before").click().run()
    assert at.title[0].value == "Asfalt"


def test_a_list_opens_with_the_view_somebody_chose_and_not_over_what_the_address_asks(
    lite_world: World,
) -> None:
    actor = lite_world.actor(Role.ADVISER)
    command = SaveView(screen=Screen.EMPLOYERS, name="Key", chosen={"segment": "key", "label": "weg"})
    view = perform(actor, save_view, command)
    perform(actor, choose_default_view, ChooseDefaultView(screen=Screen.EMPLOYERS, view_id=view))
    at = opened(lite_world, Role.ADVISER, "staff/employers.py")
    assert at.selectbox(key="segment").value is Segment.KEY
    assert at.selectbox(key="label").value is None
    at = opened(lite_world, Role.ADVISER, "staff/employers.py", zoek="linde")
    assert at.selectbox(key="segment").value is None
    at.button(key=f"view_open_{view}").click().run()
    assert at.selectbox(key="segment").value is Segment.KEY
    assert at.text_input(key="zoek").value == ""


def test_many_employers_get_a_segment_and_it_is_undone(lite_world: World) -> None:
    at = opened(lite_world, Role.ADVISER, "staff/employers.py")
    at.button(key="bulk_open").click().run()
    at.segmented_control(key="bulk_kind").set_value(BulkKind.SEGMENT).run()
    next(box for box in at.selectbox if box.label == "Wordt").set_value(Segment.KEY).run()
    at.button(key="bulk_do").click().run()
    assert "U hebt 2 werkgevers tegelijk gewijzigd: segment." in words(at)
    make_bulk = ChangeMany(kind=BulkKind.SEGMENT, value="local", employer_ids=(key(lite_world.employer_a),))
    perform(lite_world.actor(Role.ACCOUNT_MANAGER), change_many, make_bulk)
    at.button(key="bulk_undo_button").click().run()
    assert "Intussen gewijzigd, dus zo gelaten: De Linde Groen BV." in words(at).replace("\\", "")
    assert not [button for button in at.button if button.key == "bulk_undo_button"]


def test_every_list_keeps_its_choices_in_a_view_and_leads_from_record_to_record(lite_world: World) -> None:
    here = key(lite_world.region)
    ids = [key(make_party(here, name, kind=PartyKind.SCHOOL)) for name in ("Curio", "Da Vinci")]
    make_party(here, "Buurthuis", kind=PartyKind.NEIGHBOURHOOD)
    at = opened(lite_world, Role.ADVISER, "staff/network.py", netwerk="Partijen", partij="school")
    assert "Buurthuis" not in words(at)
    next(box for box in at.text_input if box.label == "Bewaar wat ik nu zie als").set_value("Scholen")
    next(button for button in at.button if button.label == "Bewaar deze weergave").click().run()
    at = opened(lite_world, Role.ADVISER, "staff/network.py", netwerk="Partijen")
    assert "Buurthuis" in words(at)
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        [view] = views_of(unit, OtherScreen.PARTIES)
    at.button(key=f"view_open_{view.id}").click().run()
    assert "Buurthuis" not in words(at)
    at = opened(lite_world, Role.ADVISER, "staff/party.py", id=ids[0], lijst="kind=school")
    assert "1 van 2" in words(at)
    at.button(key="walk_after").click().run()
    assert at.title[0].value == "Da Vinci"


def test_from_a_member_to_the_next_member_and_not_to_the_next_employer(lite_world: World) -> None:
    ours = key(lite_world.employer_a)
    make_member(lite_world.employer_a)
    at = opened(lite_world, Role.ADVISER, "staff/employer.py", id=ours, lijst="alles", uit="members")
    assert "1 van 1" in words(at)
    at = opened(lite_world, Role.ADVISER, "staff/employer.py", id=ours, lijst="alles")
    assert "1 van 2" in words(at)


def test_many_contracts_get_an_officer_and_it_is_undone(lite_world: World) -> None:
    assign(lite_world)
    first = key(make_contract(lite_world, title="Asfalt"))
    make_contract(lite_world, title="Bomen")
    officer = lite_world.users[Role.SROI_OFFICER]
    at = opened(lite_world, Role.SROI_OFFICER, "staff/contracts.py")
    at.button(key="bulk_open").click().run()
    at.segmented_control(key="bulk_kind").set_value(ContractBulkKind.OWNER).run()
    next(box for box in at.selectbox if box.label == "Wordt").set_value(str(key(officer))).run()
    at.button(key="bulk_do").click().run()
    assert "Je hebt 2 contracten tegelijk gewijzigd: behandelaar." in words(at)
    with reading(lite_world.actor(Role.SROI_OFFICER)) as unit:
        assert unit.get(Contract, first).officer_id == key(officer)
    at.button(key="bulk_undo_button").click().run()
    with reading(lite_world.actor(Role.SROI_OFFICER)) as unit:
        assert unit.get(Contract, first).officer_id is None
