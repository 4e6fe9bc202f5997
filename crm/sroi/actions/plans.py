"""What happens to a plan of action: lines added and changed, handed in, accepted or sent back, renewed."""

from __future__ import annotations

from typing import Any

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Conflict, Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.sroi import clocks, parts, plans, rulebook
from crm.sroi.actions.plan_holding import hold, hold_for_lines, require_held, require_within
from crm.sroi.plan_commands import (
    AcceptPlan,
    AddPlanLines,
    DiscardPlan,
    EditPlanLine,
    HandInPlan,
    RemovePlanLine,
    RenewPlan,
    SendPlanBack,
)
from crm.sroi.queries import planning
from crm.sroi.queries.parts import Part, whole_contract
from crm.sroi.records import Contract, Handover, Plan, PlanLine
from crm.sroi.rules.plan import CHANGEABLE, HandoverStep, PlanState


@action(Permission.EFFORT_SUBMIT, AddPlanLines)
def add_plan_lines(work: Work, command: AddPlanLines) -> int:
    """Add lines at the end of the plan that is being made, or of a first one; return the plan's id.

    A company with a part of the contract puts its own lines in the same plan. Raises `Invalid` for a fault
    in a line and for a plan that waits or was accepted, `NotFound` for a contract of others.
    """
    contract, part = hold_for_lines(work, command.contract_id)
    require_held(part)
    for told in command.lines:
        require_within(part, contract, told)
    with whole_contract(work):
        plan = _plan_to_change(work, contract, command)
        ruleset = rulebook.of_contract(work, contract)
        first = planning.last_position(work, key(plan)) + 1
        for position, told in enumerate(command.lines, first):
            line = _new_line(plan, position, parts.company_of(work, contract))
            plans.fill(line, told, contract, ruleset)
            work.session.add(line)
        _changed(work, plan)
    return key(plan)


@action(Permission.EFFORT_SUBMIT, EditPlanLine)
def edit_plan_line(work: Work, command: EditPlanLine) -> int:
    """Change a line of a plan that is being made; return its id."""
    line, plan, contract, part = _hold_line(work, command.line_id)
    require_held(part)
    require_within(part, contract, command)
    _require_unchanged(plan, command.version, _compared(line, command), line)
    _require(plan, *CHANGEABLE)
    plans.fill(line, command, contract, rulebook.of_contract(work, contract))
    _changed(work, plan)
    return command.line_id


@action(Permission.EFFORT_SUBMIT, RemovePlanLine)
def remove_plan_line(work: Work, command: RemovePlanLine) -> int:
    """Take a line out of a plan that is being made, also once a part ended; return the plan's id."""
    line, plan, *_rest = _hold_line(work, command.line_id)
    _require_seen(plan, command.version)
    _require(plan, *CHANGEABLE)
    work.session.delete(line)
    _changed(work, plan)
    return key(plan)


@action(Permission.EFFORT_SUBMIT, HandInPlan)
def hand_in_plan(work: Work, command: HandInPlan) -> int:
    """Hand in a plan, its lines valued anew; raises `Invalid` for a plan without lines."""
    plan, contract = _hold_plan(work, command.plan_id, command.version)
    _require(plan, *CHANGEABLE)
    with whole_contract(work):
        lines = planning.lines_of(work, key(plan))
        if not lines:
            raise Invalid("plan_id", "There is nothing in this plan yet. Add what you are going to do first.")
        ruleset = rulebook.of_contract(work, contract)
        for line in lines:
            plans.revalue(line, contract, ruleset)
    plan.state = PlanState.HANDED_IN
    plan.handed_in_at, plan.handed_in_by_id = clock.now(), work.actor.user_id
    plan.reason = None
    _changed(work, plan)
    clocks.refresh(work, contract)
    return command.plan_id


@action(Permission.CONTRACT_EDIT, SendPlanBack)
def send_plan_back(work: Work, command: SendPlanBack) -> int:
    """Send a plan that was handed in back to the contractor, with the reason."""
    plan, _contract = _hold_plan(work, command.plan_id, command.version)
    _require(plan, PlanState.HANDED_IN)
    plan.state, plan.reason = PlanState.SENT_BACK, command.reason
    plan.decided_at, plan.decided_by_id = clock.now(), work.actor.user_id
    return command.plan_id


@action(Permission.CONTRACT_EDIT, AcceptPlan)
def accept_plan(work: Work, command: AcceptPlan) -> int:
    """Accept a plan that was handed in, and hand it to the contract manager at the client.

    An earlier version stays as it was accepted; from now on this one holds.
    """
    plan, contract = _hold_plan(work, command.plan_id, command.version)
    _require(plan, PlanState.HANDED_IN)
    plan.state = PlanState.ACCEPTED
    plan.decided_at, plan.decided_by_id = clock.now(), work.actor.user_id
    work.session.add(
        Handover(
            **_belongs(contract),
            contract_id=key(contract),
            plan_id=command.plan_id,
            step=HandoverStep.CONTRACT_MANAGER,
            name=command.name,
            function=command.function,
            handed_on=command.handed_on,
            noted_by_id=work.actor.user_id,
        )
    )
    work.flush()
    return command.plan_id


@action(Permission.EFFORT_SUBMIT, RenewPlan)
def renew_plan(work: Work, command: RenewPlan) -> int:
    """Start a new version of an accepted plan with the same lines; return its id.

    The accepted version stays, and holds until the new one is accepted.
    """
    plan, contract = _hold_plan(work, command.plan_id, command.version)
    _require(plan, PlanState.ACCEPTED)
    newest = planning.current_plan(work, key(contract))
    if newest is None or newest.id != plan.id:
        raise Invalid("plan_id", "There is a newer version of this plan already. Change that one.")
    return key(_renewed(work, contract, plan))


@action(Permission.EFFORT_SUBMIT, DiscardPlan)
def discard_plan(work: Work, command: DiscardPlan) -> int:
    """Throw away a version that was not decided on; return the contract's id.

    The version that was accepted before is the newest again. Raises `Invalid` for a plan that waits or was
    accepted, and for one that came back while nothing was accepted before: that is corrected, not dropped.
    """
    plan, contract = _hold_plan(work, command.plan_id, command.version)
    _require(plan, *CHANGEABLE)
    holding = planning.accepted_plan(work, plan.contract_id)
    if plan.state is PlanState.SENT_BACK and holding is None:
        raise Invalid("plan_id", "This plan came back to be corrected, and there is no other. Change it.")
    for handover in planning.handovers_of(work, command.plan_id):
        handover.plan_id = None if holding is None else key(holding)
    with whole_contract(work):
        for line in planning.lines_of(work, command.plan_id):
            work.session.delete(line)
        work.flush()
    work.session.delete(plan)
    clocks.refresh(work, contract)
    return key(contract)


def _renewed(work: Work, contract: Contract, plan: Plan) -> Plan:
    renewed = work.add(_new_plan(work, contract, plan.number + 1))
    copied = set(PlanLine.model_fields) - {"id", "plan_id"}
    with whole_contract(work):
        for line in planning.lines_of(work, key(plan)):
            work.session.add(PlanLine(**line.model_dump(include=copied), plan_id=key(renewed)))
        _changed(work, renewed)
    return renewed


def _plan_to_change(work: Work, contract: Contract, command: AddPlanLines) -> Plan:
    plan = planning.current_plan(work, command.contract_id)
    if plan is None:
        plan = work.add(_new_plan(work, contract, 1))
    elif command.version is not None:
        _require_unchanged(plan, command.version, {})
    if command.renew and plan.state is PlanState.ACCEPTED:
        plan = _renewed(work, contract, plan)
    if plan.state is PlanState.HANDED_IN:
        raise Invalid("plan_id", "The plan waits for an answer. It can be changed again after that.")
    _require(plan, *CHANGEABLE)
    return plan


def _hold_plan(work: Work, plan_id: int, version: int) -> tuple[Plan, Contract]:
    plan = work.get(Plan, plan_id)
    contract = hold(work, plan.contract_id)
    work.session.refresh(plan)
    _require_seen(plan, version)
    return plan, contract


def _hold_line(work: Work, line_id: int) -> tuple[PlanLine, Plan, Contract, Part | None]:
    line = work.get(PlanLine, line_id)
    contract, part = hold_for_lines(work, line.contract_id)
    with whole_contract(work):
        return line, work.get(Plan, line.plan_id), contract, part


def _require(plan: Plan, *states: PlanState) -> None:
    if plan.state not in states:
        raise Invalid("plan_id", "That is not possible with a plan in this state. Look at it again.")


def _require_seen(plan: Plan, version: int) -> None:
    if plan.version != version:
        raise Invalid("plan_id", "Somebody changed this plan meanwhile. Look at it again and decide.")


def _require_unchanged(
    plan: Plan, version: int, yours: dict[str, object], line: PlanLine | None = None
) -> None:
    if plan.version != version:
        raise Conflict({} if line is None else _stored(line), yours, plan.version)


def _stored(line: PlanLine) -> dict[str, object]:
    hours = line.facts.get("hours_per_week")
    dates = {"start": line.starts_on, "end": line.ends_on}
    return {"people": line.people, "hours_per_week": hours, "activity": line.activity, **dates}


def _compared(line: PlanLine, command: EditPlanLine) -> dict[str, object]:
    return {name: getattr(command, name) for name in _stored(line)}


def _changed(work: Work, plan: Plan) -> None:
    with whole_contract(work):
        work.flush()
        plan.total_cents = planning.total_of(work, key(plan))
        plan.changes += 1
        work.flush()


def _new_plan(work: Work, contract: Contract, number: int) -> Plan:
    return Plan(
        **_belongs(contract),
        contract_id=key(contract),
        number=number,
        state=PlanState.DRAFT,
        made_at=clock.now(),
        made_by_id=work.actor.user_id,
    )


def _new_line(plan: Plan, position: int, company_id: int) -> PlanLine:
    return PlanLine(
        **{**_belongs(plan), "employer_id": company_id},
        plan_id=key(plan),
        contract_id=plan.contract_id,
        position=position,
        block="",
        people=1,
        value_cents=0,
        rule_set_hash="",
        facts={},
        explanation={},
    )


def _belongs(record: Contract | Plan) -> dict[str, Any]:
    return {
        "region_id": record.region_id,
        "authority_id": record.authority_id,
        "employer_id": record.employer_id,
    }
