"""The plan of a company with a part: its own lines in the plan of the contract, and nothing else of that."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from crm.core.records import key
from crm.core.work import Work
from crm.sroi.queries import planning
from crm.sroi.queries.parts import part_of, whole_contract
from crm.sroi.queries.plans import PlanFor, PlanLineRow, line_row
from crm.sroi.records import PlanLine
from crm.sroi.rules.plan import CHANGEABLE, PlanState


@dataclass(frozen=True)
class PartPlan:
    """A company's lines in the newest plan of a contract; `state` is of that plan, None without one."""

    term: PlanFor
    lines: tuple[PlanLineRow, ...] = ()
    state: PlanState | None = None
    version: int = 0

    @property
    def is_changeable(self) -> bool:
        """Whether lines can be changed and taken out."""
        return self.state in CHANGEABLE

    @property
    def waits(self) -> bool:
        """Whether the plan waits for an answer, so that nothing can be added."""
        return self.state is PlanState.HANDED_IN

    @property
    def total_cents(self) -> int:
        """What the lines are worth together."""
        return sum(line.value_cents for line in self.lines)


def part_plan(work: Work, term: PlanFor) -> PartPlan:
    """Return what the actor's company put in the plan of a contract of which it took over a part.

    `term` is that of the part's page. Raises `NotFound` for any other contract.
    """
    part_of(work, term.contract_id)
    with whole_contract(work):
        plan = planning.current_plan(work, term.contract_id)
    if plan is None:
        return PartPlan(term)
    own = select(PlanLine).where(
        PlanLine.plan_id == key(plan), PlanLine.employer_id == work.actor.employer_id
    )
    found = work.session.exec(own.order_by(col(PlanLine.position), col(PlanLine.id))).all()
    return PartPlan(term, tuple(line_row(line, term.rule_set) for line in found), plan.state, plan.version)
