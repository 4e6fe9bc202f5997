"""In the portal: what a company with a part is going to do for it, in the plan of the contract."""

from __future__ import annotations

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.sroi.queries.part_plans import PartPlan, part_plan
from crm.sroi.queries.parts import PartPage
from crm.sroi.rules.plan import PlanState
from crm.ui import plan_form, portal_plan
from crm.ui.words import _, money

SAID = {
    PlanState.DRAFT: N_("The main contractor hands in the plan, with your lines in it."),
    PlanState.SENT_BACK: N_("The plan came back to be changed. The main contractor hands it in again."),
    PlanState.HANDED_IN: N_("The plan was handed in. Until there is an answer it stays as it is."),
    PlanState.ACCEPTED: N_(
        "This was agreed. What you add now goes into a new version, which the main contractor hands in."
    ),
}


def show(actor: Actor, page: PartPage) -> None:
    """Show the company's own lines; while the plan is not agreed they can be changed here."""
    with reading(actor) as work:
        plan = part_plan(work, page.term)
    st.header(_("What you are going to do"), anchor=False)
    if plan.lines:
        _said(page, plan)
    elif not page.is_open:
        st.info(_("You put nothing in the plan."))
    else:
        st.info(
            _("Tell us what you are going to do for your part, and when. You see at once what it is worth.")
        )
    may_change = page.is_open and plan.is_changeable
    for line in plan.lines:
        portal_plan.card(actor, plan.term, plan.version, line, may_change=may_change)
    if not page.is_open or plan.waits:
        return
    with st.expander(_("Add something"), icon=":material/add:", expanded=not plan.lines):
        plan_form.add(actor, plan.term, in_plain=True, renew=True)


def _said(page: PartPage, plan: PartPlan) -> None:
    st.markdown(
        _(
            "Your lines are **{amount}** together; your part is {part}.",
            amount=money(plan.total_cents),
            part=money(page.part.amount_cents),
        )
    )
    if plan.state is not None:
        st.caption(_(SAID[plan.state]))
