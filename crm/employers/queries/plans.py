"""The account plans of an employer, with their goals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from crm.core import clock
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records_plans import AccountGoal, AccountPlan
from crm.employers.rules import GoalState, goal_state


@dataclass(frozen=True)
class GoalRow:
    """A goal of an account plan, and how it stands today."""

    id: int
    version: int
    what: str
    target: int
    reached: int
    due_on: date
    state: GoalState


@dataclass(frozen=True)
class PlanView:
    """The account plan of a year; the goal that is due first comes first."""

    id: int
    version: int
    year: int
    services: str
    risks: str
    evaluation: str
    review_on: date | None
    goals: tuple[GoalRow, ...]


def plans_of_employer(work: Work, employer_id: int) -> list[PlanView]:
    """Return the account plans of an employer, the newest year first."""
    plans = work.session.exec(
        select(AccountPlan)
        .where(AccountPlan.employer_id == employer_id)
        .order_by(col(AccountPlan.year).desc())
    ).all()
    goals: defaultdict[int, list[GoalRow]] = defaultdict(list)
    for goal in work.session.exec(
        select(AccountGoal)
        .where(AccountGoal.employer_id == employer_id)
        .order_by(col(AccountGoal.due_on), col(AccountGoal.id))
    ):
        goals[goal.plan_id].append(_row(goal))
    return [
        PlanView(
            **plan.model_dump(exclude={"region_id", "employer_id", "made_at", "made_by_id"}),
            goals=tuple(goals[key(plan)]),
        )
        for plan in plans
    ]


def plan_of_year(work: Work, employer_id: int, year: int) -> AccountPlan | None:
    """Return the record of the plan of a year, if there is one."""
    found = select(AccountPlan).where(AccountPlan.employer_id == employer_id, AccountPlan.year == year)
    return work.session.exec(found).first()


def goals_of(work: Work, plan_id: int) -> list[AccountGoal]:
    """Return the records of the goals of a plan, in the order in which they were added."""
    found = select(AccountGoal).where(AccountGoal.plan_id == plan_id).order_by(col(AccountGoal.id))
    return list(work.session.exec(found))


def _row(goal: AccountGoal) -> GoalRow:
    return GoalRow(
        id=key(goal),
        version=goal.version,
        what=goal.what,
        target=goal.target,
        reached=goal.reached,
        due_on=goal.due_on,
        state=goal_state(goal.target, goal.reached, goal.due_on, clock.today()),
    )
