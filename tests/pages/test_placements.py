"""The screens of placements: the list, booking one, its hours, its end, and counting it on a contract."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm.candidates.records import Candidate
from crm.candidates.rules import TargetGroup
from crm.core.access import Role, system
from crm.core.audit import AuditEntry
from crm.core.records import key
from crm.core.work import perform, reading
from crm.placements.actions import ChangeHours, change_hours
from crm.placements.actions.aftercare import NoteAftercare, note_aftercare
from crm.placements.queries import PlacementRow, hours_history, placement_row, placements_of_employer
from crm.placements.records import Placement
from crm.placements.records_aftercare import AftercareTalk
from crm.placements.rules import ContractForm, EndReason, HoursFrom
from crm.sroi.records import Effort
from tests.candidates.factories import make_candidate
from tests.factories import TODAY, World
from tests.jobcarving.factories import make_case, make_package, make_task
from tests.pages.walking import field, labels, opened, press, text
from tests.placements.factories import make_hours, make_placement
from tests.sroi.factories import make_contract

LIST, ONE = "staff/placements.py", "staff/placement.py"


def placed(world: World, **values: Any) -> Placement:
    candidate = make_candidate(
        key(world.region), reference="K-2041", profile="Heftruck", available_hours=Decimal(28)
    )
    return make_placement(world.employer_a, world.users[Role.ADVISER], candidate, **values)


def row(world: World, placement: Placement) -> PlacementRow:
    with reading(world.actor(Role.ADVISER)) as work:
        return placement_row(work, key(placement))


def everything(kind: type[Any]) -> list[Any]:
    with reading(system("test")) as work:
        return list(work.session.exec(select(kind)))


def test_the_list_shows_who_works_where_for_how_long(lite_world: World) -> None:
    placed(lite_world, planned_end_on=date(2027, 8, 31))
    at = opened(lite_world, LIST)
    assert not at.exception
    assert "De Linde Groen BV · Participatiewet · 1 sep 2026 – 31 aug 2027" in text(at)
    assert "24 uur" in text(at)
    assert "aan het werk" in text(at)


def test_a_placement_without_an_end_says_from_when(lite_world: World) -> None:
    make_placement(lite_world.employer_a, lite_world.users[Role.ADVISER], planned_end_on=None)
    assert "vanaf 1 sep 2026" in text(opened(lite_world, LIST))


def test_the_list_narrows_and_says_so_when_nothing_fits(lite_world: World) -> None:
    placed(lite_world)
    at = opened(lite_world, LIST)
    at.text_input(key="werkgever").set_value("van dam").run()
    assert "Geen plaatsing past hierbij" in text(at)
    at.text_input(key="werkgever").set_value("linde").run()
    at.selectbox(key="doelgroep").set_value(TargetGroup.SHELTERED).run()
    assert "Geen plaatsing past hierbij" in text(at)
    at.selectbox(key="doelgroep").set_value(None).run()
    assert "1 plaatsing" in text(at)


def test_a_planned_end_that_passed_asks_for_attention(lite_world: World) -> None:
    placement = placed(lite_world, planned_end_on=date(2026, 11, 1))
    assert "geplande einde voorbij" in text(opened(lite_world, LIST))
    assert "Leg het einde vast" in text(opened(lite_world, ONE, id=key(placement)))


@pytest.mark.parametrize(
    ("role", "says"),
    [(Role.ADVISER, "Boek er een"), (Role.MANAGER, "Er zijn hier nog geen plaatsingen voor u")],
)
def test_an_empty_list_says_what_to_do(lite_world: World, role: Role, says: str) -> None:
    at = opened(lite_world, LIST, role)
    assert says in text(at)
    assert ("Plaatsing boeken" in labels(at)) is (role is Role.ADVISER)


def test_a_manager_and_a_partner_see_a_group_and_no_reference(lite_world: World) -> None:
    placement = placed(lite_world)
    for role in (Role.MANAGER, Role.PARTNER):
        for at in (opened(lite_world, LIST, role), opened(lite_world, ONE, role, id=key(placement))):
            assert not at.exception
            assert "K-2041" not in text(at)
            assert "Participatiewet" in text(at)
            assert "Profiel bekijken" not in labels(at)


def test_a_known_candidate_is_booked_with_the_group_filled_in(lite_world: World) -> None:
    candidate = make_candidate(key(lite_world.region), reference="K-2041", group=TargetGroup.JOBS_AGREEMENT)
    at = opened(lite_world, LIST, Role.ACCOUNT_MANAGER, new=1, employer=key(lite_world.employer_a))
    press(at, "Plaatsing boeken")
    assert "Kies eerst de kandidaat" in text(at)
    field(at, "text_input", "Nummer van de kandidaat").set_value("2041").run()
    assert field(at, "selectbox", "Groep").value is TargetGroup.JOBS_AGREEMENT
    field(at, "text_input", "Functie").set_value("Keukenhulp")
    field(at, "text_input", "Uren per week").set_value("17,5").run()
    press(at, "Plaatsing boeken")
    assert at.title[0].value == "K\\-2041 · Keukenhulp"
    with reading(lite_world.actor(Role.ADVISER)) as work:
        (found,) = placements_of_employer(work, key(lite_world.employer_a))
    assert (found.candidate_id, found.group, found.hours, found.started_on) == (
        candidate.id,
        TargetGroup.JOBS_AGREEMENT,
        Decimal("17.5"),
        TODAY,
    )


def test_a_new_candidate_is_made_with_the_placement_and_never_with_a_name(lite_world: World) -> None:
    at = opened(lite_world, LIST, new=1, employer=key(lite_world.employer_a))
    at.segmented_control[0].set_value("new").run()
    field(at, "text_area", "Wat iemand kan en wil").set_value("Bel 06 12345678").run()
    field(at, "text_input", "Functie").set_value("Keukenhulp").run()
    press(at, "Plaatsing boeken")
    assert "telefoonnummer" in text(at)
    field(at, "text_area", "Wat iemand kan en wil").set_value("Heftruck").run()
    press(at, "Plaatsing boeken")
    assert "Groep: " in text(at)
    assert everything(Candidate) == []
    field(at, "selectbox", "Groep").set_value(TargetGroup.SHELTERED).run()
    press(at, "Plaatsing boeken")
    (candidate,) = everything(Candidate)
    assert (candidate.profile, candidate.group) == ("Heftruck", TargetGroup.SHELTERED)


def test_a_carved_job_that_is_asked_for_stands_ready(lite_world: World) -> None:
    case = make_case(lite_world.employer_a, lite_world.users[Role.ADVISER])
    package = make_package(case, "Spoelhulp", opened_on=TODAY)
    make_task(case, "13.5", package_id=key(package))
    make_candidate(key(lite_world.region), reference="K-2041")
    at = opened(lite_world, LIST, new=1, employer=key(lite_world.employer_a), package=key(package))
    assert field(at, "text_input", "Uren per week").value == "13,5"
    field(at, "text_input", "Nummer van de kandidaat").set_value("2041").run()
    press(at, "Plaatsing boeken")
    assert at.title[0].value == "K\\-2041 · Spoelhulp"
    (placement,) = everything(Placement)
    assert placement.package_id == package.id
    assert row(lite_world, placement).hours == Decimal("13.5")


def test_each_carved_job_proposes_its_own_hours(lite_world: World) -> None:
    case = make_case(lite_world.employer_a, lite_world.users[Role.ADVISER])
    washing, rinsing = (make_package(case, name, opened_on=TODAY) for name in ("Afwashulp", "Spoelhulp"))
    make_task(case, "8", package_id=key(washing))
    make_task(case, "13.5", package_id=key(rinsing))
    at = opened(lite_world, LIST, new=1, employer=key(lite_world.employer_a))
    assert field(at, "text_input", "Uren per week").value == "24"
    for package, proposed in ((washing, "8"), (rinsing, "13,5")):
        jobs = next(one for one in at.get("pills") if one.label.startswith("Gecreëerde functie"))
        jobs.set_value(key(package)).run()
        assert field(at, "text_input", "Uren per week").value == proposed


def test_who_may_not_register_candidates_chooses_a_known_one(lite_world: World) -> None:
    at = opened(lite_world, LIST, Role.ACCOUNT_MANAGER, new=1, employer=key(lite_world.employer_a))
    assert len(at.segmented_control) == 0
    assert "vraag een adviseur" in text(at)


def test_who_may_register_candidates_is_led_there_from_an_unknown_number(lite_world: World) -> None:
    at = opened(lite_world, LIST, new=1, employer=key(lite_world.employer_a))
    field(at, "text_input", "Nummer van de kandidaat").set_value("K-9999").run()
    assert "vraag een adviseur" not in text(at)
    press(at, "Nieuwe kandidaat inschrijven")
    assert field(at, "text_area", "Wat iemand kan en wil").value == ""


def test_a_citizen_service_number_is_refused_where_a_candidate_is_looked_up(lite_world: World) -> None:
    at = opened(lite_world, LIST, new=1, employer=key(lite_world.employer_a))
    field(at, "text_input", "Nummer van de kandidaat").set_value("111222333").run()
    assert "burgerservicenummer" in at.error[0].value
    assert "Nieuwe kandidaat inschrijven" not in labels(at)


def test_hours_change_from_a_day_and_a_mistake_is_taken_away(lite_world: World) -> None:
    placement = placed(lite_world)
    at = opened(lite_world, ONE, id=key(placement))
    field(at, "date_input", "Vanaf").set_value(date(2026, 10, 1))
    field(at, "text_input", "Uren per week").set_value("16,5")
    press(at, "Bewaren")
    [one for one in at.button if one.label == "Bewaren"][-1].click().run()
    field(at, "date_input", "Vanaf").set_value(date(2026, 10, 1))
    field(at, "text_input", "Uren per week").set_value("16,5")
    [one for one in at.button if one.label == "Bewaren"][-1].click().run()
    with reading(lite_world.actor(Role.ADVISER)) as work:
        steps = [HoursFrom(date(2026, 9, 1), Decimal(24)), HoursFrom(date(2026, 10, 1), Decimal("16.5"))]
        assert hours_history(work, key(placement)) == steps
    press(at, "Wijziging weghalen")
    with reading(lite_world.actor(Role.ADVISER)) as work:
        assert hours_history(work, key(placement)) == steps[:1]


def test_hours_are_drawn_once_they_changed(lite_world: World) -> None:
    placement = placed(lite_world)
    assert len(opened(lite_world, ONE, id=key(placement)).get("vega_lite_chart")) == 0
    make_hours(placement, date(2026, 10, 1), "32")
    assert len(opened(lite_world, ONE, id=key(placement)).get("vega_lite_chart")) == 1


def keep_hours(at: AppTest) -> None:
    next(one for one in at.button if str(one.key).startswith("FormSubmitter:hours_")).click().run()


def test_hours_before_the_start_are_refused_in_words(lite_world: World) -> None:
    at = opened(lite_world, ONE, id=key(placed(lite_world)))
    field(at, "date_input", "Vanaf").set_value(date(2026, 8, 1))
    field(at, "text_input", "Uren per week").set_value("16")
    keep_hours(at)
    assert "niet veranderen voordat de plaatsing begint" in text(at)


def test_hours_that_are_no_number_are_refused_by_their_name(lite_world: World) -> None:
    placement = placed(lite_world)
    at = opened(lite_world, ONE, id=key(placement))
    field(at, "text_input", "Uren per week").set_value("16 uur")
    keep_hours(at)
    assert at.error[0].value == "Uren per week: Vul een getal in, bijvoorbeeld 13,5."
    assert row(lite_world, placement).hours == 24


def test_the_hours_that_a_candidate_looks_for_keep_their_comma(lite_world: World) -> None:
    at = opened(lite_world, ONE, id=key(placed(lite_world)))
    press(at, "Profiel bekijken")
    field(at, "text_input", "Aantal uren dat iemand zoekt").set_value("13,5")
    [one for one in at.button if one.label == "Bewaren"][-1].click().run()
    assert everything(Candidate)[0].available_hours == Decimal("13.5")


def test_a_placement_ends_with_a_reason_and_the_end_is_taken_back(lite_world: World) -> None:
    placement = placed(lite_world)
    at = opened(lite_world, ONE, id=key(placement))
    press(at, "Einde vastleggen")
    assert "Waarom het eindigt" in text(at)
    field(at, "selectbox", "Waarom het eindigt").set_value(EndReason.OTHER_JOB)
    press(at, "Einde vastleggen")
    assert row(lite_world, placement).ended_on == TODAY
    assert "Geëindigd op 24 nov 2026: Vond ander werk" in text(at)
    press(at, "Het is niet geëindigd")
    assert row(lite_world, placement).ended_on is None


def test_a_placement_is_put_right(lite_world: World) -> None:
    placement = placed(lite_world)
    at = opened(lite_world, ONE, id=key(placement))
    field(at, "text_input", "Functie").set_value("Spoelhulp")
    field(at, "selectbox", "Contractvorm").set_value(ContractForm.PERMANENT)
    press(at, "Bewaren")
    changed = row(lite_world, placement)
    assert (changed.job_title, changed.contract_form) == ("Spoelhulp", ContractForm.PERMANENT)


def test_a_change_of_hours_meanwhile_is_not_hidden(lite_world: World) -> None:
    placement = placed(lite_world)
    at = opened(lite_world, ONE, id=key(placement))
    colleague = ChangeHours(placement_id=key(placement), version=1, from_on=date(2026, 11, 1), hours=32)
    perform(lite_world.actor(Role.ACCOUNT_MANAGER), change_hours, colleague)
    field(at, "text_input", "Functie").set_value("Spoelhulp")
    press(at, "Bewaren")
    assert at.title[0].value == "Iemand anders was u voor"
    assert row(lite_world, placement).job_title == "Keukenhulp"


def test_one_click_counts_a_placement_on_a_contract(lite_world: World) -> None:
    contract = make_contract(lite_world, title="Groenonderhoud")
    placement = placed(lite_world)
    make_hours(placement, date(2026, 10, 1), "32")
    at = opened(lite_world, ONE, id=key(placement))
    assert "telt nog niet mee" in text(at)
    press(at, "Laten meetellen op dit contract")
    (effort,) = everything(Effort)
    assert (effort.contract_id, effort.placement_id, effort.subject) == (
        contract.id,
        placement.id,
        "K-2041",
    )
    assert "telt nog niet mee" not in text(at)
    assert "staat hier als concept van" in text(at)
    assert "Laten meetellen op dit contract" not in labels(at)
    press(at, "Concept terugnemen")
    assert "telt nog niet mee" in text(at)
    assert "Laten meetellen op dit contract" in labels(at)


def test_a_draft_that_is_worth_more_than_is_needed_says_so(lite_world: World) -> None:
    make_contract(lite_world, value_cents=10_000_000)
    at = opened(lite_world, ONE, id=key(placed(lite_world)))
    press(at, "Laten meetellen op dit contract")
    assert "maar op het contract is nog maar € 5.000 nodig" in text(at)


def test_a_placement_of_another_employer_counts_on_no_contract_here(lite_world: World) -> None:
    make_contract(lite_world, employer_id=key(lite_world.employer_b))
    at = opened(lite_world, ONE, id=key(placed(lite_world)))
    assert "Laten meetellen op dit contract" not in labels(at)


def test_a_profile_opens_on_request_and_each_look_is_kept(lite_world: World) -> None:
    at = opened(lite_world, ONE, id=key(placed(lite_world)))
    assert "Heftruck" not in text(at)
    press(at, "Profiel bekijken")
    assert "Heftruck" in text(at)
    assert "zoekt 28 uur per week" in text(at)
    field(at, "text_area", "Wat iemand kan en wil").set_value("Heftruck en reachtruck")
    [one for one in at.button if one.label == "Bewaren"][-1].click().run()
    assert "Heftruck" not in text(at)
    press(at, "Profiel bekijken")
    assert "reachtruck" in text(at)
    press(at, "Profiel sluiten")
    assert "reachtruck" not in text(at)
    looks = [entry for entry in everything(AuditEntry) if entry.action == "view"]
    assert [entry.actor_name for entry in looks] == ["adviser een"] * 2


def test_a_profile_is_not_changed_into_a_name_tag(lite_world: World) -> None:
    at = opened(lite_world, ONE, id=key(placed(lite_world)))
    press(at, "Profiel bekijken")
    field(at, "text_area", "Wat iemand kan en wil").set_value("mail jan@voorbeeld.nl")
    [one for one in at.button if one.label == "Bewaren"][-1].click().run()
    assert "mailadres" in text(at)
    assert everything(Candidate)[0].profile == "Heftruck"


def test_a_placement_that_is_not_yours_is_not_found(lite_world: World) -> None:
    other = make_placement(lite_world.employer_b, lite_world.users[Role.ADVISER])
    assert "niet gevonden" in text(opened(lite_world, ONE, Role.PARTNER, id=key(other)))
    assert "niet gevonden" in text(opened(lite_world, LIST, new=1, employer=987654))


def test_talks_held_before_are_told_and_the_next_one_is_written_down(lite_world: World) -> None:
    placement = placed(lite_world, started_on=date(2026, 8, 20))
    talk = NoteAftercare(placement_id=key(placement), month=1, held_on=date(2026, 9, 21), note="Gaat goed")
    perform(lite_world.actor(Role.ACCOUNT_MANAGER), note_aftercare, talk)
    at = opened(lite_world, ONE, id=key(placement))
    for told in ("Nazorg na 1 maand", "Gaat goed", "een sprak met de werkgever"):
        assert told in text(at)
    next(one for one in at.button if one.key == f"talk_{key(placement)}_3").click().run()
    assert [one.month for one in everything(AftercareTalk)] == [1, 3]
    seen = opened(lite_world, ONE, Role.MANAGER, id=key(placement))
    assert "Nazorg na 1 maand" in text(seen)
    assert "Gaat goed" not in text(seen)
    partner = opened(lite_world, ONE, Role.PARTNER, id=key(placement))
    assert "Nazorg" not in text(partner)
