"""The screens of employers: the list, one employer with its tabs, and the form."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from crm.accounts.records import Partner
from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import reading, work
from crm.employers.queries import employer_view, find_employers, people, team
from crm.employers.records import Employer
from crm.employers.rules import Segment, TeamRole
from crm.sroi.queries import EmployerSummary, contracts_of_employer, employer_summary
from crm.timeline.rules import Topic
from tests.counting import statements
from tests.employers.factories import make_colleague, make_establishment, make_member
from tests.factories import TODAY, World, make_employer, make_person, save
from tests.jobcarving.factories import make_case
from tests.pages.walking import field, labels, opened, press, text
from tests.placements.factories import make_placement
from tests.sroi.factories import make_contract
from tests.visits.factories import make_follow_up, make_moment

LIST, EMPLOYER, EDIT = "staff/employers.py", "staff/employer.py", "staff/employer_edit.py"


def employer(world: World, tab: str = "", role: Role = Role.ADVISER, **params: object) -> AppTest:
    """Open employer A on a tab."""
    params = {"id": key(world.employer_a), **params}
    return opened(world, EMPLOYER, role, **({**params, "tab": tab} if tab else params))


def stored(world: World) -> Employer:
    with reading(system("test")) as unit:
        return unit.get(Employer, key(world.employer_a))


def links(at: AppTest) -> list[str]:
    return [element.proto.label for element in at.get("page_link")]


def test_the_list_shows_each_employer_with_when_it_was_last_spoken_with(lite_world: World) -> None:
    make_employer(
        key(lite_world.region),
        "Zorg Best",
        sbi_code="8710",
        city="Zundert",
        holder_id=key(lite_world.users[Role.ADVISER]),
        last_contact_on=TODAY - timedelta(days=9),
    )
    at = opened(lite_world, LIST)
    assert not at.exception
    assert links(at)[:3] == ["**De Linde Groen BV**", "**Van Dam Logistiek BV**", "**Zorg Best**"]
    assert "3 werkgevers · op naam" in text(at)
    assert "Zundert · verpleging en verzorging · adviser een" in text(at)
    assert "9 dagen geleden" in text(at)
    assert "nog nooit gesproken" in text(at)


def test_searching_and_choosing_narrow_the_list(lite_world: World) -> None:
    make_employer(key(lite_world.region), "Café Ödön", segment=Segment.KEY, last_contact_on=TODAY)
    at = opened(lite_world, LIST)
    at.text_input(key="zoek").set_value("cafe").run()
    assert links(at) == ["**Café Ödön**"]
    at.text_input(key="zoek").set_value("").run()
    at.selectbox(key="segment").set_value(Segment.KEY).run()
    assert links(at) == ["**Café Ödön**"]
    assert "1 werkgever · kernaccount · op naam" in text(at)
    at.selectbox(key="segment").set_value(Segment.REGIONAL).run()
    assert "Geen werkgever past hierbij" in text(at)


def test_a_partner_sees_what_is_shared_and_cannot_add(lite_world: World) -> None:
    at = opened(lite_world, LIST, Role.PARTNER)
    assert links(at) == ["**De Linde Groen BV**"]
    assert "Werkgever toevoegen" not in labels(at)


def test_a_long_list_has_pages_and_a_filter_begins_at_the_first(lite_world: World) -> None:
    for number in range(60):
        make_employer(key(lite_world.region), f"Aa {number:02}")
    at = opened(lite_world, LIST)
    assert len(links(at)) == 50
    at.session_state["pagina"] = 2
    at.run()
    assert links(at)[-1] == "**Van Dam Logistiek BV**"
    at.text_input(key="zoek").set_value("aa 0").run()
    assert links(at)[0] == "**Aa 00**"


def test_the_page_tells_at_a_glance_how_things_go(lite_world: World) -> None:
    ours, adviser = lite_world.employer_a, lite_world.users[Role.ADVISER]
    make_member(ours, make_colleague(lite_world, "Sam"), TeamRole.DEPUTY)
    make_follow_up(ours, adviser, date(2026, 11, 25), what="Voorstel sturen")
    make_contract(lite_world)
    make_placement(ours, adviser)
    with work(system("test")) as unit:
        found = unit.get(Employer, key(ours))
        found.staff_size, found.sbi_code, found.segment = 240, "8130", Segment.KEY
        found.last_contact_on, found.holder_id = date(2026, 11, 15), key(adviser)
        unit.commit()
    at = employer(lite_world)
    assert not at.exception
    assert at.title[0].value == "De Linde Groen BV"
    for words in (
        "schoonmaak en groen · 240 medewerkers · kernaccount",
        "**adviser een**",
        "plaatsvervanger Sam · partner Uitzendbureau De Brug",
        "**9 dagen geleden**",
        "volgende: wo 25 nov, Voorstel sturen",
        "**1 contract**",
        "**1 persoon**",
    ):
        assert words in text(at)


def test_the_line_on_contracts_says_what_the_register_counts(lite_world: World) -> None:
    late = {"award_on": date(2024, 1, 1), "start_on": date(2024, 1, 1), "end_on": date(2026, 12, 31)}
    make_contract(lite_world, title="Loopt achter", **late)
    early = {"award_on": date(2026, 11, 1), "start_on": date(2026, 11, 1), "end_on": date(2028, 12, 31)}
    make_contract(lite_world, title="Begint net", value_cents=900_000_000, **early)
    make_contract(lite_world, confirmed=False)
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        rows = contracts_of_employer(unit, key(lite_world.employer_a))
        counted = employer_summary(unit, key(lite_world.employer_a))
    assert (counted.contracts, counted.behind) == (2, 1)
    assert EmployerSummary.of(rows) == counted
    at = employer(lite_world)
    assert "1 loopt achter" in text(at)
    # The card leads to the contract that asks for attention, not to the largest.
    assert "Loopt achter" in links(at)
    assert "Begint net" not in links(at)


def test_the_timeline_tells_everything_newest_first(lite_world: World) -> None:
    ours, adviser = lite_world.employer_a, lite_world.users[Role.ADVISER]
    person = make_person(ours, "J. de Wit")
    talk = make_moment(ours, adviser, date(2026, 11, 14), (person,), summary="Keuken loopt over")
    make_follow_up(ours, adviser, TODAY, moment_id=key(talk), done_on=TODAY, done_by_id=key(adviser))
    make_moment(ours, adviser, date(2026, 10, 1), summary="Rooster", no_action_reason="rust")
    make_case(ours, adviser, department="keuken", opened_on=date(2026, 11, 20))
    make_contract(lite_world)
    at = employer(lite_world)
    shown = text(at)
    assert shown.index("keuken: Signaal") < shown.index("Keuken loopt over") < shown.index("Rooster")
    assert "adviser een met J\\. de Wit: Keuken loopt over" in shown
    assert "actie gedaan" in shown
    assert "geen actie: rust" in shown
    assert "Opdracht gegund" in shown
    field(at, "multiselect", "Alleen tonen").set_value([Topic.CARVING]).run()
    assert "Keuken loopt over" not in text(at)
    assert "keuken: Signaal" in text(at)


def test_older_moments_come_on_request(lite_world: World) -> None:
    for number in range(25):
        day = TODAY - timedelta(days=number)
        make_moment(
            lite_world.employer_a, lite_world.users[Role.ADVISER], day, summary=f"Gesprek {number:02}"
        )
    at = employer(lite_world)
    assert "Gesprek 19" in text(at)
    assert "Gesprek 20" not in text(at)
    press(at, "Oudere tonen")
    assert "Gesprek 24" in text(at)
    assert "Gesprek 19" not in text(at)
    assert "Oudere tonen" not in labels(at)
    press(at, "Nieuwere tonen")
    assert "Gesprek 00" in text(at)


def test_the_tabs_show_what_each_role_may_see(lite_world: World) -> None:
    def tabs(role: Role) -> list[str]:
        return [tab.label for tab in employer(lite_world, role=role).tabs]

    assert tabs(Role.ADVISER) == [
        "Tijdlijn",
        "Kansen",
        "Behoeften",
        "Accountplan",
        "Plaatsingen",
        "Contracten",
        "Netwerk",
        "Mensen",
        "Opbouw",
        "Gegevens",
    ]
    assert tabs(Role.PARTNER) == ["Tijdlijn", "Kansen", "Plaatsingen", "Gegevens"]


def test_a_partner_reads_no_conversations_and_changes_nothing(lite_world: World) -> None:
    ours = lite_world.employer_a
    make_moment(ours, lite_world.users[Role.ADVISER], summary="Vertrouwelijk gesprek")
    make_case(ours, lite_world.users[Role.ADVISER], department="keuken")
    at = employer(lite_world, role=Role.PARTNER)
    assert "keuken" in text(at)
    assert "Vertrouwelijk" not in text(at)
    assert labels(at) == []
    details = employer(lite_world, "Gegevens", Role.PARTNER)
    assert "Wijzigingen" not in [header.value for header in details.subheader]
    assert labels(details) == []


def test_an_employer_is_shared_with_a_partner_and_taken_back(lite_world: World) -> None:
    school = save(Partner(name="Praktijkschool Zuid"))
    at = employer(lite_world, "Gegevens")
    assert "**Uitzendbureau De Brug**" in text(at)
    press(at, "Delen met een partner")
    field(at, "selectbox", "Partnerorganisatie").set_value(key(school)).run()
    press(at, "Delen")
    assert "**Praktijkschool Zuid** sinds 24 nov" in text(at)
    press(at, "Niet meer delen")
    press(at, "Niet meer delen")
    assert "Geen partnerorganisatie ziet deze werkgever." in text(at)
    assert "Praktijkschool Zuid, van 24 nov" in text(at)


def test_an_employer_that_is_not_yours_is_not_found(lite_world: World) -> None:
    at = opened(lite_world, EMPLOYER, Role.PARTNER, id=key(lite_world.employer_b))
    assert "Dit is niet gevonden" in text(at)
    assert "Van Dam" not in text(at)


@pytest.mark.parametrize("tab", ["Kansen", "Plaatsingen", "Contracten", "Mensen"])
def test_an_empty_tab_says_so(lite_world: World, tab: str) -> None:
    at = employer(lite_world, tab)
    assert not at.exception
    assert len(at.info) == 1


def test_the_tabs_list_opportunities_placements_and_contracts(lite_world: World) -> None:
    adviser = lite_world.users[Role.ADVISER]
    make_case(lite_world.employer_a, adviser, department="keuken")
    make_placement(lite_world.employer_a, adviser, job_title="keukenhulp")
    make_contract(lite_world, title="Groenonderhoud")
    above = "Groenonderhoud"
    assert links(employer(lite_world, "Kansen")) == [above, "**keuken**"]
    _above, placement = links(employer(lite_world, "Plaatsingen"))
    assert "keukenhulp" in placement
    assert links(employer(lite_world, "Contracten")) == [above, "**Groenonderhoud**"]


def test_a_person_is_added_changed_leaves_and_returns(lite_world: World) -> None:
    at = employer(lite_world, "Mensen")
    press(at, "Persoon toevoegen")
    field(at, "text_input", "Naam").set_value("J. de Wit")
    field(at, "text_input", "Functie").set_value("kok")
    press(at, "Bewaren")
    press(at, "Wijzigen")
    assert at.title[0].value == "De Linde Groen BV"
    at = employer(lite_world, "Mensen")
    press(at, "Is vertrokken")
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        (person,) = people(unit, key(lite_world.employer_a))
    assert (person.name, person.job_title, person.active) == ("J. de Wit", "kok", False)
    press(at, "Is terug")
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        assert people(unit, key(lite_world.employer_a))[0].active


def test_who_wants_to_be_left_alone_is_told_before_anybody_calls(lite_world: World) -> None:
    make_person(lite_world.employer_a, "J. de Wit", phone="0165 123 456")
    at = employer(lite_world, "Mensen")
    press(at, "Meer")
    field(at, "toggle", "Deze persoon niet benaderen").set_value(True)
    field(at, "text_input", "Waarom").set_value("Vroeg erom")
    press(at, "Bewaren")
    shown = text(employer(lite_world, "Mensen"))
    assert "niet benaderen" in shown
    assert "Wil met rust gelaten worden: Vroeg erom" in shown
    assert "0165" not in shown


def test_two_persons_become_one_and_two_again(lite_world: World) -> None:
    make_person(lite_world.employer_a, "J. de Wit")
    gone = make_person(lite_world.employer_a, "Jan de Wit")
    at = employer(lite_world, "Mensen")
    press(at, "Meer")
    field(at, "selectbox", "Zelfde persoon als").set_value(key(gone)).run()
    press(at, "Samenvoegen")
    at = employer(lite_world, "Mensen")
    assert "**Jan de Wit**" not in text(at)
    assert "Jan de Wit is samengevoegd met J\\. de Wit" in text(at)
    press(at, "Weer uit elkaar halen")
    assert "**Jan de Wit**" in text(employer(lite_world, "Mensen"))


def test_a_person_with_a_bsn_is_refused_in_words(lite_world: World) -> None:
    at = employer(lite_world, "Mensen")
    press(at, "Persoon toevoegen")
    field(at, "text_input", "Naam").set_value("Jan 111222333")
    press(at, "Bewaren")
    assert at.error[0].value.startswith("Naam: Hier staan negen cijfers die op een burgerservicenummer")
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        assert people(unit, key(lite_world.employer_a)) == []


def test_the_account_goes_to_another_colleague(lite_world: World) -> None:
    noor = key(make_colleague(lite_world, "Noor"))
    at = employer(lite_world, "Gegevens")
    press(at, "Accounthouder wijzigen")
    field(at, "selectbox", "Accounthouder").set_value(noor).run()
    press(at, "Bewaren")
    assert not at.exception
    assert stored(lite_world).holder_id == noor


def test_a_deputy_is_added_and_ended(lite_world: World) -> None:
    sam = key(make_colleague(lite_world, "Sam"))
    at = employer(lite_world, "Gegevens")
    press(at, "Plaatsvervanger toevoegen")
    field(at, "selectbox", "Plaatsvervanger").set_value(sam).run()
    press(at, "Bewaren")
    at = employer(lite_world, "Gegevens")
    assert "**Sam**, plaatsvervanger sinds 24 nov 2026" in text(at)
    press(at, "Beëindigen")
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        assert [member.until for member in team(unit, key(lite_world.employer_a))] == [TODAY]


def test_an_establishment_is_added_and_shown(lite_world: World) -> None:
    at = employer(lite_world, "Opbouw")
    press(at, "Vestiging toevoegen")
    field(at, "text_input", "Vestigingsnummer").set_value("0000 1234 5678")
    field(at, "text_input", "Naam").set_value("Kwekerij")
    press(at, "Bewaren")
    assert "**Kwekerij** · 000012345678" in text(employer(lite_world, "Opbouw"))


def test_an_establishment_number_in_use_is_refused_in_words(lite_world: World) -> None:
    make_establishment(lite_world.employer_b, "000012345678")
    at = employer(lite_world, "Opbouw")
    press(at, "Vestiging toevoegen")
    field(at, "text_input", "Vestigingsnummer").set_value("000012345678")
    field(at, "text_input", "Naam").set_value("Kwekerij")
    press(at, "Bewaren")
    assert "Dit vestigingsnummer is al in gebruik" in at.error[0].value


def test_an_employer_gets_a_mother_company_and_an_activity(lite_world: World) -> None:
    at = employer(lite_world, "Opbouw")
    press(at, "Moederbedrijf toevoegen")
    field(at, "text_input", "Moederbedrijf").set_value("van dam").run()
    press(at, "Bewaren")
    at = employer(lite_world, "Opbouw")
    assert "Van Dam Logistiek BV" in text(at)
    assert "↳ **De Linde Groen BV**" in text(at)
    press(at, "Activiteit toevoegen")
    field(at, "text_input", "Zoek op een woord of een code").set_value("schoonmaak").run()
    field(at, "button_group", "Activiteit").set_value("812").run()
    press(at, "Bewaren")
    assert "Schoonmaak en reiniging · 812 · SBI 2008" in text(employer(lite_world, "Opbouw"))


def test_an_account_plan_is_made_with_a_goal_and_shows_its_obligations(lite_world: World) -> None:
    make_contract(lite_world, title="Groenonderhoud")
    at = employer(lite_world, "Accountplan")
    press(at, "Plan voor 2026 maken")
    at = employer(lite_world, "Accountplan")
    press(at, "Doel toevoegen")
    field(at, "text_input", "Doel").set_value("Mensen geplaatst")
    field(at, "number_input", "Hoeveel").set_value(3)
    press(at, "Bewaren")
    at = employer(lite_world, "Accountplan")
    assert "**Mensen geplaatst** · 0 van 3 · voor 31 dec 2026" in text(at)
    assert "**Groenonderhoud**" in links(at)
    assert "€ 50.000 gevraagd" in text(at)


def test_who_does_not_hold_the_account_reads_the_plan_and_is_told_before_calling(lite_world: World) -> None:
    with work(system("test")) as unit:
        found = unit.get(Employer, key(lite_world.employer_a))
        found.holder_id = key(lite_world.users[Role.ACCOUNT_MANAGER])
        unit.commit()
    at = employer(lite_world, "Accountplan")
    assert "is accounthouder. Overleg voordat u belt." in info(at)
    assert not [label for label in labels(at) if label.startswith("Plan voor")]
    own = employer(lite_world, "Accountplan", Role.ACCOUNT_MANAGER)
    assert "Overleg voordat u belt" not in info(own)
    assert "Plan voor 2026 maken" in labels(own)


def info(at: AppTest) -> str:
    return " ".join(shown.value for shown in [*at.info, *at.warning])


def test_a_former_value_is_put_back_from_the_history(lite_world: World) -> None:
    at = opened(lite_world, EDIT, id=key(lite_world.employer_a))
    field(at, "text_input", "Naam").set_value("Linde Nieuw")
    press(at, "Bewaren")
    at = employer(lite_world, "Gegevens")
    press(at, "Een waarde terugzetten")
    choice = field(at, "selectbox", "Vroegere waarde")
    assert choice.options == ["Werkgever, Naam: De Linde Groen BV (tot 24 nov 2026 10:30)"]
    choice.select_index(0).run()
    press(at, "Deze waarde terugzetten")
    assert stored(lite_world).name == "De Linde Groen BV"


def test_an_employer_we_stop_with_leaves_the_list_and_comes_back(lite_world: World) -> None:
    at = employer(lite_world, "Gegevens")
    field(at, "text_input", "Waarom").set_value("Wil niet")
    press(at, "Archiveren, we stoppen ermee")
    at = employer(lite_world, "Gegevens")
    assert "Deze werkgever is gearchiveerd: Wil niet" in info(at)
    assert "**De Linde Groen BV**" not in links(opened(lite_world, LIST))
    press(at, "Deze werkgever terugzetten in de lijsten")
    assert "**De Linde Groen BV**" in links(opened(lite_world, LIST))


def test_an_employer_is_put_away_and_brought_back(lite_world: World) -> None:
    at = employer(lite_world, "Gegevens")
    press(at, "Archiveren")
    assert stored(lite_world).ceased_on == TODAY
    at = employer(lite_world, "Gegevens")
    assert "Deze werkgever is gestopt op 24 nov 2026" in text(at)
    assert "Bezoek vastleggen" not in labels(at)
    press(at, "Deze werkgever werkt toch nog")
    assert stored(lite_world).ceased_on is None


def test_the_history_tells_each_field_with_who_and_when(lite_world: World) -> None:
    at = opened(lite_world, EDIT, id=key(lite_world.employer_a))
    field(at, "selectbox", "Segment").set_value(Segment.KEY)
    press(at, "Bewaren")
    at = employer(lite_world, "Gegevens")
    (frame,) = [table.value for table in at.table if "Wie" in table.value.columns]
    assert list(frame.iloc[0]) == [
        "24 nov 2026 10:30",
        "adviser een",
        "Werkgever gewijzigd · Segment: lokaal account → kernaccount",
    ]


def test_the_history_leaves_out_what_it_would_tell_nothing_of(lite_world: World) -> None:
    with work(system("test")) as unit:
        unit.get(Employer, key(lite_world.employer_a)).holder_id = key(lite_world.users[Role.ACCOUNT_MANAGER])
        unit.commit()
    at = employer(lite_world, "Gegevens")
    (frame,) = [table.value for table in at.table if "Wie" in table.value.columns]
    assert not [told for told in frame["Wat"] if told.startswith("Werkgever gewijzigd")]
    assert len(frame) == 1


def test_a_new_employer_is_made_with_its_holder(lite_world: World) -> None:
    at = opened(lite_world, EDIT)
    field(at, "text_input", "Naam").set_value("Bakkerij Zuid")
    field(at, "text_input", "KvK-nummer").set_value("87654321")
    press(at, "Bewaren")
    assert not at.exception
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        (found,) = find_employers(unit, "bakkerij zuid")
        assert employer_view(unit, found.id).holder == "adviser een"


def test_the_main_activity_is_chosen_and_a_longer_code_is_kept(lite_world: World) -> None:
    at = opened(lite_world, EDIT, id=key(lite_world.employer_a))
    field(at, "selectbox", "SBI-code").set_value("812")
    press(at, "Bewaren")
    assert stored(lite_world).sbi_code == "812"
    with work(system("test")) as unit:
        unit.get(Employer, key(lite_world.employer_a)).sbi_code = "81210"
        unit.commit()
    at = opened(lite_world, EDIT, id=key(lite_world.employer_a))
    assert field(at, "selectbox", "SBI-code").value == "81210"
    press(at, "Bewaren")
    assert stored(lite_world).sbi_code == "81210"


def test_a_kvk_number_in_use_names_who_has_it(lite_world: World) -> None:
    at = opened(lite_world, EDIT, id=key(lite_world.employer_a))
    field(at, "text_input", "KvK-nummer").set_value(lite_world.employer_b.kvk_number)
    press(at, "Bewaren")
    assert "Van Dam Logistiek BV heeft KvK-nummer" in at.error[0].value
    assert field(at, "text_input", "KvK-nummer").value == lite_world.employer_b.kvk_number


def test_a_change_by_somebody_else_meanwhile_opens_the_compare_screen(lite_world: World) -> None:
    at = opened(lite_world, EDIT, id=key(lite_world.employer_a))
    with work(system("test")) as unit:
        unit.get(Employer, key(lite_world.employer_a)).city = "Zundert"
        unit.commit()
    field(at, "text_input", "Naam").set_value("Mijn Linde")
    press(at, "Bewaren")
    assert at.title[0].value == "Iemand anders was u voor"
    press(at, "Het mijne bewaren")
    assert stored(lite_world).name == "Mijn Linde"


def test_a_page_costs_the_same_with_few_and_with_many_rows(lite_world: World) -> None:
    def asked(file: str, **params: object) -> int:
        with statements() as sent:
            assert not opened(lite_world, file, **params).exception
        return len(sent)

    employer_id = key(lite_world.employer_a)
    fill(lite_world, 2)
    few = asked(LIST), asked(EMPLOYER, id=employer_id)
    fill(lite_world, 40)
    assert (asked(LIST), asked(EMPLOYER, id=employer_id)) == few


def fill(world: World, rows: int) -> None:
    adviser = world.users[Role.ADVISER]
    for number in range(rows):
        make_employer(key(world.region))
        person = make_person(world.employer_a, f"Persoon {number}")
        make_moment(world.employer_a, adviser, TODAY - timedelta(days=number), (person,))
        make_case(world.employer_a, adviser)
