"""What an action on a plan of action has to know before it writes."""

from __future__ import annotations

from sqlalchemy import func
from sqlmodel import col, select

from crm.core.records import key
from crm.core.work import Work
from crm.sroi.records import Handover, Plan, PlanLine
from crm.sroi.rules.plan import PlanState


def current_plan(work: Work, contract_id: int) -> Plan | None:
    """Return the newest plan of a contract, in whatever state."""
    newest = select(Plan).where(Plan.contract_id == contract_id).order_by(col(Plan.number).desc())
    return work.session.exec(newest.limit(1).execution_options(populate_existing=True)).first()


def accepted_plan(work: Work, contract_id: int) -> Plan | None:
    """Return the newest plan of a contract that was accepted."""
    accepted = select(Plan).where(Plan.contract_id == contract_id, Plan.state == PlanState.ACCEPTED)
    return work.session.exec(accepted.order_by(col(Plan.number).desc()).limit(1)).first()


def handovers_of(work: Work, plan_id: int) -> list[Handover]:
    """Return the handovers that were noted with a version of a plan."""
    return list(work.session.exec(select(Handover).where(Handover.plan_id == plan_id)))


def lines_of(work: Work, plan_id: int) -> list[PlanLine]:
    """Return the lines of a plan in their order."""
    wanted = select(PlanLine).where(PlanLine.plan_id == plan_id)
    return list(work.session.exec(wanted.order_by(col(PlanLine.position), col(PlanLine.id))))


def lines_that_hold(work: Work, contract_id: int) -> dict[int, tuple[Plan, list[PlanLine]]]:
    """Return the plans of a contract with their lines, from the newest accepted one on, for a change."""
    wanted = select(Plan, PlanLine).join(PlanLine, col(PlanLine.plan_id) == Plan.id)
    wanted = wanted.where(Plan.contract_id == contract_id)
    found: dict[int, tuple[Plan, list[PlanLine]]] = {}
    for plan, line in work.session.exec(wanted.order_by(col(Plan.number), col(PlanLine.position))):
        if plan.state is PlanState.ACCEPTED and key(plan) not in found:
            found.clear()
        found.setdefault(key(plan), (plan, []))[1].append(line)
    return found


def last_position(work: Work, plan_id: int) -> int:
    """Return the position of the last line of a plan; 0 when it has none."""
    return work.session.exec(
        select(func.coalesce(func.max(PlanLine.position), 0)).where(PlanLine.plan_id == plan_id)
    ).one()


def total_of(work: Work, plan_id: int) -> int:
    """Return what the lines of a plan are worth together, in whole cents."""
    summed = select(func.coalesce(func.sum(PlanLine.value_cents), 0)).where(PlanLine.plan_id == plan_id)
    return int(work.session.exec(summed).one())
