"""The screens of missing clauses and council figures."""

from __future__ import annotations

from crm.core.access import Role
from crm.exchange.rules import Finding
from crm.sroi.records import Contract, FigureSnapshot, MissingClause
from crm.sroi.rules.missing import Decision
from tests.exchange.importing import every
from tests.factories import World
from tests.pages.walking import field, labels, opened, press, text
from tests.sroi.factories import assign
from tests.sroi.test_figures import publish, with_people
from tests.sroi.test_missing import bring_in

OFFICER, MANAGER = Role.SROI_OFFICER, Role.MANAGER


def test_an_officer_registers_an_award_that_was_missed(lite_world: World) -> None:
    bring_in(lite_world)
    assert every(MissingClause)[0].why == Finding.NO_RULE_SET
    assign(lite_world)
    at = opened(lite_world, "staff/missing.py", OFFICER)
    assert "Bij 1 gunning ontbreekt een contract" in text(at)
    at = opened(lite_world, "staff/missing.py", OFFICER, id=1)
    press(at, "Vastleggen als contract")
    assert not at.exception
    assert [one.value_cents for one in every(Contract)] == [25_000_000]


def test_an_officer_says_why_there_is_no_clause(lite_world: World) -> None:
    bring_in(lite_world)
    at = opened(lite_world, "staff/missing.py", OFFICER)
    field(at, "selectbox", "Waarom is er geen clausule?").select_index(1)
    press(at, "Bewaren")
    assert every(MissingClause)[0].decision is Decision.NO_CLAUSE
    assert "Bij geen enkele gunning" in text(at)
    press(at, "Terugdraaien")
    assert every(MissingClause)[0].decision is Decision.OPEN


def test_the_threshold_tells_what_is_expected(lite_world: World) -> None:
    bring_in(lite_world)
    at = opened(lite_world, "staff/missing.py", OFFICER)
    field(at, "text_input", "Clausule vanaf (excl. btw)").set_value("100.000")
    field(at, "text_input", "Percentage").set_value("5")
    press(at, "Drempel opslaan")
    assert "Verwachte verplichting: € 12.500." in text(at)


def test_a_manager_looks_and_decides_nothing(lite_world: World) -> None:
    bring_in(lite_world)
    at = opened(lite_world, "staff/missing.py", MANAGER)
    assert "Groenonderhoud" in text(at)
    assert "Vastleggen als contract" not in labels(at)


def test_today_tells_an_officer_what_is_missing(lite_world: World) -> None:
    assert "ontbreekt" not in text(opened(lite_world, "staff/today.py", OFFICER))
    bring_in(lite_world)
    assert "Bij 1 gunning ontbreekt" in text(opened(lite_world, "staff/today.py", OFFICER))


def test_a_manager_publishes_the_figures_of_the_year(lite_world: World) -> None:
    with_people(lite_world, 6)
    at = opened(lite_world, "staff/figures.py", MANAGER)
    assert "160 % van de opgelegde waarde, 8 % van de waarde van de contracten." in text(at)
    press(at, "Publiceren")
    assert not at.exception
    assert len(every(FigureSnapshot)) == 1
    assert "Deze cijfers zijn gepubliceerd, precies zo." in text(at)


def test_an_officer_sees_the_figures_and_cannot_publish(lite_world: World) -> None:
    with_people(lite_world, 4)
    at = opened(lite_world, "staff/figures.py", OFFICER)
    assert "Voor hoeveel mensen tonen we niet" in text(at)
    assert "Publiceren" not in labels(at)


def test_the_contracts_behind_a_published_figure_lead_to_their_explanation(lite_world: World) -> None:
    with_people(lite_world, 6)
    publish(lite_world)
    at = opened(lite_world, "staff/figures.py", MANAGER)
    field(at, "toggle", "De contracten achter dit cijfer").set_value(True).run()
    assert not at.exception
    shown = [row for table in at.table for row in table.value.astype(str).to_numpy().tolist()]
    assert [row[1:] for row in shown if "contract?id=1)" in row[0]] == [["€\xa050.000", "€\xa079.999,98"]]
