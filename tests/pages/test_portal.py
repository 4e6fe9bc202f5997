"""The employer's portal as an employer uses it: one screen, a form with its value, nobody else's data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm.accounts.records import Draft, User
from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import perform, reading
from crm.sroi import actions
from crm.sroi.commands import AddEvidence, EditEffort, SendBack, SettleContract
from crm.sroi.plan_commands import RenewPlan
from crm.sroi.records import Contract, Effort, EmployerCertificate, Evidence, Plan
from crm.sroi.rules.plan import PlanState
from crm.sroi.states import EffortState
from crm.ui.registry import PAGES_DIR
from tests.counting import statements
from tests.factories import World, make_session, save
from tests.sources import ROOT
from tests.sroi.factories import approve, claim, make_contract, make_effort, make_placement, stored
from tests.sroi.test_plans import accept, add, hand_in

OVERVIEW, CONTRACT, EFFORT = "portal/overview.py", "portal/contract.py", "portal/effort.py"
PDF = b"%PDF-1.4 bewijs"
NOT_FOUND = "Dit is niet gevonden"


def sign_in(world: World) -> AppTest:
    """Return a new browser of employer A, on its first page."""
    at = AppTest.from_file(str(ROOT / "crm/ui/main.py"), default_timeout=60)
    at.user = {"ident": str(key(make_session(world.users[Role.EMPLOYER])))}
    return at.run()


def open_page(at: AppTest, file: str, **params: object) -> AppTest:
    """Go to a page as a link does."""
    at.switch_page(str(PAGES_DIR / file))
    for name in list(at.query_params):
        del at.query_params[name]
    for name, value in params.items():
        at.query_params[name] = str(value)
    return at.run()


def sent(at: AppTest) -> str:
    """Return everything that the browser was sent, read or not."""
    assert [fault.value for fault in at.exception] == []
    return "\n".join(str(node.proto) for node in _nodes(at._tree) if getattr(node, "proto", None) is not None)


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _nodes(child)


def words(at: AppTest) -> str:
    """Return the text on the screen."""
    shown = [*at.title, *at.header, *at.markdown, *at.caption, *at.info, *at.error, *at.warning]
    return "\n".join(str(element.value) for element in shown)


def widget(at: AppTest, kind: str, ending: str) -> Any:
    """Return the widget of a kind whose key ends so."""
    [found] = [one for one in at.get(kind) if str(one.key).endswith(ending)]
    return found


def press(at: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    [found] = [one for one in at.button if one.label == label]
    return found.click().run()


def send_in(at: AppTest) -> AppTest:
    """Send the effort in, also when not all evidence is there."""
    at = press(at, "Insturen")
    return press(at, "Toch insturen")


def efforts() -> list[Effort]:
    with reading(system("test")) as unit:
        return list(unit.session.exec(select(Effort).order_by(Effort.id)))  # type: ignore[arg-type]


def count(model: Any) -> int:
    with reading(system("test")) as unit:
        return len(unit.session.exec(select(model)).all())


def fill_in_work(at: AppTest) -> AppTest:
    """Fill in the effort of € 13.333,33: social assistance, 24 hours a week, January to June."""
    widget(at, "radio", "_way").set_value("Someone works with us").run()
    widget(at, "radio", "_block").set_value("PW").run()
    widget(at, "date_input", "_start").set_value(date(2026, 1, 1))
    widget(at, "date_input", "_end").set_value(date(2026, 6, 30))
    widget(at, "text_input", "_hours").set_value("24")
    widget(at, "text_input", "_subject").set_value("P-17")
    return at.run()


def send_back(effort: Effort, reason: str) -> None:
    command = SendBack(effort_id=key(effort), version=effort.version, reason=reason)
    perform(system("test"), actions.send_back, command)


@pytest.fixture
def contract(lite_world: World) -> Contract:
    return make_contract(lite_world, title="Groenonderhoud 2026")


class TestOverview:
    def test_one_contract_is_the_first_page(self, lite_world: World, contract: Contract) -> None:
        approve(make_effort(contract))
        make_effort(contract, subject="K-2107")
        at = sign_in(lite_world)
        assert at.title[0].value == "Groenonderhoud 2026"
        assert "De Linde Groen BV" in at.caption[0].value
        [needed] = at.metric
        assert (needed.label, needed.value) == (
            "Nog nodig na goedkeuring, uiterlijk 31 dec 2026",
            "€ 23.333,34",
        )
        shown = words(at)
        assert "U loopt achter" in shown
        for line in (
            "U moet invullen",
            "**€ 50.000**",
            "Dit telt al mee",
            "**€ 13.333,33**",
            "In beoordeling",
        ):
            assert line in shown
        assert at.progress[0].text.startswith("26 % telt mee, 26 % wordt beoordeeld")

    def test_what_to_do_is_a_numbered_list(self, lite_world: World, contract: Contract) -> None:
        send_back(make_effort(contract, subject="K-1"), "De uren kloppen niet")
        make_effort(contract, subject="K-2")
        at = sign_in(lite_world)
        shown = words(at)
        # The plan was due 28 days after the award, on 29 December 2025: that goes before what came back.
        assert "**1\\. Maak uw plan**" in shown
        assert "**2\\. Pas K\\-1 aan**" in shown
        assert "De uren kloppen niet" in shown
        assert "**4\\. Voeg bewijs toe bij K\\-2**" in shown
        assert "Arbeidscontract, Loonstrook" in shown
        assert "Bijvoorbeeld 9 personen (Participatiewet), 24 uur per week, 2 maanden = € 39.999,96." in shown

    def test_a_step_leads_to_its_effort(self, lite_world: World, contract: Contract) -> None:
        effort = make_effort(contract, subject="K-1")
        send_back(effort, "De uren kloppen niet")
        at = press(sign_in(lite_world), "Aanpassen")
        assert at.title[0].value == "K\\-1"
        assert "De uren kloppen niet" in at.warning[0].value

    def test_several_contracts_are_a_list_of_one_line_each(
        self, lite_world: World, contract: Contract
    ) -> None:
        make_contract(lite_world, title="Schoonmaak", end_on=date(2027, 12, 31))
        at = sign_in(lite_world)
        assert at.title[0].value == "Mijn contracten"
        assert [link.value for link in at.get("page_link")] == ["**Groenonderhoud 2026**", "**Schoonmaak**"]
        line = "Gemeente Halderberge · € 0 van € 50.000 telt mee · nog € 50.000 nodig, uiterlijk 31 dec 2026"
        assert line in [caption.value for caption in at.caption]

    def test_settled_contracts_come_last_and_need_nothing(
        self, lite_world: World, contract: Contract
    ) -> None:
        make_contract(lite_world, title="Schoonmaak", end_on=date(2027, 12, 31))
        command = SettleContract(contract_id=key(contract), version=contract.version)
        perform(system("test"), actions.settle_contract, command)
        at = sign_in(lite_world)
        assert [link.value for link in at.get("page_link")] == ["**Schoonmaak**", "**Groenonderhoud 2026**"]
        told = [caption.value for caption in at.caption]
        assert "Gemeente Halderberge · € 0 van € 50.000 telt mee" in told

    def test_without_a_contract_it_says_what_will_come(self, lite_world: World) -> None:
        make_contract(lite_world, confirmed=False)
        at = sign_in(lite_world)
        assert at.title[0].value == "Mijn contracten"
        assert "Er staat hier nog geen contract" in at.info[0].value

    def test_the_language_switches_here_and_is_remembered(
        self, lite_world: World, contract: Contract
    ) -> None:
        at = sign_in(lite_world)
        at.get("segmented_control")[0].set_value("en").run()
        assert "You are behind" in words(at)
        assert stored(User, key(lite_world.users[Role.EMPLOYER])).language == "en"
        assert "You are behind" in words(sign_in(lite_world))

    def test_signing_out_is_one_tap_away(self, lite_world: World, contract: Contract) -> None:
        at = press(sign_in(lite_world), "Uitloggen")
        assert "Groenonderhoud" not in words(at.run())


class TestWhatCounts:
    def test_the_calculation_answers_at_once(self, lite_world: World, contract: Contract) -> None:
        at = open_page(sign_in(lite_world), CONTRACT, id=key(contract), part="counts")
        assert "Wat zou het waard zijn?" in words(at)
        assert (at.metric[0].label, at.metric[0].value) == ("Dit telt voor", "€ 13.333,33")
        at.number_input(key="counts_months").set_value(12)
        at.checkbox(key="counts_permanent").check().run()
        # 40.000 × 24/36 and, for the permanent contract, 10.000 × 24/36.
        assert at.metric[0].value == "€ 33.333,33"
        told = "U neemt iemand in dienst die bijstand van de gemeente krijgt, 24 uur per week, 12 maanden = "
        assert f"{told}**€ 33.333,33**, want:" in words(at)

    def test_everything_that_counts_is_told_without_codes(
        self, lite_world: World, contract: Contract
    ) -> None:
        at = open_page(sign_in(lite_world), CONTRACT, id=key(contract), part="counts")
        shown = words(at)
        for way in ("Er werkt iemand bij ons", "Een leerling of stagiair leert bij ons"):
            assert f"**{way}**" in shown
        assert "**Telt voor € 40.000 voor een heel jaar voltijd**" in shown
        for code in ("BBL_2_4", "SOCIALE_INKOOP", "BANENAFSPRAAK", "per_year"):
            assert code not in shown

    def test_half_hours_count_as_half_hours(self, lite_world: World, contract: Contract) -> None:
        at = open_page(sign_in(lite_world), CONTRACT, id=key(contract), part="counts")
        at.text_input(key="counts_hours").set_value("4,5").run()
        # 40.000 x 6/12 x 4,5/36.
        assert at.metric[0].value == "€ 2.500,00"
        at.text_input(key="counts_hours").set_value("veel").run()
        assert at.error[0].value == "Uren per week: Vul een getal in, bijvoorbeeld 13,5."
        assert not at.metric

    def test_an_amount_that_is_none_is_told_so(self, lite_world: World, contract: Contract) -> None:
        at = open_page(sign_in(lite_world), CONTRACT, id=key(contract), part="counts")
        at.selectbox(key="counts_block").set_value("SOCIALE_INKOOP").run()
        assert at.metric[0].value == "€ 1.000,00"
        at.text_input(key="counts_amount").set_value("veel").run()
        assert "Vul een bedrag in" in at.error[0].value
        assert not at.metric

    def test_a_contract_without_ways_says_to_ask(self, lite_world: World) -> None:
        other = make_contract(lite_world, rule_set_code="lekstroom")
        at = open_page(sign_in(lite_world), CONTRACT, id=key(other), part="counts")
        assert "spreken wij persoonlijk met u af" in at.info[0].value


class TestEfforts:
    def test_each_shows_amount_state_and_evidence(self, lite_world: World, contract: Contract) -> None:
        effort = make_effort(contract)
        command = AddEvidence(effort_id=key(effort), kind="payslip", file_name="okt.pdf", content=PDF)
        evidence_id = perform(system("test"), actions.add_evidence, command)
        approve(effort, approved_cents=1_000_000, reason="Zes weken ziek")
        at = open_page(sign_in(lite_world), CONTRACT, id=key(contract), part="efforts")
        shown = words(at)
        assert "**€ 10.000,00**" in shown
        assert "U vroeg € 13.333,33, een deel telt mee: “Zes weken ziek”" in shown
        links = [link.proto.url for link in at.get("link_button")]
        assert f"/files/{evidence_id}" in links
        assert "telt mee" in sent(at)

    def test_none_yet_says_how_to_begin(self, lite_world: World, contract: Contract) -> None:
        at = open_page(sign_in(lite_world), CONTRACT, id=key(contract), part="efforts")
        assert "Er staat hier nog niets" in at.info[0].value

    def test_many_come_in_pages_of_ten(self, lite_world: World, contract: Contract) -> None:
        for number in range(11):
            make_effort(contract, subject=f"K-{3000 + number}")
        at = open_page(sign_in(lite_world), CONTRACT, id=key(contract), part="efforts")
        assert sum("K\\-30" in str(one.value) for one in at.markdown) == 10


class TestNewEffort:
    def start(self, world: World, contract: Contract, **params: object) -> AppTest:
        return open_page(sign_in(world), EFFORT, contract=key(contract), **params)

    def test_from_a_choice_in_plain_words_to_an_effort_with_evidence(
        self, lite_world: World, contract: Contract
    ) -> None:
        at = fill_in_work(self.start(lite_world, contract))
        assert (at.metric[0].label, at.metric[0].value) == ("Dit telt voor", "€ 13.333,33")
        widget(at, "file_uploader", "_payslip").upload("loonstrook.pdf", PDF).run()
        at = send_in(at)
        assert at.title[0].value == "Groenonderhoud 2026"
        [effort] = efforts()
        assert (effort.state, effort.value_cents, effort.subject) == (
            EffortState.SUBMITTED,
            1_333_333,
            "P-17",
        )
        with reading(system("test")) as unit:
            [evidence] = unit.session.exec(select(Evidence)).all()
        assert (evidence.effort_id, evidence.kind) == (key(effort), "payslip")
        assert count(Draft) == 0

    def test_only_what_the_choice_needs_is_asked(self, lite_world: World, contract: Contract) -> None:
        at = self.start(lite_world, contract)
        assert not at.text_input
        widget(at, "radio", "_way").set_value("We bought from a social enterprise").run()
        assert [one.label for one in at.text_input] == [
            "Bedrag zonder btw",
            "Loonkosten zonder btw",
            "Wat is er gedaan",
        ]
        widget(at, "text_input", "0_amount").set_value("2.500,50").run()
        assert at.metric[0].value == "€ 2.500,50"

    def test_hours_that_changed_count_from_their_day(self, lite_world: World, contract: Contract) -> None:
        at = press(fill_in_work(self.start(lite_world, contract)), "De uren zijn later veranderd")
        widget(at, "date_input", "_from_0").set_value(date(2026, 4, 1))
        widget(at, "text_input", "_hours_0").set_value("36").run()
        # Three months of 24 hours are 6.666,67 and three of 36 hours 10.000.
        assert at.metric[0].value == "€ 16.666,67"
        at = press(at, "Laatste verandering weghalen")
        assert at.metric[0].value == "€ 13.333,33"

    def test_what_is_missing_is_told_and_cannot_be_sent_in(
        self, lite_world: World, contract: Contract
    ) -> None:
        at = fill_in_work(self.start(lite_world, contract))
        widget(at, "text_input", "_hours").set_value("").run()
        assert "uren per week" in at.info[0].value
        at = press(at, "Insturen")
        assert at.error
        assert efforts() == []

    def test_days_are_asked_before_anything_is_worth_something(
        self, lite_world: World, contract: Contract
    ) -> None:
        at = fill_in_work(self.start(lite_world, contract))
        widget(at, "date_input", "_end").set_value(None).run()
        assert at.info[0].value == "Vul de eerste en de laatste dag in."
        assert not at.metric
        at = press(at, "Insturen")
        assert at.error[0].value == "Vul de eerste en de laatste dag in."
        assert efforts() == []

    def test_it_can_be_kept_to_send_in_later(self, lite_world: World, contract: Contract) -> None:
        press(fill_in_work(self.start(lite_world, contract)), "Bewaren, later insturen")
        assert [effort.state for effort in efforts()] == [EffortState.DRAFT]

    @pytest.mark.parametrize("typed", ["twee", "1,234.56", "-3"])
    def test_a_number_that_is_none_is_told_by_its_name(
        self, lite_world: World, contract: Contract, typed: str
    ) -> None:
        at = fill_in_work(self.start(lite_world, contract))
        widget(at, "text_input", "_hours").set_value(typed).run()
        assert at.error[0].value == "Uren per week: Vul een getal in, bijvoorbeeld 13,5."

    def test_a_file_that_is_not_accepted_stops_everything(
        self, lite_world: World, contract: Contract
    ) -> None:
        at = fill_in_work(self.start(lite_world, contract))
        widget(at, "file_uploader", "_payslip").upload("loonstrook.pdf", b"MZ geen pdf").run()
        at = press(at, "Insturen")
        assert "loonstrook\\.pdf" in at.error[0].value
        assert efforts() == []

    def test_a_citizen_service_number_is_refused_and_not_kept(
        self, lite_world: World, contract: Contract
    ) -> None:
        at = fill_in_work(self.start(lite_world, contract))
        widget(at, "text_input", "_subject").set_value("111222333").run()
        assert any("BSN" in str(fault.value) for fault in at.error)
        press(at, "Insturen")
        assert efforts() == []
        with reading(system("test")) as unit:
            assert all("111222333" not in draft.body for draft in unit.session.exec(select(Draft)))

    def test_what_was_typed_survives_a_refresh(self, lite_world: World, contract: Contract) -> None:
        fill_in_work(self.start(lite_world, contract))
        at = self.start(lite_world, contract)
        assert widget(at, "text_input", "_subject").value == "P-17"
        assert widget(at, "date_input", "_end").value == date(2026, 6, 30)
        assert at.metric[0].value == "€ 13.333,33"
        at = press(at, "Opnieuw beginnen")
        assert not at.text_input
        assert count(Draft) == 0

    def test_a_placement_is_filled_in_already(self, lite_world: World, contract: Contract) -> None:
        hours = ((date(2026, 1, 1), Decimal(24)), (date(2026, 7, 1), Decimal(28)))
        placement = make_placement(lite_world, hours=hours)
        at = sign_in(lite_world)
        assert "werkt bij u, maar telt nog niet mee" in words(at)
        at = press(at, "Laten meetellen")
        # 40.000 × 24/36 × 6/12 + 40.000 × 28/36 × 6/12
        assert at.metric[0].value == "€ 28.888,89"
        send_in(at)
        [effort] = efforts()
        assert (effort.placement_id, effort.value_cents) == (key(placement), 2_888_889)
        assert "telt nog niet mee" not in words(sign_in(lite_world))

    def test_a_closed_contract_takes_none(self, lite_world: World, contract: Contract) -> None:
        command = SettleContract(contract_id=key(contract), version=contract.version)
        perform(system("test"), actions.settle_contract, command)
        at = sign_in(lite_world)
        assert "Nieuwe inspanning" not in [one.label for one in at.button]
        assert "U hoeft niets meer te doen" in words(at)
        at = open_page(at, EFFORT, contract=key(contract))
        assert "geen nieuwe inspanningen" in at.error[0].value


class TestChange:
    def test_one_that_came_back_is_corrected_and_sent_in_again(
        self, lite_world: World, contract: Contract
    ) -> None:
        effort = make_effort(contract)
        send_back(effort, "Het waren 28 uren")
        at = open_page(sign_in(lite_world), EFFORT, id=key(effort))
        assert widget(at, "text_input", "_hours").value == "24"
        widget(at, "text_input", "_hours").set_value("28").run()
        send_in(at)
        [after] = efforts()
        assert (after.state, after.value_cents) == (EffortState.SUBMITTED, 1_555_556)

    def test_every_fact_comes_back_in_the_form(self, lite_world: World, contract: Contract) -> None:
        history = ({"start": date(2026, 1, 1), "hours": 24}, {"start": date(2026, 4, 1), "hours": "28.5"})
        facts: dict[str, Any] = {
            "hours_per_week": None,
            "hours_history": history,
            "age": 52,
            "permanent": True,
            "tags": ("statushouder",),
            "submit": False,
        }
        effort = make_effort(contract, **facts)
        at = open_page(sign_in(lite_world), EFFORT, id=key(effort))
        assert widget(at, "text_input", "_hours_0").value == "28,5"
        assert widget(at, "date_input", "_from_0").value == date(2026, 4, 1)
        assert widget(at, "number_input", "_age").value == 52
        assert widget(at, "checkbox", "_tag_statushouder").value is True
        send_in(at)
        [after] = efforts()
        before = {name: value for name, value in effort.facts.items() if name != "hours_per_week"}
        assert {name: value for name, value in after.facts.items() if name != "hours_per_week"} == before
        assert after.value_cents == effort.value_cents

    def test_a_change_by_somebody_else_is_compared(self, lite_world: World, contract: Contract) -> None:
        effort = make_effort(contract, submit=False)
        at = open_page(sign_in(lite_world), EFFORT, id=key(effort))
        self.change_behind_the_back(effort, description="Door het loket")
        widget(at, "text_input", "_description").set_value("Door ons").run()
        at = send_in(at)
        assert at.title[0].value == "Iemand anders was u voor"
        at = press(at, "Laten wat er staat")
        assert widget(at, "text_input", "_description").value == "Door het loket"
        assert [one.state for one in efforts()] == [EffortState.DRAFT]

    def change_behind_the_back(self, effort: Effort, **values: Any) -> None:
        command = EditEffort(effort_id=key(effort), version=effort.version, **claim(submit=False, **values))
        perform(system("test"), actions.edit_effort, command)

    def test_evidence_is_added_to_one_under_review(self, lite_world: World, contract: Contract) -> None:
        effort = make_effort(contract)
        at = open_page(sign_in(lite_world), EFFORT, id=key(effort))
        widget(at, "file_uploader", "_payslip").upload("loonstrook.pdf", PDF).run()
        at = press(at, "Bewijs toevoegen")
        [link] = at.get("link_button")
        assert "loonstrook" in link.proto.label
        at = press(at, "Ja, weghalen")
        assert count(Evidence) == 0

    def test_it_can_be_withdrawn(self, lite_world: World, contract: Contract) -> None:
        effort = make_effort(contract)
        at = press(open_page(sign_in(lite_world), EFFORT, id=key(effort)), "Ja, intrekken")
        assert at.title[0].value == "Groenonderhoud 2026"
        assert [one.state for one in efforts()] == [EffortState.WITHDRAWN]

    def test_an_approved_one_is_only_to_read(self, lite_world: World, contract: Contract) -> None:
        effort = approve(make_effort(contract, description="Maaien"))
        at = open_page(sign_in(lite_world), EFFORT, id=key(effort))
        assert "Maaien" in words(at)
        assert not at.text_input
        assert "Insturen" not in [one.label for one in at.button]


@pytest.mark.parametrize(
    ("file", "params"),
    [
        (OVERVIEW, {}),
        (CONTRACT, {"id": 1, "part": "efforts"}),
        (CONTRACT, {"id": 1, "part": "counts"}),
        (CONTRACT, {"id": 1, "part": "ways"}),
        ("portal/company.py", {}),
        (EFFORT, {"contract": 1, "placement": 1}),
        (EFFORT, {"id": 1}),
    ],
)
def test_a_page_asks_at_most_twelve_questions(
    lite_world: World, contract: Contract, file: str, params: dict[str, object]
) -> None:
    for _ in range(3):
        make_effort(contract)
        make_placement(lite_world)
    at = sign_in(lite_world)
    with statements() as seen:
        open_page(at, file, **params)
    assert len(seen) <= 12


class TestAnotherEmployer:
    """Employer B has a contract, an effort and evidence; none of it reaches anybody at employer A."""

    SECRETS = ("Van Dam", "Geheim van B", "987.654", "K-9999", "geheim-b", "K\\-9999")

    @pytest.fixture
    def theirs(self, lite_world: World) -> Effort:
        other = make_contract(
            lite_world,
            employer_id=key(lite_world.employer_b),
            title="Geheim van B",
            value_cents=1_975_308_000,
        )
        effort = make_effort(other, subject="K-9999")
        command = AddEvidence(effort_id=key(effort), kind="payslip", file_name="geheim-b.pdf", content=PDF)
        perform(system("test"), actions.add_evidence, command)
        make_placement(lite_world, employer=lite_world.employer_b)
        return effort

    def test_nothing_of_it_is_in_any_answer(
        self, lite_world: World, contract: Contract, theirs: Effort
    ) -> None:
        ours = make_effort(contract)
        at = sign_in(lite_world)
        answers = [sent(at)]
        pages: list[tuple[str, dict[str, object]]] = [
            (CONTRACT, {"id": key(contract)}),
            (CONTRACT, {"id": key(contract), "part": "efforts"}),
            (CONTRACT, {"id": key(contract), "part": "counts"}),
            (EFFORT, {"contract": key(contract)}),
            (EFFORT, {"id": key(ours)}),
            (CONTRACT, {"id": theirs.contract_id}),
            (EFFORT, {"contract": theirs.contract_id}),
            (EFFORT, {"id": key(theirs)}),
        ]
        for file, params in pages:
            answers.append(sent(open_page(sign_in(lite_world), file, **params)))
        assert [secret for answer in answers for secret in self.SECRETS if secret in answer] == []

    @pytest.mark.parametrize("name", ["contract", "new", "effort"])
    def test_its_ids_in_the_address_look_like_nothing(
        self, lite_world: World, contract: Contract, theirs: Effort, name: str
    ) -> None:
        file, params = {
            "contract": (CONTRACT, {"id": theirs.contract_id}),
            "new": (EFFORT, {"contract": theirs.contract_id}),
            "effort": (EFFORT, {"id": key(theirs)}),
        }[name]
        at = open_page(sign_in(lite_world), file, **params)
        assert NOT_FOUND in at.error[0].value
        nowhere = open_page(sign_in(lite_world), file, **dict.fromkeys(params, 999_999))
        assert [one.value for one in nowhere.error] == [one.value for one in at.error]

    def test_a_placement_of_it_fills_in_nothing(
        self, lite_world: World, contract: Contract, theirs: Effort
    ) -> None:
        placement = make_placement(lite_world, employer=lite_world.employer_b)
        at = open_page(sign_in(lite_world), EFFORT, contract=key(contract), placement=key(placement))
        assert not at.text_input
        assert placement.candidate_reference not in sent(at)

    def test_its_own_portal_does_show_it(self, lite_world: World, theirs: Effort) -> None:
        at = AppTest.from_file(str(ROOT / "crm/ui/main.py"), default_timeout=60)
        assert lite_world.portal_b is not None
        at.user = {"ident": str(key(make_session(lite_world.portal_b)))}
        answer = sent(at.run())
        assert "Geheim van B" in answer
        assert "987.654" in answer


class TestFillTheRest:
    def test_a_mix_goes_into_the_plan_with_one_click(self, lite_world: World) -> None:
        contract = make_contract(lite_world, end_on=date(2027, 12, 31))
        at = open_page(sign_in(lite_world), CONTRACT, id=key(contract), part="ways")
        shown = words(at)
        assert "Het goedkoopste voor u staat bovenaan" in shown
        assert "**€ 50.000**" in shown
        at.button(key="take_1").click().run()
        assert not at.exception
        with reading(system("test")) as unit:
            [plan] = unit.session.exec(select(Plan)).all()
        assert (plan.state, plan.total_cents >= 5_000_000) == (PlanState.DRAFT, True)
        assert "Wat u gaat doen" in words(at)

    def test_while_a_plan_is_under_review_nothing_is_put_in_it(self, lite_world: World) -> None:
        contract = make_contract(lite_world, end_on=date(2027, 12, 31))
        hand_in(add(contract))
        at = open_page(sign_in(lite_world), CONTRACT, id=key(contract), part="ways")
        assert "Wij bekijken uw plan." in words(at)
        assert "Zet in het plan" not in [one.label for one in at.button]

    def test_a_closed_contract_has_no_such_part(self, lite_world: World, contract: Contract) -> None:
        command = SettleContract(contract_id=key(contract), version=contract.version)
        perform(system("test"), actions.settle_contract, command)
        at = open_page(sign_in(lite_world), CONTRACT, id=key(contract))
        parts = at.get("button_group")[1]
        assert "Nog invullen" not in parts.options


class TestPlan:
    def test_a_draft_is_thrown_away_after_asking(self, lite_world: World, contract: Contract) -> None:
        old = accept(hand_in(add(contract)))
        perform(system("test"), actions.renew_plan, RenewPlan(plan_id=key(old), version=old.version))
        at = open_page(sign_in(lite_world), CONTRACT, id=key(contract), part="plan")
        assert "nog niet ingestuurd" in words(at)
        at = press(at, "Ja, weggooien")
        assert "afgesproken" in words(at)
        assert count(Plan) == 1


class TestCompany:
    def open(self, world: World) -> AppTest:
        return open_page(sign_in(world), "portal/company.py")

    def test_a_certificate_is_handed_in_and_waits(self, lite_world: World) -> None:
        at = self.open(lite_world)
        assert "Heeft uw bedrijf een certificaat" in words(at)
        widget(at, "selectbox", ":code").set_value("pso_2")
        widget(at, "date_input", ":valid_from").set_value(date(2026, 1, 1))
        widget(at, "date_input", ":valid_until").set_value(date(2027, 12, 31))
        widget(at, "file_uploader", ":file").upload("pso.pdf", PDF)
        at = press(at, "Insturen")
        assert not at.exception
        assert "wij bekijken het" in words(at)
        at = press(at, "Terugnemen")
        assert "wij bekijken het" not in words(at)

    def test_without_file_or_number_it_says_so(self, lite_world: World) -> None:
        at = self.open(lite_world)
        widget(at, "selectbox", ":code").set_value("pso_2")
        widget(at, "date_input", ":valid_from").set_value(date(2026, 1, 1))
        widget(at, "date_input", ":valid_until").set_value(date(2027, 12, 31))
        at = press(at, "Insturen")
        assert "Voeg het certificaat als bestand toe, of vul het nummer in." in at.error[0].value

    def test_what_is_held_tells_what_it_does_and_when_it_lapses(
        self, lite_world: World, contract: Contract
    ) -> None:
        save(
            EmployerCertificate(
                region_id=lite_world.employer_a.region_id,
                employer_id=key(lite_world.employer_a),
                code="pso_1",
                valid_from=date(2025, 1, 1),
                valid_until=date(2026, 12, 24),
                seen_on=date(2025, 1, 5),
            )
        )
        at = self.open(lite_world)
        assert "PSO trede 1 verloopt op 24 dec 2026." in at.warning[0].value
        assert "**Groenonderhoud 2026**: het verandert het bedrag niet." in words(at)
