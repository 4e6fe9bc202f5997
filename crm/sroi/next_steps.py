"""What a contractor can do now on a contract, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil

from crm.core import clock
from crm.sroi.queries.portal import CountablePlacement, PortalContract
from crm.sroi.queries.rows import EffortRow
from crm.sroi.rules import Status, calendar_months
from crm.sroi.rules.example import Example, example_for
from crm.sroi.standing import last_day
from crm.sroi.states import EffortState


class Todo(StrEnum):
    """A kind of next step: correct what came back, add evidence, finish a draft, count a placement, fill."""

    CORRECT = "correct"
    EVIDENCE = "evidence"
    FINISH = "finish"
    COUNT = "count"
    FILL = "fill"


@dataclass(frozen=True)
class NextStep:
    """One thing to do: about an effort or a placement, or an example of what would fill the rest."""

    todo: Todo
    effort: EffortRow | None = None
    placement: CountablePlacement | None = None
    example: Example | None = None


def next_steps(contract: PortalContract) -> list[NextStep]:
    """Return what the contractor can do now; nothing once a contract takes no efforts any more."""
    if not contract.is_open:
        return []
    efforts = contract.page.efforts
    return [
        *_of(efforts, EffortState.SENT_BACK, Todo.CORRECT),
        *(step for step in _of(efforts, EffortState.SUBMITTED, Todo.EVIDENCE) if _misses(step)),
        *_of(efforts, EffortState.DRAFT, Todo.FINISH),
        *_fill(contract),
    ]


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
