"""The plan of action on a contract's page: its lines and total, what can be done, plan beside result."""

from __future__ import annotations

import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.work import reading
from crm.sroi.queries import ContractPage
from crm.sroi.queries.plans import PlanPage, PlanRow, plan_for, plan_page
from crm.sroi.rules.plan import PlanState
from crm.sroi.standing import OPEN
from crm.ui import plan_decide, plan_form, plan_parts, plan_words
from crm.ui.explanation import show_explanation
from crm.ui.sroi import badge
from crm.ui.words import _, plain, whole_euros


def show(actor: Actor, contract: ContractPage) -> None:
    """Show the newest version of the plan with everything that belongs to it."""
    with reading(actor) as work:
        page = plan_page(work, contract.row.id, contract.rule_set)
    is_open = contract.row.state in OPEN
    may_make = is_open and actor.may(Permission.EFFORT_SUBMIT)
    may_decide = is_open and actor.may(Permission.CONTRACT_EDIT)
    plan = page.current
    if plan is None:
        _none(may_make=may_make)
    else:
        _head(contract, page, plan)
        plan_parts.lines(contract, plan)
        _one(actor, contract, plan, may_change=may_make and plan.is_changeable)
    if may_make and (plan is None or plan.is_changeable):
        with st.expander(_("Add a line"), icon=":material/add:"):
            plan_form.add(actor, plan_for(contract))
    if plan is not None:
        _decide(actor, contract, page, plan, may_make=may_make, may_decide=may_decide)
        plan_parts.show_beside(contract, page.holding or plan)
    plan_parts.show_handovers(actor, contract, page, may_decide=may_decide)
    if may_decide:
        with st.container(horizontal=True):
            plan_parts.offer_promise(actor, contract)
            plan_parts.offer_site_contact(actor, contract)
    if page.versions[1:]:
        st.subheader(_("Earlier versions"), anchor=False)
        plan_parts.show_versions(contract, page.versions[1:])


def _none(*, may_make: bool) -> None:
    if may_make:
        st.info(_("There is no plan yet. The contractor makes it in the portal; you can also put it here."))
    else:
        st.info(_("There is no plan on this contract."))


def _head(contract: ContractPage, page: PlanPage, plan: PlanRow) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        badge(plan_words.STATE[plan.state])
        st.caption(plan_words.came_about(plan), width="content")
    st.markdown(plan_words.covers(contract.row, plan))
    if plan.state is PlanState.SENT_BACK:
        st.markdown(_("What the officer said: {reason}", reason=plain(plan.reason or "")))
    holding = page.holding
    if holding is not None and holding.id != plan.id:
        st.caption(
            _("Version {number} was accepted and holds until this one is accepted.", number=holding.number)
        )


def _one(actor: Actor, contract: ContractPage, plan: PlanRow, *, may_change: bool) -> None:
    if not plan.lines:
        return
    by_id = {line.id: line for line in plan.lines}
    chosen = st.selectbox(
        _("Why this amount?"),
        list(by_id),
        0,
        lambda key: (
            f"{whole_euros(by_id[key].value_cents)} · "
            + plan_words.block_words(contract.rule_set, by_id[key].block, in_plain=False)
        ),
        key=f"plan_line_of_{plan.id}",
    )
    line = by_id.get(chosen or 0, plan.lines[0])
    with st.expander(_("How this line is calculated"), icon=":material/help:"):
        show_explanation(line.explanation, _("this line"))
    if may_change:
        with st.expander(_("Change or remove this line"), icon=":material/edit:"):
            plan_form.change(actor, plan_for(contract), plan.version, line)


def _decide(
    actor: Actor, contract: ContractPage, page: PlanPage, plan: PlanRow, *, may_make: bool, may_decide: bool
) -> None:
    if may_make and plan.is_changeable:
        with st.container(horizontal=True, vertical_alignment="center"):
            if plan.lines:
                plan_decide.offer_hand_in(actor, plan, _("Hand in the plan"), "primary")
            plan_decide.offer_discard(actor, plan, page.holding)
    elif may_decide and plan.state is PlanState.HANDED_IN:
        plan_decide.offer_decision(actor, contract, plan)
    elif may_make and plan.state is PlanState.ACCEPTED:
        plan_decide.offer_new_version(actor, plan)
