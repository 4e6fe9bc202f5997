"""The account plan of an employer: one a year, made and changed by whoever holds the account or deputises."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy.exc import IntegrityError

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.days import Day
from crm.core.errors import Forbidden, Invalid
from crm.core.i18n import N_
from crm.core.privacy import WITHOUT_BSN
from crm.core.records import key
from crm.core.work import Work
from crm.employers.queries.details import team_now
from crm.employers.queries.plans import goals_of, plan_of_year
from crm.employers.records import Employer
from crm.employers.records_plans import AccountGoal, AccountPlan
from crm.employers.rules import in_year

_NOT_YOURS = N_("The account holder and the deputies make the account plan. Ask them, or deputise first.")

Text = Annotated[str, Field(max_length=4000), WITHOUT_BSN]
What = Annotated[str, Field(min_length=2, max_length=200), WITHOUT_BSN]
Number = Annotated[int, Field(ge=1, le=100_000)]


class MakePlan(Command):
    """An account plan ("accountplan") for a year; when asked, a copy of the year before if there is one."""

    employer_id: int
    year: Annotated[int, Field(ge=2000, le=2100)]
    copy_last: bool = False


class EditPlan(Command):
    """What was agreed, what can go wrong, how the year went, and when we look at it again."""

    plan_id: int
    version: int
    services: Text = ""
    risks: Text = ""
    evaluation: Text = ""
    review_on: Day | None = None


class AddGoal(Command):
    """A goal: what, how many and by when."""

    plan_id: int
    what: What
    target: Number
    due_on: Day


class EditGoal(Command):
    """A goal as it should become, with how many there are by now."""

    goal_id: int
    version: int
    what: What
    target: Number
    reached: Annotated[int, Field(ge=0, le=100_000)] = 0
    due_on: Day


class RemoveGoal(Command):
    """A goal that is dropped; what it was stays in the history."""

    goal_id: int
    version: int


@action(Permission.EMPLOYER_EDIT, MakePlan)
def make_plan(work: Work, command: MakePlan) -> int:
    """Make the plan of a year and return its id; raises `Invalid` when there is one already."""
    employer = _own_account(work, command.employer_id)
    last = plan_of_year(work, command.employer_id, command.year - 1) if command.copy_last else None
    plan = AccountPlan(
        region_id=employer.region_id,
        employer_id=command.employer_id,
        year=command.year,
        services=last.services if last else "",
        risks=last.risks if last else "",
        evaluation="",
        made_at=clock.now(),
        made_by_id=work.actor.user_id,
    )
    try:
        work.add(plan)
    except IntegrityError as error:
        raise Invalid("year", "There is a plan for this year already. Open that one.") from error
    for goal in goals_of(work, key(last)) if last else ():
        _add_goal(work, plan, AddGoal(plan_id=key(plan), **_again(goal, command.year)))
    return key(plan)


@action(Permission.EMPLOYER_EDIT, EditPlan)
def edit_plan(work: Work, command: EditPlan) -> int:
    """Change what a plan says and return its id."""
    given = command.model_dump(exclude={"plan_id", "version"})
    plan = work.edit(AccountPlan, command.plan_id, command.version, given)
    _own_account(work, plan.employer_id)
    for name, value in given.items():
        setattr(plan, name, value)
    return command.plan_id


@action(Permission.EMPLOYER_EDIT, AddGoal)
def add_goal(work: Work, command: AddGoal) -> int:
    """Add a goal to a plan and return its id."""
    plan = work.get(AccountPlan, command.plan_id)
    _own_account(work, plan.employer_id)
    return _add_goal(work, plan, command)


@action(Permission.EMPLOYER_EDIT, EditGoal)
def edit_goal(work: Work, command: EditGoal) -> int:
    """Change a goal, or note how many there are, and return its id."""
    given = command.model_dump(exclude={"goal_id", "version"})
    goal = work.edit(AccountGoal, command.goal_id, command.version, given)
    _own_account(work, goal.employer_id)
    for name, value in given.items():
        setattr(goal, name, value)
    return command.goal_id


@action(Permission.EMPLOYER_EDIT, RemoveGoal)
def remove_goal(work: Work, command: RemoveGoal) -> int:
    """Drop a goal and return the id of its plan."""
    goal = work.edit(AccountGoal, command.goal_id, command.version, {})
    _own_account(work, goal.employer_id)
    work.session.delete(goal)
    return goal.plan_id


def _own_account(work: Work, employer_id: int) -> Employer:
    """Return the employer; raises `Forbidden` when others hold its account."""
    employer = work.get(Employer, employer_id)
    team = {member.user_id for member in team_now(work, employer_id)} | {employer.holder_id}
    if employer.holder_id is not None and work.actor.user_id not in team:
        raise Forbidden(_NOT_YOURS)
    return employer


def _add_goal(work: Work, plan: AccountPlan, command: AddGoal) -> int:
    given = command.model_dump()
    return key(work.add(AccountGoal(region_id=plan.region_id, employer_id=plan.employer_id, **given)))


def _again(goal: AccountGoal, year: int) -> dict[str, object]:
    return {"what": goal.what, "target": goal.target, "due_on": in_year(goal.due_on, year)}
