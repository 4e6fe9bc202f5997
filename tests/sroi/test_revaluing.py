"""A contract that gets another rule set: what waits is worth at once what the new rules give.

Over two years on a Participation Act benefit counts for 40,000 a year in both sets; full time is 40 hours in
the one of 40 hours of Utrecht, and 36 in Fryslân. Half a year of 24 hours is 12,000.00 and 13,333.33.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from crm.core.access import Role, system
from crm.core.audit import AuditEntry
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import perform, reading
from crm.sroi import actions
from crm.sroi.commands import ApproveEffort, ConfirmObligation, EditContract, ReopenObligation, SendBack
from crm.sroi.life_commands import ChangeContract
from crm.sroi.plan_commands import AcceptPlan, AddPlanLines, HandInPlan, PlanLineFacts, RenewPlan
from crm.sroi.queries import planning
from crm.sroi.records import Contract, Effort, Plan, PlanLine
from crm.sroi.recount import recount
from crm.sroi.rules import Explanation
from crm.sroi.rules.changing import ChangeKind, EndingMethod
from crm.sroi.states import EffortState
from tests.factories import World
from tests.sroi.factories import approve, make_contract, make_effort, stored

OF_40_HOURS, FRYSLAN, DEMO = "utrecht-v40h", "fryslan-friese-eis", "hart-van-west-brabant-demo"
BEFORE, AFTER = 1_200_000, 1_333_333
WORK: dict[str, Any] = {"block": "PW_GT2Y", "benefit_start": date(2022, 1, 1), "subject": ""}


def contract_of(world: World, code: str) -> Contract:
    return make_contract(world, rule_set_code=code, percentage=Decimal(5))


def plan_on(contract: Contract, number: int = 1, **facts: Any) -> Plan:
    """Hand in a line of half a year of 24 hours."""
    days = {"start": date(2026, 7, 1), "end": date(2026, 12, 31), "hours_per_week": Decimal(24)}
    told = PlanLineFacts(block="PW_GT2Y", **{**days, "benefit_start": date(2022, 1, 1), **facts})
    perform(system("test"), actions.add_plan_lines, AddPlanLines(contract_id=key(contract), lines=(told,)))
    return handed_in(contract)


def handed_in(contract: Contract) -> Plan:
    with reading(system("test")) as unit:
        made = planning.current_plan(unit, key(contract))
    assert made is not None
    command = HandInPlan(plan_id=key(made), version=made.version)
    found: Plan = stored(Plan, perform(system("test"), actions.hand_in_plan, command))
    return found


def lines(plan: Plan) -> list[PlanLine]:
    with reading(system("test")) as unit:
        return planning.lines_of(unit, key(plan))


def edit(contract: Contract, **changes: Any) -> None:
    current = stored(Contract, key(contract))
    left_out = {"contract_hours", "contract_id", "version", "rule_set_code"}
    told = {name: getattr(current, name) for name in EditContract.model_fields if name not in left_out}
    command = EditContract(contract_id=key(contract), version=current.version, **{**told, **changes})
    perform(system("test"), actions.edit_contract, command)


def reopen(contract: Contract, **changes: Any) -> None:
    version = stored(Contract, key(contract)).version
    command = ReopenObligation(contract_id=key(contract), version=version, reason="Verkeerde regelset")
    perform(system("test"), actions.reopen_obligation, command)
    edit(contract, **changes)


def all_agree() -> bool:
    with reading(system("test")) as unit:
        return recount(unit, 1).differing == 0


def test_what_is_not_decided_gets_the_value_of_the_new_rules_at_once(world: World) -> None:
    contract = contract_of(world, OF_40_HOURS)
    approved = approve(make_effort(contract, **WORK))
    waiting, draft = make_effort(contract, **WORK), make_effort(contract, **WORK, submit=False)
    plan = plan_on(contract)
    assert (waiting.value_cents, draft.value_cents, plan.total_cents) == (BEFORE, BEFORE, BEFORE)
    reopen(contract, rule_set_code=FRYSLAN)
    after = [stored(Effort, key(effort)) for effort in (approved, waiting, draft)]
    assert [effort.value_cents for effort in after] == [BEFORE, AFTER, AFTER]
    assert after[0].approved_cents == BEFORE
    assert [effort.rule_set_hash == approved.rule_set_hash for effort in after] == [True, False, False]
    assert after[1].facts["reference_date"] == "2025-12-01"
    assert [line.value_cents for line in lines(plan)] == [AFTER]
    assert stored(Plan, key(plan)).total_cents == AFTER
    assert stored(Contract, key(contract)).submitted_cents == AFTER
    assert all_agree()


def test_the_audit_says_what_it_was_worth_and_is_worth_now(lite_world: World) -> None:
    contract = contract_of(lite_world, OF_40_HOURS)
    make_effort(contract, **WORK)
    reopen(contract, rule_set_code=FRYSLAN)
    with reading(system("test")) as unit:
        [entry] = unit.session.exec(select(AuditEntry).where(AuditEntry.action == "revalue")).all()
    told = json.loads(entry.after)
    assert (told["before_cents"], told["after_cents"]) == (BEFORE, AFTER)


def test_an_early_end_cuts_the_lines_of_the_plan_at_once(lite_world: World) -> None:
    """Half a year of 24 hours, ended half-way: 40,000 x 24/40 x 3/12."""
    contract = contract_of(lite_world, OF_40_HOURS)
    plan = plan_on(contract)
    change = ChangeContract(
        contract_id=key(contract),
        version=stored(Contract, key(contract)).version,
        kind=ChangeKind.TERMINATED,
        holds_on=date(2026, 9, 30),
        ends_on=date(2026, 9, 30),
        method=EndingMethod.PRO_RATA,
        reason="Project stopt",
    )
    perform(system("test"), actions.change_contract, change)
    assert [line.value_cents for line in lines(plan)] == [600_000]
    assert stored(Plan, key(plan)).total_cents == 600_000


def test_a_block_that_the_new_rules_do_not_have_is_worth_nothing_and_says_why(world: World) -> None:
    contract = contract_of(world, OF_40_HOURS)
    effort = make_effort(contract, **WORK)
    plan = plan_on(contract)
    reopen(contract, rule_set_code=DEMO)
    after = stored(Effort, key(effort))
    assert (after.state, after.value_cents) == (EffortState.SUBMITTED, 0)
    [step] = Explanation.from_json(after.explanation).readable_steps("en")
    assert step.label == "This rule set has no block PW_GT2Y."
    assert stored(Plan, key(plan)).total_cents == 0
    assert all_agree()
    version = stored(Contract, key(contract)).version
    assert stored(Contract, key(contract)).submitted_cents == 0
    confirm(contract, version)
    after = stored(Effort, key(effort))
    with pytest.raises(Invalid):
        perform(
            world.actor(Role.SROI_OFFICER),
            actions.approve_effort,
            ApproveEffort(effort_id=key(effort), version=after.version),
        )
    command = SendBack(effort_id=key(effort), version=after.version, reason="Kies een ander blok")
    perform(world.actor(Role.SROI_OFFICER), actions.send_back, command)


def confirm(contract: Contract, version: int) -> None:
    command = ConfirmObligation(contract_id=key(contract), version=version, percentage=Decimal(5))
    perform(system("test"), actions.confirm_obligation, command)


def test_a_version_of_the_plan_that_was_replaced_stays_as_it_was_accepted(world: World) -> None:
    contract = contract_of(world, OF_40_HOURS)
    old = plan_on(contract)
    for _version in range(2):
        plan = handed_in(contract) if _version else old
        command = AcceptPlan(
            plan_id=key(plan), version=plan.version, name="Fatma", handed_on=date(2026, 1, 1)
        )
        perform(system("test"), actions.accept_plan, command)
        if not _version:
            plan = stored(Plan, key(plan))
            renew = RenewPlan(plan_id=key(plan), version=plan.version)
            perform(system("test"), actions.renew_plan, renew)
    newest = stored(Plan, key(old) + 1)
    reopen(contract, rule_set_code=FRYSLAN)
    assert stored(Plan, key(old)).total_cents == BEFORE
    assert stored(Plan, key(newest)).total_cents == AFTER


def test_a_contract_that_ends_later_counts_more_of_a_plan_line(world: World) -> None:
    """Of 24 hours from July to March six months counted, and nine count when the contract goes on: 18,000."""
    contract = contract_of(world, OF_40_HOURS)
    plan = plan_on(contract, end=date(2027, 3, 31))
    assert plan.total_cents == BEFORE
    edit(contract, end_on=date(2027, 12, 31))
    assert stored(Plan, key(plan)).total_cents == 1_800_000
    edit(contract, end_on=date(2026, 6, 30))
    assert stored(Plan, key(plan)).total_cents == 0


def test_another_title_values_nothing_anew(lite_world: World) -> None:
    contract = contract_of(lite_world, OF_40_HOURS)
    effort = make_effort(contract, **WORK)
    reopen(contract, title="Andere titel", rule_set_code=OF_40_HOURS)
    assert stored(Effort, key(effort)).version == effort.version
