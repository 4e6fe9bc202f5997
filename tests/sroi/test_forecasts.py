"""What contracts on record end with: efforts, work that goes on, and what of the plan has not started."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from crm.core.access import Role
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.sroi import actions
from crm.sroi.commands import StartRepair, WithdrawEffort
from crm.sroi.plan_commands import AddPlanLines, HandInPlan, PlanLineFacts
from crm.sroi.queries.forecasts import RiskRow, forecast_of, portfolio
from crm.sroi.records import Contract, Effort, Plan
from crm.sroi.rules.forecast import Forecast
from tests.counting import statements
from tests.factories import World
from tests.sroi.factories import approve, make_contract, make_effort, make_placement, stored

D = Decimal


def forecast(world: World, contract: Contract, role: Role = Role.SROI_OFFICER) -> Forecast:
    with reading(world.actor(role)) as work:
        found = forecast_of(work, key(contract))
    assert found is not None
    return found


def at_risk(world: World, role: Role = Role.SROI_OFFICER, **more: int) -> list[RiskRow]:
    with reading(world.actor(role)) as work:
        return portfolio(work, **more)


def plan_of(world: World, contract: Contract, **line: object) -> None:
    actor = world.actor(Role.EMPLOYER)
    told = {
        "block": "PW",
        "start": date(2026, 12, 1),
        "end": date(2026, 12, 31),
        "hours_per_week": D(36),
        **line,
    }
    lines = (PlanLineFacts(**told),)  # type: ignore[arg-type]
    perform(actor, actions.add_plan_lines, AddPlanLines(contract_id=key(contract), lines=lines))
    with reading(actor) as work:
        plan = work.get(Plan, 1)
    perform(actor, actions.hand_in_plan, HandInPlan(plan_id=1, version=plan.version))


def test_each_source_stands_apart(world: World) -> None:
    """Half a year of 24 hours is 13,333.33; the other half as much, to the cent."""
    contract = make_contract(world)
    placement = make_placement(world)
    approve(make_effort(contract, placement_id=key(placement)))
    make_effort(contract, subject="K-9")
    found = forecast(world, contract)
    assert (found.approved, found.submitted, found.running) == (D("13333.33"), D("13333.33"), D("13333.34"))
    assert (found.expected, found.short, found.ends_at_pct) == (D("40000.00"), D("10000.00"), 80)


def test_an_offer_that_waits_for_the_contractor_counts_as_running_and_not_as_planned(world: World) -> None:
    """December full-time is 40,000 / 12 = 3,333.33: once as an offer, not again as a line of the plan."""
    contract = make_contract(world)
    plan_of(world, contract)
    assert forecast(world, contract).planned == D("3333.33")
    facts = {"start": date(2026, 12, 1), "end": date(2026, 12, 31), "hours_per_week": D(36), "submit": False}
    make_effort(contract, **facts)
    found = forecast(world, contract)
    assert (found.running, found.planned) == (D("3333.33"), D(0))


def test_of_a_line_that_should_have_started_only_the_rest_is_left(world: World) -> None:
    """Today is 24 November: of 1 to 30 November 7 of 30 days are left of 3,333.33."""
    contract = make_contract(world)
    plan_of(world, contract, start=date(2026, 11, 1), end=date(2026, 11, 30))
    assert forecast(world, contract).planned == D("777.77")


def test_of_who_was_handed_in_without_a_placement_the_rest_of_the_plan_is_left(world: World) -> None:
    """Half a year is 13,333.33 and July to September 6,666.67 of it; of the 92 days left 38 still come."""
    contract = make_contract(world)
    plan_of(world, contract, start=date(2026, 7, 1), hours_per_week=D(24))
    make_effort(contract, start=date(2026, 7, 1), end=date(2026, 9, 30))
    assert forecast(world, contract).planned == D("2753.62")


def test_days_that_another_contract_claims_are_not_expected_here(world: World) -> None:
    """Here January to March; with another authority July to September: April to June can still come here.

    Half a year of 24 hours is 13,333.33, three months 6,666.67.
    """
    contract = make_contract(world)
    other = make_contract(world, authority_id=key(world.other_authority))
    placement = key(make_placement(world))
    make_effort(contract, placement_id=placement, end=date(2026, 3, 31))
    later = {"start": date(2026, 7, 1), "end": date(2026, 9, 30), "placement_id": placement}
    make_effort(other, **later, submit=False)
    assert forecast(world, contract).running == D("6666.66")
    assert forecast(world, contract, Role.EMPLOYER) == forecast(world, contract)
    with reading(world.actor(Role.MANAGER)) as work:
        there = forecast_of(work, key(other))
    # The offer itself, and October to December: a year from July on would be 20,000 for nine months.
    assert there is not None
    assert there.running == D("13333.33")


def test_each_source_adds_what_the_limits_of_the_rule_set_leave(world: World) -> None:
    """Maastricht: BBL and BOL at most half of the employment created.

    Approved 10,000 of training and 4,000 of work: 7,000 + 4,000 = 11,000. With 6,000 of work under review
    all of the training counts: 20,000. With 10,000 of training on offer 15,000 of 20,000 do: 25,000. With
    4,000 more of training planned (24,000 in all) 17,000 of 24,000 do: 27,000.
    """
    contract = make_contract(world, rule_set_code="maastricht", percentage=D(5))
    agreed = {"hours_per_week": None, "start": date(2026, 12, 1), "end": date(2026, 12, 31)}
    approve(make_effort(contract, **agreed, block="BBL_BOL", amount_cents=1_000_000))
    approve(make_effort(contract, **agreed, block="WERK", amount_cents=400_000))
    make_effort(contract, **agreed, block="WERK", amount_cents=600_000)
    make_effort(contract, **agreed, block="BBL_BOL", amount_cents=1_000_000, submit=False, subject="K-2")
    plan_of(
        world, contract, block="BBL_BOL", amount_cents=2_400_000, hours_per_week=None, start=None, end=None
    )
    found = forecast(world, contract)
    assert found.approved == D(11_000) == D(stored(Contract, key(contract)).approved_cents) / 100
    assert found.submitted == D(9_000) == D(stored(Contract, key(contract)).submitted_cents) / 100
    assert (found.running, found.planned) == (D(5_000), D(2_000))
    assert (found.expected, found.short_with_plan) == (D(25_000), D(23_000))
    assert sum(one.amount for one in found.items) == 30_000


def test_what_was_taken_back_counts_nowhere(world: World) -> None:
    contract = make_contract(world)
    effort = make_effort(contract, placement_id=key(make_placement(world)))
    command = WithdrawEffort(effort_id=key(effort), version=stored(Effort, key(effort)).version)
    perform(world.actor(Role.SROI_OFFICER), actions.withdraw_effort, command)
    assert forecast(world, contract).expected == 0


def test_work_goes_on_into_a_repair_period(world: World) -> None:
    """24 hours for a year are 26,666.67, and for 14 months 31,111.11."""
    contract = make_contract(world)
    make_effort(contract, placement_id=key(make_placement(world)))
    version = stored(Contract, key(contract)).version
    command = StartRepair(contract_id=key(contract), version=version, until=date(2027, 2, 28))
    perform(world.actor(Role.SROI_OFFICER), actions.start_repair, command)
    assert forecast(world, contract).expected == D("31111.11")


def test_the_hours_of_today_are_those_that_go_on(world: World) -> None:
    """12 instead of 24 hours from July on: half of 13,333.33."""
    contract = make_contract(world)
    hours = ((date(2026, 1, 1), D(24)), (date(2026, 7, 1), D(12)))
    make_effort(contract, placement_id=key(make_placement(world, hours=hours)))
    assert forecast(world, contract).running == D("6666.66")


def test_the_most_euros_at_risk_come_first_and_what_is_covered_is_left_out(world: World) -> None:
    covered = make_contract(world, value_cents=10_000_000)
    make_effort(covered)
    small = make_contract(world, value_cents=20_000_000)
    large = make_contract(world)
    assert [row.row.id for row in at_risk(world)] == [key(large), key(small)]
    assert [row.at_risk_cents for row in at_risk(world)] == [5_000_000, 1_000_000]
    assert [row.row.id for row in at_risk(world, limit=1)] == [key(large)]


def test_an_officer_sees_the_risks_of_the_own_authorities_only(world: World) -> None:
    other = make_contract(world, authority_id=key(world.other_authority))
    assert at_risk(world) == []
    assert [row.row.id for row in at_risk(world, Role.MANAGER)] == [key(other)]
    try:
        forecast(world, other)
    except NotFound:
        return
    raise AssertionError("the forecast of another authority's contract was told")


def test_a_contract_to_confirm_has_no_forecast(lite_world: World) -> None:
    contract = make_contract(lite_world, confirmed=False)
    with reading(lite_world.actor(Role.SROI_OFFICER)) as work:
        assert forecast_of(work, key(contract)) is None


def test_many_contracts_take_as_many_queries_as_one(lite_world: World) -> None:
    def asked() -> int:
        with statements() as queries:
            at_risk(lite_world)
        return len(queries)

    make_effort(make_contract(lite_world), placement_id=key(make_placement(lite_world)))
    once = asked()
    for _ in range(3):
        make_effort(make_contract(lite_world), placement_id=key(make_placement(lite_world)))
    assert asked() == once <= 8
