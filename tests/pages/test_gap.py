"""The screens of what will be missing: the portfolio, the forecast on a contract, and closing its gap."""

from __future__ import annotations

from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import reading
from crm.sroi.records import Contract, PlanLine
from crm.ui.registry import page
from tests.factories import World, make_session
from tests.pages.test_all_pages import words
from tests.sources import ROOT
from tests.sroi.factories import approve, make_contract, make_effort, make_placement


def opened(world: World, file: str, role: Role = Role.SROI_OFFICER, **params: object) -> AppTest:
    at = AppTest.from_file(str(ROOT / "crm/ui/main.py"), default_timeout=60)
    at.user = {"ident": str(key(make_session(world.users[role])))}
    at.run().switch_page(str(page(file).path))
    for name, value in params.items():
        at.query_params[name] = str(value)
    return at.run()


def short_contract(world: World) -> Contract:
    """13,333.33 approved and as much to come of 50,000: 23,333.33 is missing in the end."""
    contract = make_contract(world)
    approve(make_effort(contract, placement_id=key(make_placement(world))))
    return contract


def test_a_contract_says_what_it_ends_with(lite_world: World) -> None:
    at = opened(lite_world, "staff/contract.py", id=key(short_contract(lite_world)))
    assert "Eindigt op 53 %: € 23.333,33 te kort, tenzij er iets nieuws begint." in words(at)


def test_the_portfolio_names_the_euros_at_risk(lite_world: World) -> None:
    short_contract(lite_world)
    at = opened(lite_world, "staff/contracts.py", beeld="Dreigend")
    assert "Euro's op risico **€ 23.333,33**" in words(at)
    (table,) = at.dataframe
    assert list(table.value["Eindigt op"]) == ["53 %"]


def test_a_portfolio_without_risk_says_so(lite_world: World) -> None:
    at = opened(lite_world, "staff/contracts.py", beeld="Dreigend")
    assert "Geen contract eindigt te kort" in words(at)


def test_a_mix_becomes_lines_of_the_plan(lite_world: World) -> None:
    contract = short_contract(lite_world)
    at = opened(lite_world, "staff/gap.py", id=key(contract))
    assert "Er is **€ 23.333,33** te kort" in words(at)
    at.button(key="take_1").click().run()
    assert not at.exception
    with reading(system("test")) as work:
        lines = list(work.session.exec(select(PlanLine)))
    assert sum(line.value_cents for line in lines) >= 2_333_333
    assert {line.contract_id for line in lines} == {key(contract)}


def test_wishes_change_the_mixes(lite_world: World) -> None:
    at = opened(lite_world, "staff/gap.py", id=key(short_contract(lite_world)))
    at.number_input[0].set_value(0)
    at.number_input[1].set_value(0)
    for box in at.checkbox:
        box.uncheck()
    at.run()
    assert "Geen combinatie vult het binnen deze wensen" in words(at)


def test_a_cost_that_is_no_number_is_told(lite_world: World) -> None:
    at = opened(lite_world, "staff/gap.py", id=key(short_contract(lite_world)))
    at.text_input[0].set_value("veel").run()
    assert "Vul een getal in" in words(at)


def test_nothing_is_offered_when_nothing_is_missing(lite_world: World) -> None:
    contract = make_contract(lite_world, value_cents=10_000_000)
    make_effort(contract)
    assert "Er is geen tekort" in words(opened(lite_world, "staff/gap.py", id=key(contract)))


def test_who_may_not_plan_sees_the_mixes_without_the_button(lite_world: World) -> None:
    at = opened(lite_world, "staff/gap.py", Role.ADVISER, id=key(short_contract(lite_world)))
    assert "Telt voor" in words(at)
    assert [one.key for one in at.button if str(one.key).startswith("take_")] == []


def test_a_contract_that_takes_no_efforts_and_one_of_others(lite_world: World) -> None:
    waiting = make_contract(lite_world, confirmed=False)
    assert (
        "neemt nu geen inspanningen aan" in words(opened(lite_world, "staff/gap.py", id=key(waiting))).lower()
    )
    other = make_contract(lite_world, authority_id=key(lite_world.other_authority))
    assert "niet gevonden" in words(opened(lite_world, "staff/gap.py", id=key(other)))
