"""The officer's screens of certificates: noting one, the warning on a contract, and what lapses soon."""

from __future__ import annotations

from datetime import date

import pytest

from crm.core.access import Role
from crm.core.records import key
from tests.factories import World
from tests.pages.test_sroi import labelled, opened, press, words
from tests.pages.walking import opened as walked
from tests.sroi.factories import make_contract
from tests.sroi.test_certificate_offers import offer
from tests.sroi.test_certificates import add, end, publish, rows


def test_an_officer_notes_a_certificate(lite_world: World) -> None:
    at = opened(lite_world, "employer.py", id=key(lite_world.employer_a), tab="Contracten")
    assert "nog geen certificaat genoteerd" in words(at)
    labelled(at.selectbox, "Certificaat").set_value("pso_3")
    labelled(at.date_input, "Geldig vanaf").set_value(date(2026, 1, 1))
    labelled(at.date_input, "Geldig tot").set_value(date(2027, 1, 31))
    press(at, "Bewaren")
    [row] = rows(lite_world)
    assert (row.code, row.valid_until) == ("pso_3", date(2027, 1, 31))
    assert [warning.value for warning in at.warning] == [
        "PSO trede 3 verloopt op 31 jan 2027. Vraag om het nieuwe certificaat."
    ]


@pytest.mark.parametrize("role", [Role.ADVISER, Role.MANAGER])
def test_who_does_not_change_contracts_only_reads(lite_world: World, role: Role) -> None:
    add(lite_world)
    at = opened(lite_world, "employer.py", role, id=key(lite_world.employer_a), tab="Contracten")
    assert "PSO trede 2" in words(at)
    assert not {"Bewaren", "Certificaat beëindigen"} & {button.label for button in at.button}


def test_a_contract_says_that_its_certificate_was_ended(lite_world: World) -> None:
    publish(lite_world)
    certificate_id = add(lite_world)
    contract = make_contract(lite_world, rule_set_code="met-pso")
    assert not opened(lite_world, "contract.py", id=key(contract)).warning
    end(lite_world, certificate_id, date(2026, 11, 30))
    gone, lapses = (one.value for one in opened(lite_world, "contract.py", id=key(contract)).warning)
    assert gone.startswith("De verplichting is verlaagd vanwege PSO trede 2")
    assert lapses.startswith("PSO trede 2 verloopt op 30 nov 2026 en het contract loopt tot 31 dec 2026.")


def test_a_portal_asks_for_no_certificate_that_was_handed_in(lite_world: World) -> None:
    add(lite_world)
    at = walked(lite_world, "portal/company.py", Role.EMPLOYER)
    asked = ["PSO trede 2 verloopt op 31 jan 2027. Stuur vóór die dag het nieuwe in."]
    assert [warning.value for warning in at.warning] == asked
    offer(lite_world, valid_until=date(2027, 1, 31))
    assert [warning.value for warning in at.run().warning] == asked
    offer(lite_world, valid_until=date(2029, 1, 31))
    assert not at.run().warning


def test_the_risks_begin_with_what_lapses_soon(lite_world: World) -> None:
    add(lite_world)
    make_contract(lite_world, end_on=date(2027, 12, 31))
    at = opened(lite_world, "contracts.py", beeld="Dreigend")
    assert "1 certificaat verloopt binnenkort" in [one.label for one in at.expander]
    assert "PSO trede 2 tot en met 31 jan 2027" in words(at)
