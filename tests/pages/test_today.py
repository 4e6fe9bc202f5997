"""Today: each role sees its own work, and acts on it where it stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import event
from streamlit.testing.v1 import AppTest

from crm.accounts.drafts import SaveDraft, save_draft
from crm.core import clock
from crm.core.access import Actor, Role, system
from crm.core.database import engine
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.employers.records import Employer
from crm.ui.today import todays_work
from crm.ui.visits import greeting
from crm.visits.records import FollowUp
from tests.factories import TODAY, World, make_employer, make_session
from tests.jobcarving.factories import make_case
from tests.needs.factories import make_need, make_vacancy
from tests.sources import ROOT
from tests.sroi.factories import assign, make_contract, make_effort
from tests.visits.factories import make_follow_up, make_moment


def opened(world: World, role: Role) -> AppTest:
    at = AppTest.from_file(str(ROOT / "crm/ui/main.py"), default_timeout=60)
    at.user = {"ident": str(key(make_session(world.users[role])))}
    return at.run()


def text(at: AppTest) -> str:
    parts = (at.title, at.header, at.markdown, at.caption, at.success, at.error)
    return "\n".join([*(one.value for kind in parts for one in kind), *(one.label for one in at.button)])


def choose(monkeypatch: pytest.MonkeyPatch, at: AppTest, choice: str) -> AppTest:
    """Choose from the menu of the only line; the test harness knows no menu button."""
    first_version = "_1"
    monkeypatch.setattr(
        st, "menu_button", lambda *_args, **named: choice if named["key"].endswith(first_version) else None
    )
    return at.run()


def headings(at: AppTest) -> list[str]:
    return [one.value.split(" :")[0] for one in at.header]


def stored(follow_up: FollowUp) -> FollowUp:
    with reading(system("test")) as unit:
        return unit.get(FollowUp, key(follow_up))


def mine(world: World, role: Role = Role.ACCOUNT_MANAGER, **values: Any) -> Employer:
    return make_employer(key(world.region), "Van mij BV", holder_id=key(world.users[role]), **values)


OFFICERS_OWN = ("Te beoordelen", "Te bevestigen", "Termijnen van mijn contracten")


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.ADVISER, ["Te doen", "Dreigend", "Net gebeurd"]),
        (Role.ACCOUNT_MANAGER, ["Te doen", "Dreigend", "Mijn werkgevers", "Net gebeurd"]),
        (Role.SROI_OFFICER, [*OFFICERS_OWN, "Te doen", "Dreigend", "Net gebeurd"]),
        (Role.MANAGER, ["Dreigend", "Net gebeurd"]),
        (Role.PARTNER, ["Met u gedeeld", "Net gebeurd"]),
    ],
)
def test_each_role_sees_its_own_parts(lite_world: World, role: Role, expected: list[str]) -> None:
    mine(lite_world)
    at = opened(lite_world, role)
    assert headings(at) == expected
    assert not at.exception


def test_it_greets_by_name_on_the_day(lite_world: World) -> None:
    at = opened(lite_world, Role.MANAGER)
    assert at.title[0].value.startswith("Goedemorgen manager")
    assert at.caption[0].value == "dinsdag 24 november"


@pytest.mark.parametrize(("hours", "expected"), [(0, "Goedemorgen"), (2, "Goedemiddag"), (8, "Goedenavond")])
def test_the_greeting_follows_the_dutch_clock(lite_world: World, hours: int, expected: str) -> None:
    with clock.frozen_at(clock.now() + timedelta(hours=hours)):
        assert greeting("Noor de Vries") == f"{expected} Noor"
    assert greeting("J. de Wit").endswith("J\\. de Wit")


def test_a_line_is_done_with_one_tap_and_can_be_undone(lite_world: World) -> None:
    follow_up = make_follow_up(lite_world.employer_a, lite_world.users[Role.ADVISER], what="Bellen")
    at = opened(lite_world, Role.ADVISER)
    at.checkbox[0].check().run()
    assert stored(follow_up).done_on == TODAY
    assert not at.checkbox
    next(one for one in at.button if one.label == "Ongedaan maken").click().run()
    assert stored(follow_up).done_on is None
    assert len(at.checkbox) == 1


def test_undo_is_offered_for_a_short_while(lite_world: World) -> None:
    make_follow_up(lite_world.employer_a, lite_world.users[Role.ADVISER])
    at = opened(lite_world, Role.ADVISER)
    at.checkbox[0].check().run()
    with clock.frozen_at(clock.now() + timedelta(minutes=3)):
        at.run()
    assert "Ongedaan maken" not in text(at)


@pytest.mark.parametrize(("choice", "days"), [("1", 1), ("7", 7)])
def test_a_line_is_put_off_from_today(
    lite_world: World, monkeypatch: pytest.MonkeyPatch, choice: str, days: int
) -> None:
    late = TODAY - timedelta(days=5)
    follow_up = make_follow_up(lite_world.employer_a, lite_world.users[Role.ADVISER], late)
    at = opened(lite_world, Role.ADVISER)
    assert "5 dagen te laat" in text(at)
    choose(monkeypatch, at, choice)
    assert stored(follow_up).due_on == TODAY + timedelta(days=days)


def test_another_day_is_asked_for(lite_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    follow_up = make_follow_up(lite_world.employer_a, lite_world.users[Role.ADVISER])
    at = opened(lite_world, Role.ADVISER)
    choose(monkeypatch, at, "day")
    at.date_input[0].set_value(TODAY + timedelta(days=30))
    next(one for one in at.button if one.label == "Bewaren").click().run()
    assert stored(follow_up).due_on == TODAY + timedelta(days=30)


def test_a_colleague_takes_over(lite_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    follow_up = make_follow_up(lite_world.employer_a, lite_world.users[Role.ADVISER])
    at = opened(lite_world, Role.ADVISER)
    choose(monkeypatch, at, "colleague")
    officer = key(lite_world.users[Role.SROI_OFFICER])
    at.selectbox[0].set_value(officer).run()
    next(one for one in at.button if one.label == "Overdragen").click().run()
    assert stored(follow_up).owner_id == officer


def test_what_changed_meanwhile_is_not_done_unseen(lite_world: World) -> None:
    follow_up = make_follow_up(lite_world.employer_a, lite_world.users[Role.ADVISER])
    at = opened(lite_world, Role.ADVISER)
    with work(system("test")) as unit:
        unit.get(FollowUp, key(follow_up)).due_on = TODAY + timedelta(days=3)
        unit.commit()
    at.checkbox[0].check().run()
    assert stored(follow_up).done_on is None


def test_nothing_due_names_who_to_call(lite_world: World) -> None:
    mine(lite_world, last_contact_on=TODAY - timedelta(days=400))
    at = opened(lite_world, Role.ACCOUNT_MANAGER)
    assert "Een goed moment om Van mij BV te bellen" in text(at)


def test_nothing_due_and_nobody_quiet_is_friendly_too(lite_world: World) -> None:
    assert "Er staat deze week niets op uw lijst" in text(opened(lite_world, Role.ADVISER))


def test_a_long_list_is_folded(lite_world: World) -> None:
    for _ in range(11):
        make_follow_up(lite_world.employer_a, lite_world.users[Role.ADVISER])
    at = opened(lite_world, Role.ADVISER)
    assert at.expander[0].label == "nog 3"
    assert len(at.checkbox) == 11


def test_quiet_employers_are_counted_and_named(lite_world: World) -> None:
    mine(lite_world, last_contact_on=TODAY - timedelta(days=400), phone="0165 123456")
    mine(lite_world, last_contact_on=TODAY)
    at = opened(lite_world, Role.ACCOUNT_MANAGER)
    assert "Mijn werkgevers :gray-badge[2]" in [one.value for one in at.header]
    assert "400 dagen geen contact" in text(at)


def test_an_unfinished_visit_waits(lite_world: World) -> None:
    employer = lite_world.employer_a
    fields = {"summary": "half"}
    command = SaveDraft(form="visit", subject=str(key(employer)), title=employer.name, fields=fields)
    perform(lite_world.actor(Role.ADVISER), save_draft, command)
    shown = text(opened(lite_world, Role.ADVISER))
    assert "Nog niet af" in shown
    assert "**De Linde Groen BV**" in shown
    assert "Concept bewaard om 10:30" in shown


def test_the_officer_sees_what_to_review_and_confirm(lite_world: World) -> None:
    assign(lite_world)
    make_effort(make_contract(lite_world, title="Groenonderhoud"))
    make_contract(lite_world, confirmed=False, title="Nieuwe sporthal")
    shown = text(opened(lite_world, Role.SROI_OFFICER))
    assert "Groenonderhoud · wacht sinds 24 nov 2026" in shown
    assert "**Nieuwe sporthal**" in shown


def test_a_contract_at_risk_says_how_much_is_short(lite_world: World) -> None:
    assign(lite_world)
    make_contract(lite_world, title="Groenonderhoud")
    shown = text(opened(lite_world, Role.MANAGER))
    assert "**€\N{NO-BREAK SPACE}50.000** te kort, nog 2 van 12 maanden" in shown


def test_the_worst_contracts_are_shown_and_all_are_counted(lite_world: World) -> None:
    assign(lite_world)
    for _ in range(4):
        make_contract(lite_world)
    at = opened(lite_world, Role.MANAGER)
    assert "Dreigend :red-badge[4]" in [one.value for one in at.header]
    assert text(at).count("te kort") == 3


def test_news_comes_from_every_noun_in_order(lite_world: World) -> None:
    employer = mine(lite_world)
    colleague = lite_world.users[Role.ADVISER]
    assign(lite_world)
    make_effort(make_contract(lite_world, title="Groenonderhoud", employer_id=key(employer)))
    make_effort(make_contract(lite_world, title="Van een ander"))
    make_moment(employer, colleague, summary="Oud", created_at=clock.now() - timedelta(days=1))
    make_case(employer, colleague, department="Keuken")
    news = [line.sentence for line in todays_work(lite_world.actor(Role.ACCOUNT_MANAGER)).news]
    assert [sentence.split("** ")[1].split(" ")[0] for sentence in news] == ["diende", "ziet", "bezocht"]


def test_a_partner_hears_nothing_of_visits(lite_world: World) -> None:
    make_moment(lite_world.employer_a, lite_world.users[Role.ADVISER], summary="Vertrouwelijk")
    shown = text(opened(lite_world, Role.PARTNER))
    assert "Vertrouwelijk" not in shown
    assert "De Linde Groen BV · Roosendaal" in shown


def queries_for(actor: Actor) -> int:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(engine(), "before_cursor_execute", note)
    todays_work(actor)
    event.remove(engine(), "before_cursor_execute", note)
    return len([one for one in statements if one.startswith("SELECT")])


def busy(world: World, many: int) -> None:
    colleague = world.users[Role.ADVISER]
    for role in (Role.ACCOUNT_MANAGER, Role.SROI_OFFICER):
        for _ in range(many):
            employer = mine(world, role)
            make_follow_up(employer, world.users[role])
            make_moment(employer, colleague)
            make_case(employer, colleague)
    for _ in range(many):
        make_effort(make_contract(world))
        make_contract(world, confirmed=False)


@pytest.mark.parametrize("role", [Role.ACCOUNT_MANAGER, Role.SROI_OFFICER])
def test_a_full_day_takes_as_many_queries_as_a_quiet_one(lite_world: World, role: Role) -> None:
    assign(lite_world)
    for user_role in (Role.ACCOUNT_MANAGER, Role.SROI_OFFICER):
        actor = lite_world.actor(user_role)
        command = SaveDraft(form="visit", subject=str(key(lite_world.employer_a)), fields={"summary": "x"})
        perform(actor, save_draft, command)
    busy(lite_world, 1)
    few = queries_for(lite_world.actor(role))
    busy(lite_world, 8)
    assert queries_for(lite_world.actor(role)) == few
    assert few <= 12


def test_who_was_quiet_for_too_long_can_all_be_seen(lite_world: World) -> None:
    for number in range(6):
        mine(lite_world, last_contact_on=TODAY - timedelta(days=400 + number))
    at = opened(lite_world, Role.ACCOUNT_MANAGER)
    [link] = [one for one in at.get("page_link") if one.proto.label == "Alle 6"]
    assert link.proto.query_string == (
        "alleen=Van+mij&alleen=Te+lang+niet+gesproken&volgorde=Langst+niet+gesproken"
    )


def test_a_vacancy_that_closes_leads_to_its_need(lite_world: World) -> None:
    need = make_need(mine(lite_world), lite_world.users[Role.ACCOUNT_MANAGER], reacted_on=TODAY)
    make_vacancy(need, title="Magazijnhulp", closes_on=TODAY - timedelta(days=1))
    at = opened(lite_world, Role.ACCOUNT_MANAGER)
    assert "**Vacature sluit** · Magazijnhulp" in text(at)
    next(one for one in at.button if (one.key or "").startswith("vacancy_")).click().run()
    assert at.title[0].value != greeting("Sam")
    assert "Magazijnhulp" in "\n".join(one.value for one in at.text_input)
