"""Account plans: one a year, by who holds the account, copied from last year, with goals."""

from __future__ import annotations

from datetime import date

import pytest

from crm.core.access import Role, system
from crm.core.errors import Conflict, Forbidden, Invalid
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.employers.actions import plans as actions
from crm.employers.queries.plans import PlanView, plans_of_employer
from crm.employers.records import Employer
from crm.employers.rules import GoalState, TeamRole, goal_state, in_year, touches_year
from tests.employers.factories import make_colleague, make_member
from tests.factories import TODAY, World


def plans(world: World) -> list[PlanView]:
    with reading(world.actor(Role.ADVISER)) as unit:
        return plans_of_employer(unit, key(world.employer_a))


def make(world: World, year: int = 2026, **values: object) -> int:
    command = actions.MakePlan(employer_id=key(world.employer_a), year=year, **values)
    return perform(world.actor(Role.ADVISER), actions.make_plan, command)


def give_account(world: World, role: Role) -> None:
    with work(system("test")) as unit:
        unit.get(Employer, key(world.employer_a)).holder_id = key(world.users[role])
        unit.commit()


@pytest.mark.parametrize(
    ("reached", "due_on", "state"),
    [
        (2, date(2026, 1, 1), GoalState.REACHED),
        (3, date(2027, 1, 1), GoalState.REACHED),
        (1, TODAY, GoalState.UNDER_WAY),
        (1, date(2026, 11, 23), GoalState.LATE),
    ],
)
def test_a_goal_is_reached_under_way_or_late(reached: int, due_on: date, state: GoalState) -> None:
    assert goal_state(2, reached, due_on, TODAY) is state


def test_a_day_moves_to_another_year() -> None:
    assert in_year(date(2026, 12, 31), 2027) == date(2027, 12, 31)
    assert in_year(date(2028, 2, 29), 2029) == date(2029, 2, 28)
    assert in_year(date(2024, 2, 29), 2028) == date(2028, 2, 29)
    assert in_year(date(2024, 2, 29), 2100) == date(2100, 2, 28)
    assert in_year(date(2024, 2, 29), 2000) == date(2000, 2, 29)


def test_a_period_touches_the_years_it_has_days_in() -> None:
    years = [year for year in range(2024, 2029) if touches_year(date(2025, 12, 31), date(2027, 1, 1), year)]
    assert years == [2025, 2026, 2027]


def test_a_plan_has_goals_and_says_how_they_stand(world: World) -> None:
    plan = make(world)
    adviser = world.actor(Role.ADVISER)
    late = actions.AddGoal(plan_id=plan, what="Bezoeken", target=4, due_on=date(2026, 6, 30))
    perform(adviser, actions.add_goal, late)
    goal = perform(
        adviser,
        actions.add_goal,
        actions.AddGoal(plan_id=plan, what="Plaatsingen", target=2, due_on=date(2026, 12, 31)),
    )
    noted = actions.EditGoal(
        goal_id=goal, version=1, what="Plaatsingen", target=2, reached=2, due_on=date(2026, 12, 31)
    )
    perform(adviser, actions.edit_goal, noted)
    (found,) = plans(world)
    assert [(one.what, one.reached, one.state) for one in found.goals] == [
        ("Bezoeken", 0, GoalState.LATE),
        ("Plaatsingen", 2, GoalState.REACHED),
    ]


def test_next_year_begins_with_the_plan_of_this_year(lite_world: World) -> None:
    adviser = lite_world.actor(Role.ADVISER)
    plan = make(lite_world)
    perform(
        adviser,
        actions.add_goal,
        actions.AddGoal(plan_id=plan, what="Plaatsingen", target=2, due_on=date(2026, 9, 1)),
    )
    perform(
        adviser,
        actions.edit_plan,
        actions.EditPlan(plan_id=plan, version=1, services="Jobcarving", risks="Krimp", evaluation="Goed"),
    )
    make(lite_world, 2027, copy_last=True)
    copy, _ = plans(lite_world)
    assert (copy.year, copy.services, copy.risks, copy.evaluation) == (2027, "Jobcarving", "Krimp", "")
    assert [(goal.what, goal.target, goal.reached, goal.due_on) for goal in copy.goals] == [
        ("Plaatsingen", 2, 0, date(2027, 9, 1))
    ]
    make(lite_world, 2028)
    assert plans(lite_world)[0].goals == ()


def test_a_year_has_one_plan(world: World) -> None:
    make(world)
    with pytest.raises(Invalid) as caught:
        make(world)
    assert caught.value.field == "year"


def test_only_who_holds_the_account_or_deputises_makes_the_plan(lite_world: World) -> None:
    give_account(lite_world, Role.ACCOUNT_MANAGER)
    with pytest.raises(Forbidden):
        make(lite_world)
    make_member(lite_world.employer_a, lite_world.users[Role.ADVISER], TeamRole.DEPUTY)
    plan = make(lite_world)
    stranger = lite_world.actor_for(make_colleague(lite_world, "Sam"))
    with pytest.raises(Forbidden):
        perform(stranger, actions.edit_plan, actions.EditPlan(plan_id=plan, version=1, risks="Anders"))
    assert plans(lite_world)[0].risks == ""


def test_a_goal_that_is_dropped_is_gone_and_an_old_version_is_refused(lite_world: World) -> None:
    adviser, plan = lite_world.actor(Role.ADVISER), make(lite_world)
    given = {"what": "Bezoeken", "target": 4, "due_on": TODAY}
    goal = perform(adviser, actions.add_goal, actions.AddGoal(plan_id=plan, **given))
    perform(adviser, actions.edit_goal, actions.EditGoal(goal_id=goal, version=1, reached=1, **given))
    with pytest.raises(Conflict):
        perform(adviser, actions.remove_goal, actions.RemoveGoal(goal_id=goal, version=1))
    perform(adviser, actions.remove_goal, actions.RemoveGoal(goal_id=goal, version=2))
    assert plans(lite_world)[0].goals == ()
