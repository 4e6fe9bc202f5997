"""Tenders on the register: taken in, found with the filter, awarded, withdrawn."""

from __future__ import annotations

from datetime import timedelta

from streamlit.testing.v1 import AppTest

from crm.core.access import Role
from crm.core.records import key
from crm.sroi.records import TenderIntake
from crm.sroi.rules.tendering import IntakeState
from crm.ui.registry import PAGES_DIR
from tests.counting import MOST_ON_A_PAGE, statements
from tests.factories import TODAY, World
from tests.pages.test_all_pages import visit, words
from tests.sroi.factories import assign, stored
from tests.sroi.test_tenders import award, take_in

PAGE = str(PAGES_DIR / "staff/contracts.py")


def opened(world: World, role: Role = Role.SROI_OFFICER, **params: object) -> AppTest:
    at = visit("crm/ui/main.py", world, role).run()
    at.switch_page(PAGE)
    for name, value in params.items():
        at.query_params[name] = str(value)
    with statements() as asked:
        at.run()
    assert len(asked) <= MOST_ON_A_PAGE
    assert [fault.value for fault in [*at.exception, *at.error]] == []
    return at


def field(at: AppTest, label: str) -> object:
    return next(
        one for kind in (at.text_input, at.selectbox, at.date_input) for one in kind if one.label == label
    )


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return at.run()


def test_the_list_shows_tenders_before_their_award(lite_world: World) -> None:
    take_in(lite_world)
    award(lite_world, take_in(lite_world, title="Al gegund"))
    shown = words(opened(lite_world, beeld="Aanbestedingen"))
    assert "Onderhoud sportvelden" in shown
    assert "Al gegund" not in shown


def test_a_tender_whose_day_of_award_has_passed_says_so_with_its_owner(lite_world: World) -> None:
    take_in(lite_world, title="Te laat", award_on=TODAY - timedelta(days=1))
    take_in(lite_world, title="Vandaag", award_on=TODAY)
    late, today = opened(lite_world, beeld="Aanbestedingen").table[0].value.to_numpy().tolist()
    assert "de dag van gunning is voorbij" in late[0]
    assert "vóór de gunning" in today[0]
    owner = lite_world.users[Role.SROI_OFFICER].name
    assert late[1].replace("\\", "") == f"{lite_world.authority.name} · {owner}"


def test_the_filter_shows_what_was_awarded_and_all(lite_world: World) -> None:
    take_in(lite_world)
    award(lite_world, take_in(lite_world, title="Al gegund"))
    at = opened(lite_world, beeld="Aanbestedingen")
    state = next(box for box in at.selectbox if box.label == "Stand")
    state.select_index(1).run()
    assert ("Al gegund" in words(at), "Onderhoud sportvelden" in words(at)) == (True, False)
    next(box for box in at.selectbox if box.label == "Stand").select_index(3).run()
    assert ("Al gegund" in words(at), "Onderhoud sportvelden" in words(at)) == (True, True)


def test_an_empty_list_says_what_to_do(lite_world: World) -> None:
    at = opened(lite_world, beeld="Aanbestedingen")
    assert "Leg er een vast" in at.info[0].value


def test_a_tender_is_shown_with_what_would_follow(lite_world: World) -> None:
    intake_id = take_in(lite_world)
    at = opened(lite_world, tender=intake_id)
    assert "Onderhoud sportvelden" in at.title[0].value
    shown = words(at)
    for told in ("Beste prijs-kwaliteitverhouding", "10 % van de punten", "€ 800.000", "40.000"):
        assert told in shown.replace("\\", "")


def test_a_manager_reads_and_changes_nothing(lite_world: World) -> None:
    at = opened(lite_world, Role.MANAGER, tender=take_in(lite_world))
    assert not [button for button in at.button if button.label == "Aanbesteding intrekken"]


def test_a_tender_is_taken_in_on_screen(lite_world: World) -> None:
    assign(lite_world)
    at = opened(lite_world, tender="new")
    next(box for box in at.selectbox if box.label == "Opdrachtgever").select(key(lite_world.authority))
    for label, typed in (("Titel", "Schoonmaak"), ("Raming excl. btw", "500.000")):
        field(at, label).input(typed)  # type: ignore[attr-defined]
    for label, day in (
        ("Gunning verwacht", "2027-01-10"),
        ("Begint op", "2027-02-01"),
        ("Eindigt op", "2028-01-31"),
    ):
        from datetime import date

        field(at, label).set_value(date.fromisoformat(day))  # type: ignore[attr-defined]
    press(at, "Aanbesteding vastleggen")
    assert [fault.value for fault in [*at.exception, *at.error]] == []
    found = stored(TenderIntake, 1)
    # € 500.000 × 5 %.
    assert (found.title, found.expected_cents) == ("Schoonmaak", 2_500_000)


def test_a_tender_is_withdrawn_on_screen(lite_world: World) -> None:
    intake_id = take_in(lite_world)
    at = opened(lite_world, tender=intake_id)
    next(box for box in at.text_input if box.label == "Waarom?").input("Geen inschrijvingen")
    press(at, "Aanbesteding intrekken")
    assert stored(TenderIntake, intake_id).state is IntakeState.WITHDRAWN
    assert "Geen inschrijvingen" in words(opened(lite_world, tender=intake_id))


def test_a_tender_that_is_not_yours_is_not_found(lite_world: World) -> None:
    at = visit("crm/ui/main.py", lite_world, Role.SROI_OFFICER).run()
    at.switch_page(PAGE)
    at.query_params["tender"] = "99"
    at.run()
    assert "niet gevonden" in at.error[0].value
