"""The screens of the end of a contract: settling, correcting, letters, and the statement in the portal."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from crm.core.access import Role
from crm.core.records import key
from crm.sroi.records import Contract
from crm.sroi.states import ContractState, LetterKind
from tests.factories import World
from tests.pages.test_all_pages import words
from tests.pages.test_gap import opened
from tests.sroi.factories import make_contract, make_effort, stored
from tests.sroi.test_statements import letter, made, settle, short_contract


def result(at: AppTest) -> list[str]:
    """Return the amounts of the result as they stand on screen, without the breaks that are kept out."""
    table = next(one.value for one in at.table if list(one.value.columns) == ["Wat", "Bedrag"])
    return [str(amount).replace("\u00a0", " ") for amount in table["Bedrag"]]


def test_the_officer_sees_what_follows_and_settles(lite_world: World) -> None:
    contract = short_contract(lite_world)
    at = opened(lite_world, "staff/settle.py", id=key(contract))
    assert "De regelset geeft 90 dagen om een tekort te herstellen" in words(at)
    assert result(at) == ["€ 50.000,00", "€ 31.250,00", "€ 31.250,00", "€ 18.750,00", "€ 18.750,00"]
    settle_button = next(one for one in at.button if one.label == "Afrekenen met € 31.250 die telt")
    settle_button.click().run()
    assert "Zet eerst het vinkje" in words(at)
    next(one for one in at.checkbox if one.label.startswith("Ik weet het zeker")).check()
    next(one for one in at.button if one.label.startswith("Afrekenen met")).click().run()
    assert not at.exception
    assert stored(Contract, key(contract)).state is ContractState.SETTLED
    assert made(contract)[0].code in words(at)


def test_not_to_blame_is_decided_on_the_page_with_a_reason(lite_world: World) -> None:
    contract = short_contract(lite_world)
    at = opened(lite_world, "staff/settle.py", id=key(contract))
    at.checkbox(key=f"free_{key(contract)}").check().run()
    at.text_area(key=f"blame_{key(contract)}").set_value("Stilgelegd door de gemeente").run()
    assert "Niet verwijtbaar, want: Stilgelegd door de gemeente" in words(at)
    assert result(at)[-1] == "€ 0,00"
    at.text_input(key=f"last_{key(contract)}").set_value("veel").run()
    assert "Vul een bedrag in euro's in" in words(at)


def test_efforts_are_decided_first(lite_world: World) -> None:
    contract = make_contract(lite_world)
    make_effort(contract)
    at = opened(lite_world, "staff/settle.py", id=key(contract))
    assert "1 inspanning wacht op beoordeling" in words(at)
    assert [one for one in at.button if one.label.startswith("Afrekenen met")] == []


def test_a_statement_is_corrected_with_a_reason(lite_world: World) -> None:
    contract = short_contract(lite_world)
    settle(lite_world, contract)
    at = opened(lite_world, "staff/settle.py", id=key(contract))
    at.toggle(key=f"correct_{key(contract)}").set_value(True).run()
    at.checkbox(key=f"free_{key(contract)}").check().run()
    at.text_area(key=f"blame_{key(contract)}").set_value("Stilgelegd").run()
    next(one for one in at.text_input if one.label == "Wat klopte er niet?").set_value("Reden vergeten")
    next(one for one in at.button if one.label == "Nieuwe versie maken").click().run()
    assert not at.exception
    assert [row.number for row in made(contract)] == [2, 1]
    assert made(contract)[0].paper.follows_cents == 0
    assert any("Reden vergeten" in one.value.to_string() for one in at.table)


def test_a_manager_reads_and_decides_nothing(lite_world: World) -> None:
    contract = short_contract(lite_world)
    settle(lite_world, contract)
    at = opened(lite_world, "staff/settle.py", Role.MANAGER, id=key(contract))
    assert made(contract)[0].code in words(at)
    assert len(at.toggle) == 0


def test_a_contract_that_is_not_confirmed_and_one_of_others(lite_world: World) -> None:
    waiting = make_contract(lite_world, confirmed=False)
    at = opened(lite_world, "staff/settle.py", id=key(waiting))
    assert "bevestig eerst de verplichting" in words(at)
    other = make_contract(lite_world, authority_id=key(lite_world.other_authority))
    assert "niet gevonden" in words(opened(lite_world, "staff/settle.py", id=key(other)))


def test_an_officer_reads_a_letter_and_makes_it(lite_world: World) -> None:
    contract = short_contract(lite_world)
    at = opened(lite_world, "staff/contract.py", id=key(contract))
    at.session_state["contract_tab"] = "Brieven"
    at.run()
    at.selectbox(key=f"letter_kind_{key(contract)}").set_value(LetterKind.DEFAULT).run()
    assert "Met deze brief stellen wij u in gebreke" in words(at)
    at.button(key=f"make_letter_{key(contract)}").click().run()
    assert not at.exception
    assert "Ingebrekestelling" in str(at.table[-1].value)


def test_a_manager_sees_letters_without_the_form(lite_world: World) -> None:
    contract = short_contract(lite_world)
    letter(lite_world, contract, LetterKind.REMINDER)
    at = opened(lite_world, "staff/contract.py", Role.MANAGER, id=key(contract))
    at.session_state["contract_tab"] = "Brieven"
    at.run()
    assert "Herinnering" in str(at.table[-1].value)
    assert not [one for one in at.button if one.label == "Deze brief maken"]


def test_the_contractor_finds_the_statement_in_the_portal(lite_world: World) -> None:
    contract = short_contract(lite_world)
    settle(lite_world, contract)
    at = opened(lite_world, "portal/contract.py", Role.EMPLOYER, id=key(contract))
    links = [one.proto.url for one in at.get("link_button")]
    assert f"/statements/{made(contract)[0].id}.pdf" in links
