"""The screens on which administrators make a version of a rule set, and everybody sees which there are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from streamlit.testing.v1 import AppTest

from crm.accounts.records import User
from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import reading
from crm.sroi import rulebook
from crm.sroi.records import AuthorityRuleSet, RuleSetDraft
from crm.sroi.ruleset_commands import RuleChange
from crm.sroi.states import DraftState
from crm.ui.registry import page
from tests.factories import World, make_session, make_user
from tests.pages.test_all_pages import words
from tests.sources import ROOT
from tests.sroi.factories import assign, make_contract, stored
from tests.sroi.test_ruleset_drafts import NEW, approve, ask, change, make, publish

FILE = "admin/ruleset.py"


def opened(user: User, file: str, tab: str | None = None, **params: object) -> AppTest:
    at = AppTest.from_file(str(ROOT / "crm/ui/main.py"), default_timeout=60)
    at.user = {"ident": str(key(make_session(user)))}
    at.run().switch_page(str(page(file).path))
    for name, value in params.items():
        at.query_params[name] = str(value)
    if tab is not None:
        at.session_state["ruleset_tab"] = tab
    at.run()
    assert not at.exception
    return at


def field(at: AppTest, kind: str, end: str) -> object:
    [found] = [one for one in at.get(kind) if (one.key or "").endswith(end)]
    return found


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def admin(world: World) -> User:
    return world.users[Role.ADMIN]


def test_a_new_version_is_made_from_an_existing_one(lite_world: World) -> None:
    at = opened(admin(lite_world), "staff/rulesets.py")
    at.selectbox[0].set_value("utrecht-current")
    for label, value in (
        ("Naam van de regelset", "Utrecht 2027"),
        ("Naam van de versie", "2027-1"),
        ("Id van de nieuwe versie", "utrecht-2027"),
    ):
        next(one for one in at.text_input if one.label == label).set_value(value)
    press(at, "Versie maken")
    assert [title.value for title in at.title] == ["Utrecht 2027"]
    draft = stored(RuleSetDraft, 1)
    assert (draft.code, draft.made_by_id) == ("utrecht-2027", key(admin(lite_world)))


def test_only_administrators_are_offered_a_new_version(lite_world: World) -> None:
    make(lite_world.actor(Role.ADMIN))
    at = opened(lite_world.users[Role.SROI_OFFICER], "staff/rulesets.py")
    assert "Versie maken" not in [button.label for button in at.button]
    assert "West-Brabant 2027" not in words(at)


def test_a_line_is_changed_in_the_form(lite_world: World) -> None:
    draft_id = make(lite_world.actor(Role.ADMIN))
    at = opened(admin(lite_world), FILE, id=draft_id)
    field(at, "text_input", ":blocks.PW:value").set_value("41.500")  # type: ignore[attr-defined]
    field(at, "text_input", ":blocks.PW:source").set_value("https://example.nl")  # type: ignore[attr-defined]
    press(at, "Wijzigingen opslaan")
    document = stored(RuleSetDraft, draft_id).document
    assert "value = 41500\n" in document
    assert document.count("https://example.nl") == 1


def test_a_number_that_cannot_be_read_is_told_with_its_line(lite_world: World) -> None:
    draft_id = make(lite_world.actor(Role.ADMIN))
    at = opened(admin(lite_world), FILE, id=draft_id)
    field(at, "text_input", ":blocks.PW:months").set_value("1,5")  # type: ignore[attr-defined]
    press(at, "Wijzigingen opslaan")
    assert "Participatiewet (voltijdjaar): Vul hele maanden in" in at.error[0].value


def test_saving_nothing_says_so(lite_world: World) -> None:
    at = opened(admin(lite_world), FILE, id=make(lite_world.actor(Role.ADMIN)))
    press(at, "Wijzigingen opslaan")
    assert "Er is niets gewijzigd." in at.error[0].value


def test_two_who_change_the_same_line_compare(lite_world: World) -> None:
    maker = lite_world.actor(Role.ADMIN)
    draft_id = make(maker)
    at = opened(admin(lite_world), FILE, id=draft_id)
    change(maker, draft_id, RuleChange(path="blocks.PW", value=Decimal(43000)))
    field(at, "text_input", ":blocks.PW:value").set_value("44.000")  # type: ignore[attr-defined]
    press(at, "Wijzigingen opslaan")
    [table] = at.dataframe
    assert table.value.iloc[0].tolist() == [
        "Participatiewet (voltijdjaar)",
        "44000 · assumed = true",
        "43000",
    ]
    press(at, "Het mijne bewaren")
    assert "value = 44000" in stored(RuleSetDraft, draft_id).document


def test_faults_in_the_text_are_told_with_their_lines_before_saving(lite_world: World) -> None:
    draft_id = make(lite_world.actor(Role.ADMIN))
    at = opened(admin(lite_world), FILE, "Hele tekst", id=draft_id)
    good = at.text_area[0].value
    at.text_area[0].set_value(good.replace("hours_basis = { value = 36", 'hours_basis = { value = "x"')).run()
    number = 1 + good.splitlines().index("hours_basis = { value = 36, assumed = true }")
    assert at.table[0].value.iloc[0, 0] == str(number)
    assert stored(RuleSetDraft, draft_id).document == good
    press(at, "Tekst opslaan")
    at.session_state["ruleset_tab"] = "Wat verandert er"
    assert "De tekst heeft fouten" in words(at.run())


def test_the_effects_are_laid_side_by_side(lite_world: World) -> None:
    make_contract(lite_world, title="Wegwerk")
    draft_id = make(lite_world.actor(Role.ADMIN))
    change(lite_world.actor(Role.ADMIN), draft_id)
    at = opened(admin(lite_world), FILE, "Wat verandert er", id=draft_id)
    assert "Percentage, waarde: was 5, nu 4" in words(at).replace("\\", "")
    [cases] = at.table
    row = [str(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in cases.value.iloc[0]]
    assert row[1:] == ["€ 50.000", "€ 40.000", "− € 10.000"]
    press(at, "Bereken het voor de lopende contracten")
    assert at.table[1].value.iloc[1, 0] == "Wegwerk"


def test_from_asking_to_publishing_takes_two_people(lite_world: World) -> None:
    assign(lite_world)
    second = make_user(Role.ADMIN, "Tweede beheerder")
    draft_id = make(lite_world.actor(Role.ADMIN))
    change(lite_world.actor(Role.ADMIN), draft_id)
    at = press(opened(admin(lite_world), FILE, id=draft_id), "Goedkeuring vragen")
    assert "Goedkeuren" not in [button.label for button in at.button]
    assert "Een collega die deze versie niet maakte" in words(at)
    press(opened(second, FILE, id=draft_id), "Goedkeuren")
    assert stored(RuleSetDraft, draft_id).state is DraftState.APPROVED
    at = press(opened(admin(lite_world), FILE, id=draft_id), "Definitief publiceren")
    assert [title.value for title in at.title] == ["Regelsets"]
    assert "gepubliceerd door admin een" in words(at).replace("\\", "")
    with reading(system("test")) as unit:
        assert rulebook.named(unit, NEW).valid_from == date(2027, 1, 1)
        assert unit.get(AuthorityRuleSet, 3).rule_set_code == NEW


def test_a_version_is_sent_back_and_thrown_away(lite_world: World) -> None:
    maker = lite_world.actor(Role.ADMIN)
    draft_id = make(maker)
    change(maker, draft_id)
    ask(maker, draft_id)
    at = opened(make_user(Role.ADMIN, "Tweede beheerder"), FILE, id=draft_id)
    at.text_area[0].set_value("De bron ontbreekt.")
    press(at, "Terugsturen")
    assert "Teruggestuurd: De bron ontbreekt" in words(at).replace("\\", "")
    press(at, "Deze versie weggooien")
    with reading(maker) as unit:
        assert unit.session.get(RuleSetDraft, draft_id) is None


def test_a_published_version_can_be_chosen_for_a_contract(lite_world: World) -> None:
    maker = lite_world.actor(Role.ADMIN)
    draft_id = make(maker)
    change(maker, draft_id)
    ask(maker, draft_id)
    approve(lite_world.actor_for(make_user(Role.ADMIN, "Tweede beheerder")), draft_id)
    publish(maker, draft_id)
    officer = lite_world.users[Role.SROI_OFFICER]
    for file, params in (("staff/contracts.py", {"new": 1}), ("staff/rulesets.py", {})):
        at = opened(officer, file, **params)
        choices = [box for box in at.selectbox if box.label == "Regelset"]
        assert "West-Brabant 2027 (2027-1)" in choices[0].options
