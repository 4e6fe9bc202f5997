"""The officer's screens: register, contract, review and rule sets."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import reading
from crm.sroi.queries import PAGE_SIZE
from crm.sroi.records import AuthorityRuleSet, Contract, Effort
from crm.sroi.states import ContractState, EffortState
from crm.ui.registry import PAGES_DIR
from tests.factories import World, make_session, together
from tests.pages.walking import labels
from tests.sources import ROOT
from tests.sroi.factories import approve, assign, make_contract, make_effort, stored


def opened(world: World, page: str, role: Role = Role.SROI_OFFICER, **params: object) -> AppTest:
    at = AppTest.from_file(str(ROOT / "crm/ui/main.py"), default_timeout=60)
    at.user = {"ident": str(key(make_session(world.users[role])))}
    at.run().switch_page(str(PAGES_DIR / "staff" / page))
    for name, value in params.items():
        at.query_params[name] = str(value)
    at.run()
    assert not at.exception
    return at


def labelled(widgets: Any, label: str) -> Any:
    return next(widget for widget in widgets if widget.label == label)


def press(at: AppTest, label: str) -> AppTest:
    labelled(at.button, label).click().run()
    assert not at.exception
    return at


def words(at: AppTest) -> str:
    shown = [*at.title, *at.subheader, *at.markdown, *at.caption, *at.info, *at.error, *at.metric]
    return "\n".join(f"{getattr(one, 'label', '')} {one.value}" for one in shown)


def tables(at: AppTest) -> str:
    cells = (str(cell) for table in at.table for cell in table.value.to_numpy().flatten())
    return "\n".join(cells)


def test_the_register_shows_totals_and_opens_a_contract(lite_world: World) -> None:
    contract = make_contract(lite_world, title="Groenonderhoud 2026")
    approve(make_effort(contract))
    at = opened(lite_world, "contracts.py")
    assert "Opgelegd **€ 50.000** · Goedgekeurd **€ 13.333,33**" in words(at)
    row = at.dataframe[0].value.iloc[0]
    assert (row["Contract"], row["Nog nodig"]) == ("Groenonderhoud 2026", "€ 36.666,67")
    assert list(row["Hoe het loopt"]) == ["! loopt achter"]
    at.session_state["contracts"] = {"selection": {"rows": [], "columns": [], "cells": [(0, "Contract")]}}
    at.run()
    assert not at.exception
    assert at.title[0].value == "Groenonderhoud 2026"


def test_another_choice_in_the_register_starts_at_its_first_page(lite_world: World) -> None:
    with together():
        for number in range(PAGE_SIZE):
            make_contract(lite_world, title=f"Groenonderhoud {number}", confirmed=False)
        make_contract(lite_world, title="Catering raadhuis", confirmed=False)
    at = opened(lite_world, "contracts.py")
    at.session_state["register_page"] = 2
    assert len(at.run().dataframe[0].value) == 1
    at.text_input(key="q").set_value("catering").run()
    assert list(at.dataframe[0].value["Contract"]) == ["Catering raadhuis"]


def test_the_register_searches_and_says_when_nothing_fits(lite_world: World) -> None:
    make_contract(lite_world, title="Groenonderhoud 2026")
    at = opened(lite_world, "contracts.py")
    at.text_input(key="q").set_value("catering").run()
    assert "Geen contract past bij deze keuzes" in words(at)
    assert not at.dataframe


def test_an_empty_register_says_what_to_do_next(lite_world: World) -> None:
    assert "Voeg er een toe" in words(opened(lite_world, "contracts.py"))
    assert "Een SROI-medewerker" in words(opened(lite_world, "contracts.py", Role.ADVISER))


def test_an_officer_adds_a_contract_and_confirms_it(lite_world: World) -> None:
    assign(lite_world)
    at = opened(lite_world, "contracts.py", new=1)
    labelled(at.text_input, "Opdrachtnemer").set_value("linde").run()
    labelled(at.selectbox, "Opdrachtgever").set_value(key(lite_world.authority))
    labelled(at.text_input, "Titel").set_value("Groenonderhoud 2027")
    labelled(at.text_input, "Waarde zonder btw").set_value("€ 1.234.567,89")
    labelled(at.date_input, "Gegund op").set_value(date(2026, 11, 2))
    labelled(at.date_input, "Begint op").set_value(date(2027, 1, 1))
    labelled(at.date_input, "Eindigt op").set_value(date(2027, 12, 31))
    press(at, "Contract toevoegen")
    assert at.title[0].value == "Groenonderhoud 2027"
    assert "€ 61.728,39" in words(at)
    with reading(system("test")) as unit:
        (made,) = unit.session.exec(select(Contract.id)).all()
    at = opened(lite_world, "contract.py", id=made)
    at.text_input(key=f"confirm_{made}:0:percentage").set_value("2,5")
    press(at, "Verplichting bevestigen")
    contract = stored(Contract, made or 0)
    assert (contract.state, contract.obligation_cents) == (ContractState.RUNNING, 3_086_420)
    assert contract.employer_id == key(lite_world.employer_a)
    assert "Op koers: € 0 van € 30.864,20 goedgekeurd, nog 12 van 12 maanden." in words(at)


def test_a_fault_in_the_form_is_named_in_words(lite_world: World) -> None:
    at = opened(lite_world, "contracts.py", new=1)
    labelled(at.text_input, "Titel").set_value("Groenonderhoud")
    labelled(at.text_input, "Waarde zonder btw").set_value("veel")
    press(at, "Contract toevoegen")
    assert at.error[0].value == "Waarde zonder btw: Vul een bedrag in euro's in, bijvoorbeeld 1.234,56."


def test_a_contract_tells_how_it_stands_and_why(lite_world: World) -> None:
    contract = make_contract(lite_world, title="Groenonderhoud")
    approve(make_effort(contract))
    make_effort(contract, start=date(2026, 7, 1), end=date(2026, 9, 30), subject="K-2107")
    at = opened(lite_world, "contract.py", id=key(contract))
    assert "Loopt achter: € 13.333,33 van € 50.000 goedgekeurd, nog 2 van 12 maanden." in words(at)
    assert (at.metric[0].label, at.metric[0].value) == ("Goedgekeurd van € 50.000", "€ 13.333,33")
    shown = tables(at)
    assert "40\\.000 × 24/36 × 3/12" in shown
    assert "K\\-2107 · Participatiewet" in shown
    assert "aangenomen" in shown


def test_an_adviser_reads_a_contract_but_changes_nothing(lite_world: World) -> None:
    contract = make_contract(lite_world)
    make_effort(contract)
    at = opened(lite_world, "contract.py", Role.ADVISER, id=key(contract))
    names = [found.label for found in at.tabs]
    assert names == ["Inspanningen", "Plan van aanpak", "Verloop", "Regelset", "Wijzigingen"]
    assert labels(at) == []


def test_a_contract_of_another_authority_is_not_found(lite_world: World) -> None:
    contract = make_contract(lite_world, authority_id=key(lite_world.other_authority), title="Geheim")
    at = opened(lite_world, "contract.py", id=key(contract))
    assert "Dit is niet gevonden" in words(at)
    assert "Geheim" not in words(at)


def test_settling_asks_whether_you_are_sure(lite_world: World) -> None:
    contract = make_contract(lite_world)
    at = opened(lite_world, "settle.py", id=key(contract))
    press(at, "Afrekenen met € 0 die telt")
    assert stored(Contract, key(contract)).state is ContractState.RUNNING
    at.checkbox[-1].check()
    press(at, "Afrekenen met € 0 die telt")
    assert stored(Contract, key(contract)).state is ContractState.SETTLED


def test_changes_behind_your_back_show_both_versions(lite_world: World) -> None:
    contract = make_contract(lite_world, title="Groen")
    at = opened(lite_world, "contract.py", id=key(contract))
    make_effort(contract)
    labelled(at.text_input, "Titel").set_value("Groen en grijs")
    press(at, "Bewaren")
    assert at.title[0].value == "Iemand anders was u voor"
    press(at, "Het mijne bewaren")
    assert stored(Contract, key(contract)).title == "Groen en grijs"


def test_an_officer_hands_in_for_a_contractor_and_sees_the_value_first(lite_world: World) -> None:
    contract = make_contract(lite_world)
    at = opened(lite_world, "contract.py", id=key(contract))
    form = f"add_effort_{key(contract)}:0:effort"
    at.selectbox(key=f"{form}_block").set_value("PW").run()
    at.date_input(key=f"{form}_start").set_value(date(2026, 1, 1))
    at.date_input(key=f"{form}_end").set_value(date(2026, 6, 30))
    at.text_input(key=f"{form}_hours_per_week").set_value("24").run()
    assert "Waarde: **€ 13.333,33**" in words(at)
    at.text_input(key=f"{form}_subject").set_value("K-2041").run()
    press(at, "Indienen")
    assert "ontbreekt" in words(at).lower()
    press(at, "Toch indienen")
    with reading(system("test")) as unit:
        (effort,) = unit.session.exec(select(Effort)).all()
    assert (effort.state, effort.value_cents) == (EffortState.SUBMITTED, 1_333_333)


def test_approving_brings_the_next_effort_by_itself(lite_world: World) -> None:
    contract = make_contract(lite_world)
    first = make_effort(contract)
    second = make_effort(contract, subject="K-2107", hours_per_week=12)
    at = opened(lite_world, "review.py")
    assert "2 inspanningen wachten" in words(at)
    assert "ontbreekt\\: Arbeidscontract" in words(at)
    press(at, "€ 13.333,33 goedkeuren")
    assert stored(Effort, key(first)).state is EffortState.APPROVED
    assert "K\\-2107" in words(at)
    press(at, "€ 6.666,67 goedkeuren")
    assert stored(Effort, key(second)).state is EffortState.APPROVED
    assert "Er wacht niets op een beoordeling" in words(at)


def test_a_part_is_approved_with_its_reason(lite_world: World) -> None:
    effort = make_effort(make_contract(lite_world))
    at = opened(lite_world, "review.py")
    labelled(at.text_input, "Bedrag om goed te keuren").set_value("10.000")
    press(at, "Dit bedrag goedkeuren")
    assert "Reden: Vertel waarom" in at.error[0].value
    labelled(at.text_area, "Waarom een deel? De opdrachtnemer leest dit.").set_value("Juni ontbreekt")
    press(at, "Dit bedrag goedkeuren")
    found = stored(Effort, key(effort))
    assert (found.approved_cents, found.review_reason) == (1_000_000, "Juni ontbreekt")


def test_sending_back_needs_a_reason(lite_world: World) -> None:
    effort = make_effort(make_contract(lite_world))
    at = opened(lite_world, "review.py", id=key(effort))
    press(at, "Terugsturen")
    assert stored(Effort, key(effort)).state is EffortState.SUBMITTED
    labelled(at.text_area, "Wat moet er anders? De opdrachtnemer leest dit.").set_value("Vul de uren aan")
    press(at, "Terugsturen")
    assert stored(Effort, key(effort)).state is EffortState.SENT_BACK


def test_an_approval_is_taken_back_on_the_contract(lite_world: World) -> None:
    contract = make_contract(lite_world)
    effort = approve(make_effort(contract))
    at = opened(lite_world, "contract.py", id=key(contract))
    labelled(at.text_area, "Wat moet er anders? De opdrachtnemer leest dit.").set_value("Uren kloppen niet")
    press(at, "Teruggeven")
    assert stored(Effort, key(effort)).state is EffortState.SENT_BACK
    assert "De goedkeuring is teruggenomen" in "\n".join(toast.value for toast in at.toast)
    read_only = opened(lite_world, "contract.py", Role.MANAGER, id=key(contract))
    assert "Teruggeven" not in labels(read_only)


def test_rule_sets_are_readable_and_can_be_assigned(lite_world: World) -> None:
    at = opened(lite_world, "rulesets.py")
    assert "Nog geen opdrachtgever heeft een regelset" in words(at)
    labelled(at.selectbox, "Opdrachtgever").set_value(key(lite_world.authority))
    labelled(at.selectbox, "Regelset").set_value("utrecht-current")
    press(at, "Toewijzen")
    with reading(system("test")) as unit:
        assert unit.session.exec(select(AuthorityRuleSet.rule_set_code)).all() == ["utrecht-current"]
    at.selectbox(key="ruleset").set_value("utrecht-current").run()
    assert "€\N{NO-BREAK SPACE}40.000 per voltijdjaar" in tables(at)


def test_every_shipped_rule_set_can_be_read_in_both_languages(lite_world: World) -> None:
    at = opened(lite_world, "rulesets.py", Role.ADMIN)
    for language in ("nl", "en"):
        at.session_state["language"] = language
        at.run()
        for code in labelled(
            at.selectbox, "Regelset lezen" if language == "nl" else "Read a rule set"
        ).options:
            at.selectbox(key="ruleset").select(code).run()
            assert not at.exception
            assert len(at.subheader) >= 2
