"""The base hours: a percentage of the hours of work, times the value of an hour."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crm.core.access import Role
from crm.core.errors import Conflict, Invalid
from crm.core.records import key
from crm.core.work import perform, reading
from crm.sroi import actions, queries, rulebook
from crm.sroi.commands import EditContract
from crm.sroi.records import Contract
from crm.sroi.rules import FactsError, ObligationFacts, RuleSet, compute_obligation
from crm.sroi.rulesets_faults import faults_of
from tests.factories import World
from tests.sroi.factories import make_contract, stored, terms
from tests.sroi.ruletexts import HEAD, WORK, rules

BASE = '\n[obligation]\nbase = { value = "hours" }\n'
VALUE = "hour_value_eur = { value = 30 }\n"
FIVE = "\n[[obligation.percentages]]\nvalue = 5\n"
D = Decimal


def by_hours() -> RuleSet:
    return rules(BASE, VALUE, FIVE, WORK)


def test_five_percent_of_12000_hours_at_30_euro_is_18000_euro() -> None:
    told = compute_obligation(by_hours(), ObligationFacts(contract_hours=12_000))
    assert told.amount == D("18000.00")
    formulas = [step.formula for step in told.readable_steps("en")]
    assert formulas[0] == "12,000 hours"
    assert "5 % × 12,000 hours = 600 hours" in formulas
    assert "600 hours × 30 euro" in formulas


def test_assumed_parts_are_told() -> None:
    text = BASE.replace(" }", ", assumed = true }") + VALUE.replace(" }", ", assumed = true }")
    told = compute_obligation(rules(text, FIVE), ObligationFacts(contract_hours=D("10.5")))
    assert told.amount == D("15.75")
    assert {
        "The base of the obligation is assumed: Hours of work of the contract.",
        "The value of 30 euro an hour is assumed.",
    } <= set(told.readable_assumptions("en"))


@pytest.mark.parametrize("hours", [None, 0, -1])
def test_hours_are_needed_and_more_than_nothing(hours: int | None) -> None:
    with pytest.raises(FactsError) as fault:
        compute_obligation(by_hours(), ObligationFacts(contract_hours=hours))
    assert fault.value.field == "contract_hours"


def test_the_threshold_goes_by_the_contract_sum_and_never_by_the_hours() -> None:
    limited = rules(BASE, VALUE, FIVE, "\n[[obligation.thresholds]]\nvalue = 100000\n")
    low = ObligationFacts(contract_hours=200_000, contract_sum_eur=99_999)
    assert compute_obligation(limited, low).amount == 0
    with pytest.raises(FactsError) as fault:
        compute_obligation(limited, ObligationFacts(contract_hours=200_000))
    assert fault.value.field == "contract_sum_eur"


@pytest.mark.parametrize(
    "text",
    [
        BASE + FIVE,
        BASE.replace("hours", "contract_sum") + VALUE + FIVE,
        BASE + VALUE.replace("30", "0") + FIVE,
    ],
)
def test_the_value_of_an_hour_belongs_to_the_base_hours_and_is_more_than_nothing(text: str) -> None:
    assert "obligation.hour_value_eur" in [fault.field for fault in faults_of(HEAD + text)]


def test_a_rule_file_with_the_base_hours_and_its_value_is_sound() -> None:
    assert faults_of(HEAD + BASE + VALUE + FIVE) == []


@pytest.fixture
def in_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rulebook, "choose", lambda *_: by_hours())


def test_hours_stand_on_a_contract_and_move_with_its_edit(world: World, in_hours: None) -> None:
    contract = make_contract(world, confirmed=False, contract_hours=D(12_000))
    assert contract.obligation_cents == 1_800_000
    officer = world.actor(Role.SROI_OFFICER)
    told = {
        **{
            name: value for name, value in terms(world).items() if name not in ("authority_id", "employer_id")
        },
        "title": contract.title,
        "contract_id": key(contract),
        "version": contract.version,
        "contract_hours": D("6000.50"),
    }
    perform(officer, actions.edit_contract, EditContract(**told))
    assert stored(Contract, key(contract)).obligation_cents == 900_075
    with reading(officer) as work:
        assert queries.contract_page(work, key(contract)).contract_hours == D("6000.50")
    with pytest.raises(Conflict):
        perform(officer, actions.edit_contract, EditContract(**told))


def test_without_hours_the_contract_is_refused_at_that_field(lite_world: World, in_hours: None) -> None:
    with pytest.raises(Invalid) as fault:
        make_contract(lite_world, confirmed=False)
    assert fault.value.field == "contract_hours"


def test_once_confirmed_the_hours_stand(lite_world: World, in_hours: None) -> None:
    contract = make_contract(lite_world, contract_hours=D(12_000))
    assert contract.obligation_cents == 1_800_000
    told = {
        name: value
        for name, value in terms(lite_world).items()
        if name not in ("authority_id", "employer_id")
    }
    command = EditContract(
        **{**told, "contract_id": key(contract), "version": contract.version, "contract_hours": D(1)}
    )
    with pytest.raises(Invalid) as fault:
        perform(lite_world.actor(Role.SROI_OFFICER), actions.edit_contract, command)
    assert fault.value.field == "contract_hours"
