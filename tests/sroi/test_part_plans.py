"""Plan lines and spreadsheets of a company with a part: its own, and counted in the contract's plan."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crm.core.access import Actor, system
from crm.core.errors import Invalid, NotFound
from crm.core.money import euros
from crm.core.records import key
from crm.core.work import perform, reading
from crm.sroi import actions
from crm.sroi.commands import EffortClaim, SubmitEfforts
from crm.sroi.life_commands import TakeBackShare
from crm.sroi.plan_commands import AddPlanLines, DiscardPlan, EditPlanLine, RemovePlanLine
from crm.sroi.queries.contracts import ruleset_of
from crm.sroi.queries.forecasts import forecast_of
from crm.sroi.queries.many import look_at
from crm.sroi.queries.part_plans import PartPlan, part_plan
from crm.sroi.queries.parts import part_page
from crm.sroi.queries.plans import PlanFor
from crm.sroi.records import Contract, ObligationShare, Plan
from crm.sroi.rules import RuleSet
from crm.sroi.rules.plan import PlanState
from tests.factories import World
from tests.sroi.factories import claim, make_contract, stored
from tests.sroi.test_parts import main, officer, other, pass_on
from tests.sroi.test_plans import accept, add, hand_in, line, page

EACH = 2_000_000


def theirs(contract: Contract, actor: Actor) -> PartPlan:
    with reading(actor) as unit:
        return part_plan(unit, part_page(unit, key(contract)).term)


def rules(contract: Contract) -> RuleSet:
    with reading(system("test")) as unit:
        return ruleset_of(unit, key(contract))


def shared(world: World) -> Contract:
    contract = make_contract(world)
    pass_on(world, contract)
    return contract


def test_a_part_puts_its_lines_in_the_plan_and_each_company_reads_its_own(world: World) -> None:
    contract = shared(world)
    add(contract, actor=main(world))
    plan = add(contract, line(people=2, activity="Groenploeg"), actor=other(world))
    assert plan.total_cents == 3 * EACH
    own = theirs(contract, other(world))
    assert [one.activity for one in own.lines] == ["Groenploeg"]
    assert (own.total_cents, own.state, own.is_changeable) == (2 * EACH, PlanState.DRAFT, True)
    current = page(contract, main(world)).current
    assert current is not None
    assert [one.value_cents for one in current.lines] == [EACH]
    assert (current.total_cents, current.unseen_cents) == (3 * EACH, 2 * EACH)
    seen = page(contract, officer(world)).current
    assert seen is not None
    assert [one.company for one in seen.lines] == ["", world.employer_b.name]
    assert seen.unseen_cents == 0
    with reading(other(world)) as unit, pytest.raises(NotFound):
        unit.get(Plan, key(plan))


def test_the_first_line_of_all_can_be_a_parts_and_the_contractor_hands_it_in(lite_world: World) -> None:
    contract = shared(lite_world)
    december = line(start=date(2026, 12, 1), end=date(2026, 12, 31))
    plan = hand_in(add(contract, december, actor=other(lite_world)), main(lite_world))
    assert (plan.state, plan.employer_id) == (PlanState.HANDED_IN, contract.employer_id)
    assert theirs(contract, other(lite_world)).waits
    with pytest.raises(Invalid, match="waits for an answer"):
        add(contract, actor=other(lite_world))
    with reading(main(lite_world)) as unit:
        own = forecast_of(unit, key(contract))
    with reading(officer(lite_world)) as unit:
        assert forecast_of(unit, key(contract)) == own
    assert own is not None
    assert own.planned > 0


def test_what_was_agreed_stays_until_a_new_version_with_the_lines_of_all(lite_world: World) -> None:
    contract = shared(lite_world)
    add(contract, actor=main(lite_world))
    plan = accept(hand_in(add(contract, actor=other(lite_world)), main(lite_world)))
    with pytest.raises(Invalid, match="in this state"):
        add(contract, actor=other(lite_world))
    command = AddPlanLines.model_validate({"contract_id": key(contract), "lines": (line(),), "renew": True})
    renewed = stored(Plan, perform(other(lite_world), actions.add_plan_lines, command))
    assert (renewed.number, renewed.total_cents, plan.total_cents) == (2, 3 * EACH, 2 * EACH)
    assert len(theirs(contract, other(lite_world)).lines) == 2
    discard = DiscardPlan(plan_id=key(renewed), version=renewed.version)
    perform(main(lite_world), actions.discard_plan, discard)
    assert theirs(contract, other(lite_world)).state is PlanState.ACCEPTED


def test_only_own_lines_are_changed_and_only_within_the_part(lite_world: World) -> None:
    contract = make_contract(lite_world)
    share_id = pass_on(lite_world, contract, ends_on=date(2026, 6, 30))
    inside = {"end": date(2026, 6, 30)}
    add(contract, actor=main(lite_world))
    with pytest.raises(Invalid, match="days of your part"):
        add(contract, actor=other(lite_world))
    plan = add(contract, line(**inside), actor=other(lite_world))
    lines = {one.company: one for one in _current(contract, officer(lite_world))}

    def change(actor: Actor, one: Any, **values: Any) -> int:
        told = {"line_id": one.id, "version": stored(Plan, key(plan)).version, **line(**inside), **values}
        return perform(actor, actions.edit_plan_line, EditPlanLine(**told))

    for actor, one in ((other(lite_world), lines[""]), (main(lite_world), lines[lite_world.employer_b.name])):
        with pytest.raises(NotFound):
            change(actor, one)
    own = lines[lite_world.employer_b.name]
    change(other(lite_world), own, people=2)
    assert theirs(contract, other(lite_world)).lines[0].people == 2
    version = stored(ObligationShare, share_id).version
    back = TakeBackShare(share_id=share_id, version=version, reason="Toch zelf")
    perform(main(lite_world), actions.take_back_share, back)
    with pytest.raises(Invalid, match="taken back"):
        change(other(lite_world), own)
    remove = RemovePlanLine(line_id=own.id, version=stored(Plan, key(plan)).version)
    perform(other(lite_world), actions.remove_plan_line, remove)
    assert stored(Plan, key(plan)).total_cents == EACH


def _current(contract: Contract, actor: Actor) -> Any:
    found = page(contract, actor).current
    assert found is not None
    return found.lines


def test_who_has_no_part_puts_nothing_in_the_plan(lite_world: World) -> None:
    contract = make_contract(lite_world)
    with pytest.raises(NotFound):
        add(contract, actor=other(lite_world))
    with pytest.raises(NotFound):
        theirs(contract, other(lite_world))
    term = PlanFor(key(contract), rules(contract), contract)
    for actor in (main(lite_world), other(lite_world)):
        with reading(actor) as unit, pytest.raises(NotFound):
            part_plan(unit, term)


def test_a_part_hands_in_many_efforts_at_once(world: World) -> None:
    contract = shared(world)
    claims = (EffortClaim(**claim(subject="K-1")), EffortClaim(**claim(subject="K-2")))
    with reading(other(world)) as unit:
        assert ruleset_of(unit, key(contract)).blocks
        looked = look_at(unit, key(contract), claims)
    assert [one.value.amount for one in looked if one.value] == [euros(1_333_333)] * 2
    command = SubmitEfforts(contract_id=key(contract), efforts=claims, submit=True)
    assert perform(other(world), actions.submit_efforts, command) == 2
    assert stored(Contract, key(contract)).submitted_cents == 2 * 1_333_333
    with pytest.raises(Invalid, match="stand on the contract already"):
        perform(other(world), actions.submit_efforts, command)
