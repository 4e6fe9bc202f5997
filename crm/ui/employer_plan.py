"""The account plan of an employer: goals, what was agreed, SROI that comes by itself, and how it went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from crm.core import clock
from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.core.work import reading
from crm.employers.actions import plans as actions
from crm.employers.queries import EmployerView
from crm.employers.queries.details import team_now
from crm.employers.queries.plans import GoalRow, PlanView, plans_of_employer
from crm.employers.rules import GoalState, touches_year
from crm.sroi.queries import ContractRow
from crm.ui import shell
from crm.ui.dates import ask_day
from crm.ui.dialogs import close_dialog, dialog_button
from crm.ui.forms import attempt, flash
from crm.ui.words import _, day, plain, whole_euros

LABELS = {
    "year": N_("Year"),
    "what": N_("Goal"),
    "target": N_("How many"),
    "reached": N_("Reached so far"),
    "due_on": N_("By when"),
    "services": N_("Agreed services"),
    "risks": N_("Risks"),
    "evaluation": N_("How it went"),
    "review_on": N_("Look at it again on"),
}
STATES = {
    GoalState.REACHED: (N_("reached"), ":material/check_circle:", "green"),
    GoalState.UNDER_WAY: (N_("running"), ":material/hourglass_top:", "blue"),
    GoalState.LATE: (N_("late"), ":material/schedule:", "orange"),
}


def show(actor: Actor, employer: EmployerView, contracts: Sequence[ContractRow] | None) -> None:
    """Show the plan of the year that is chosen, and the way to the plan of another year."""
    with reading(actor) as work:
        found = plans_of_employer(work, employer.id)
        team = {member.user_id for member in team_now(work, employer.id)} | {employer.holder_id}
    may_change = actor.may(Permission.EMPLOYER_EDIT) and (employer.holder_id is None or actor.user_id in team)
    years = [plan.year for plan in found]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = _year(years)
        if may_change:
            _offer_years(actor, employer.id, years)
    plan = next((plan for plan in found if plan.year == chosen), None)
    if plan is None:
        st.info(_("There is no account plan yet. The account holder makes one for each year."))
        return
    _show_goals(actor, plan, may_change)
    _show_obligations(plan.year, contracts)
    _show_words(actor, plan, may_change)


def _year(years: list[int]) -> int | None:
    if not years:
        return None
    now = clock.today().year
    return st.segmented_control(
        _("Year"), years, default=now if now in years else years[0], required=True, key="plan_year"
    )


def _offer_years(actor: Actor, employer_id: int, years: list[int]) -> None:
    now = clock.today().year
    for year in (now, now + 1):
        if year not in years:
            label = _("Make a plan for {year}", year=year)
            if year - 1 in years:
                dialog_button(label, label, partial(_copy_or_not, actor, employer_id, year), f"plan_{year}")
            elif st.button(label, key=f"plan_{year}"):
                _make(actor, employer_id, year, False)


def _copy_or_not(actor: Actor, employer_id: int, year: int) -> None:
    copy_last = st.toggle(_("Begin with the plan of {year}", year=year - 1), True)
    st.caption(_("Goals, services and risks come along, a year later. What was reached begins at zero."))
    if st.button(_("Make"), type="primary"):
        close_dialog()
        _make(actor, employer_id, year, copy_last)


def _make(actor: Actor, employer_id: int, year: int, copy_last: bool) -> None:
    command = actions.MakePlan(employer_id=employer_id, year=year, copy_last=copy_last)
    made = attempt(actor, actions.make_plan, lambda: command, LABELS)
    if made is not None:
        st.session_state.pop("plan_year", None)
    _done(made)


def _show_goals(actor: Actor, plan: PlanView, may_change: bool) -> None:
    st.subheader(_("Goals"), anchor=False)
    if not plan.goals:
        st.caption(_("No goals yet. A goal has a number and a day."))
    for goal in plan.goals:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(_goal_words(goal), width="content")
            if may_change:
                dialog_button(
                    _("Change"),
                    _("Change this goal"),
                    partial(_goal_form, actor, plan, goal),
                    f"goal_{goal.id}",
                    kind="tertiary",
                )
    if may_change:
        dialog_button(
            _("Add a goal"),
            _("New goal"),
            lambda: _goal_form(actor, plan, None),
            "add_goal",
            icon=":material/add:",
        )


def _goal_words(goal: GoalRow) -> str:
    words, icon, colour = STATES[goal.state]
    told = _(
        "**{what}** · {reached} of {target} · by {day}",
        what=plain(goal.what),
        reached=goal.reached,
        target=goal.target,
        day=day(goal.due_on),
    )
    return f"{told} :{colour}-badge[{icon} {_(words)}]"


def _goal_form(actor: Actor, plan: PlanView, goal: GoalRow | None) -> None:
    with st.form("goal", border=False):
        what = st.text_input(_("Goal"), goal.what if goal else "", placeholder=_("People placed"))
        target = st.number_input(_("How many"), 1, 100_000, goal.target if goal else 1, 1)
        reached = st.number_input(_("Reached so far"), 0, 100_000, goal.reached, 1) if goal else 0
        due_on = ask_day(_("By when"), goal.due_on if goal else date(plan.year, 12, 31))
        pressed = st.form_submit_button(_("Save"), type="primary")
    given = {"what": what, "target": target, "due_on": due_on}
    if pressed:
        close_dialog()
        if goal is None:
            _done(attempt(actor, actions.add_goal, lambda: actions.AddGoal(plan_id=plan.id, **given), LABELS))
        else:
            asked = {"goal_id": goal.id, "version": goal.version, "reached": reached}
            _done(attempt(actor, actions.edit_goal, lambda: actions.EditGoal(**asked, **given), LABELS))
    if goal is not None and st.button(_("Drop this goal"), type="tertiary"):
        close_dialog()
        dropped = actions.RemoveGoal(goal_id=goal.id, version=goal.version)
        _done(attempt(actor, actions.remove_goal, lambda: dropped, LABELS))


def _show_obligations(year: int, contracts: Sequence[ContractRow] | None) -> None:
    if contracts is None:
        return
    st.subheader(_("SROI obligations"), anchor=False)
    owed = [one for one in contracts if touches_year(one.start_on, one.end_on, year)]
    if not owed:
        st.caption(_("No contract with an SROI obligation runs in {year}.", year=year))
        return
    for one in owed:
        with st.container(border=True, gap="xxsmall"):
            shell.link("staff/contract.py", f"**{plain(one.title)}**", id=one.id)
            st.markdown(
                _(
                    "{authority} · {obligation} asked, {approved} approved, {needed} needed · until {day}",
                    authority=plain(one.authority),
                    obligation=whole_euros(one.obligation_cents),
                    approved=whole_euros(one.approved_cents),
                    needed=whole_euros(one.needed_cents),
                    day=day(one.end_on),
                )
            )


def _show_words(actor: Actor, plan: PlanView, may_change: bool) -> None:
    told = (
        (_("Agreed services"), plan.services),
        (_("Risks"), plan.risks),
        (_("How it went"), plan.evaluation),
    )
    for heading, text in told:
        st.subheader(heading, anchor=False)
        st.markdown(_lines(text) or f":gray[{_('Nothing written yet.')}]")
    if plan.review_on is not None:
        late = plan.review_on < clock.today() and not plan.evaluation
        words = _("Look at it again on {day}", day=day(plan.review_on))
        st.markdown(f":orange-badge[:material/schedule: {words}]" if late else words)
    if may_change:
        dialog_button(
            _("Write in the plan"),
            _("Account plan {year}", year=plan.year),
            lambda: _words_form(actor, plan),
            "plan_words",
            icon=":material/edit:",
        )


def _lines(text: str) -> str:
    return "  \n".join(plain(line) for line in text.splitlines())


def _words_form(actor: Actor, plan: PlanView) -> None:
    with st.form("plan", border=False):
        services = st.text_area(_("Agreed services"), plan.services)
        risks = st.text_area(_("Risks"), plan.risks)
        evaluation = st.text_area(_("How it went"), plan.evaluation)
        review_on = ask_day(_("Look at it again on"), plan.review_on)
        pressed = st.form_submit_button(_("Save"), type="primary")
    if pressed:
        close_dialog()
        asked = {"plan_id": plan.id, "version": plan.version, "review_on": review_on}
        given = {"services": services, "risks": risks, "evaluation": evaluation}
        _done(attempt(actor, actions.edit_plan, lambda: actions.EditPlan(**asked, **given), LABELS))


def _done(saved: int | None) -> None:
    if saved is not None:
        flash(_("Saved."))
        st.rerun()
