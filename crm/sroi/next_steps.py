"""What a contractor can do now on a contract, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from math import ceil

from crm.core import clock
from crm.sroi.queries.portal import CountablePlacement, PortalContract
from crm.sroi.queries.rows import EffortRow
from crm.sroi.rules import Status, calendar_months
from crm.sroi.rules.example import Example, example_for
from crm.sroi.rules.life import Clock, ClockKind, Lateness
from crm.sroi.rules.plan import PlanState
from crm.sroi.standing import last_day
from crm.sroi.states import EffortState


class Todo(StrEnum):
    """A kind of next step; the last two, and only those, are about reaching the amount."""

    CONTACT = "contact"
    MAKE_PLAN = "make_plan"
    CORRECT_PLAN = "correct_plan"
    SEND_PLAN = "send_plan"
    REPORT = "report"
    CORRECT = "correct"
    EVIDENCE = "evidence"
    FINISH = "finish"
    COUNT = "count"
    FILL = "fill"


DUE = {
    ClockKind.FIRST_CONTACT: Todo.CONTACT,
    ClockKind.PLAN: Todo.MAKE_PLAN,
    ClockKind.REPORT: Todo.REPORT,
}
REPORT_AHEAD = timedelta(days=31)


class Urgency(IntEnum):
    """How pressing a step is, the most pressing first."""

    OVERDUE = 0
    CAME_BACK = 1
    DUE_SOON = 2
    EVIDENCE = 3
    DUE = 4
    UNFINISHED = 5


URGENCY = {
    Todo.CORRECT_PLAN: Urgency.CAME_BACK,
    Todo.CORRECT: Urgency.CAME_BACK,
    Todo.EVIDENCE: Urgency.EVIDENCE,
    Todo.SEND_PLAN: Urgency.UNFINISHED,
    Todo.FINISH: Urgency.UNFINISHED,
}
LATE = {Lateness.OVERDUE: Urgency.OVERDUE, Lateness.SOON: Urgency.DUE_SOON, Lateness.LATER: Urgency.DUE}


@dataclass(frozen=True)
class NextStep:
    """One thing to do: about an effort, a placement, a term or the plan, or what would fill the rest.

    `reason` is why the plan came back.
    """

    todo: Todo
    effort: EffortRow | None = None
    placement: CountablePlacement | None = None
    example: Example | None = None
    due: Clock | None = None
    reason: str = ""

    @property
    def urgency(self) -> Urgency:
        """How pressing it is; what is due counts by its day."""
        if self.due is not None:
            return LATE[self.due.lateness(clock.today())]
        return URGENCY[self.todo]


def next_steps(contract: PortalContract) -> list[NextStep]:
    """Return what the contractor can do now, the most pressing first.

    Nothing once a contract takes no efforts any more. What is overdue goes first, then what came back, then
    what is due within a week; what fills the rest comes last.
    """
    if not contract.is_open:
        return []
    efforts = contract.page.efforts
    pressing = [
        *_due(contract),
        *_plan(contract),
        *_of(efforts, EffortState.SENT_BACK, Todo.CORRECT),
        *(step for step in _of(efforts, EffortState.SUBMITTED, Todo.EVIDENCE) if _misses(step)),
        *_of(efforts, EffortState.DRAFT, Todo.FINISH),
    ]
    return [*sorted(pressing, key=_order), *_fill(contract)]


def _order(step: NextStep) -> tuple[Urgency, date]:
    return step.urgency, step.due.due_on if step.due else date.min


def _due(contract: PortalContract) -> Iterator[NextStep]:
    for one in contract.clocks:
        if one.done_on is not None or one.kind not in DUE:
            continue
        if one.kind is ClockKind.REPORT and one.due_on > clock.today() + REPORT_AHEAD:
            continue
        yield NextStep(DUE[one.kind], due=one)


def _plan(contract: PortalContract) -> Iterator[NextStep]:
    plan = contract.plan
    if plan is not None and plan.state is PlanState.SENT_BACK:
        yield NextStep(Todo.CORRECT_PLAN, reason=plan.reason)
    elif plan is not None and plan.state is PlanState.DRAFT and not _plan_is_due(contract):
        yield NextStep(Todo.SEND_PLAN)


def _plan_is_due(contract: PortalContract) -> bool:
    return any(one.kind is ClockKind.PLAN and one.done_on is None for one in contract.clocks)


def _of(efforts: list[EffortRow], state: EffortState, todo: Todo) -> Iterator[NextStep]:
    return (NextStep(todo, effort=effort) for effort in efforts if effort.state is state)


def _misses(step: NextStep) -> bool:
    return step.effort is not None and bool(step.effort.missing)


def _fill(contract: PortalContract) -> Iterator[NextStep]:
    standing = contract.page.row.standing
    if standing is None or standing.status is Status.MET or not standing.still_needed:
        return
    yield from (NextStep(Todo.COUNT, placement=placement) for placement in contract.placements)
    months_left = _months_until(last_day(contract.page.row), clock.today())
    example = example_for(contract.page.rule_set, standing.still_needed, months_left)
    yield NextStep(Todo.FILL, example=example)


def _months_until(last: date, today: date) -> int:
    """Return the months from today up to and including the last day, a part of a month as a whole one."""
    return ceil(calendar_months(today, last)) if today <= last else 0
