"""The plan in the portal: what an employer is going to do, in plain words, and what it is worth."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from crm.core.access import Actor
from crm.core.work import reading
from crm.sroi.queries import ContractPage
from crm.sroi.queries.plans import PlanFor, PlanLineRow, PlanPage, PlanRow, plan_for, plan_page
from crm.sroi.queries.portal import PortalContract
from crm.sroi.rules.plan import PlanState
from crm.ui import plan_decide, plan_form, plan_parts, plan_words
from crm.ui.explanation import explanation_popover
from crm.ui.sroi import badge
from crm.ui.words import _, money, plain


def show_plan(actor: Actor, contract: PortalContract) -> None:
    """Show the newest version of the plan; while it is not agreed it can be changed here."""
    with reading(actor) as work:
        page = plan_page(work, contract.page.row.id, contract.page.rule_set)
    plan = page.current
    if plan is None:
        st.info(
            _("In the plan you tell us what you are going to do, and when. You see at once what it is worth.")
            if contract.is_open
            else _("There is no plan on this contract.")
        )
    else:
        _head(contract.page, page, plan)
        for line in plan.lines:
            may_change = contract.is_open and plan.is_changeable
            card(actor, plan_for(contract.page), plan.version, line, may_change=may_change)
        if plan.unseen_cents:
            amount = money(plan.unseen_cents)
            st.caption(_("Other companies put {amount} in this plan, on their parts.", amount=amount))
    if contract.is_open:
        _act(actor, contract.page, plan, page.holding)
    if plan is not None:
        plan_parts.show_beside(contract.page, page.holding or plan, in_plain=True)
        plan_parts.show_handovers(actor, contract.page, page, may_decide=False)
        if contract.is_open:
            plan_parts.offer_site_contact(actor, contract.page)
    if page.versions[1:]:
        st.header(_("Earlier versions"), anchor=False)
        plan_parts.show_versions(contract.page, page.versions[1:], in_plain=True)


def _head(contract: ContractPage, page: PlanPage, plan: PlanRow) -> None:
    st.header(_("What you are going to do"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        badge(plan_words.PORTAL_STATE[plan.state])
        st.markdown(plan_words.covers(contract.row, plan), width="content")
    if plan.state is PlanState.SENT_BACK:
        st.warning(_("We said: “{reason}”", reason=plain(plan.reason or "")), icon=":material/undo:")
    if plan.state is PlanState.HANDED_IN:
        st.caption(_("We look at your plan. You hear from us; until then it stays as it is."))
    holding = page.holding
    if holding is not None and holding.id != plan.id:
        st.caption(_("What we agreed before holds until we agree on this plan. You find it below."))


def card(actor: Actor, term: PlanFor, version: int, line: PlanLineRow, *, may_change: bool) -> None:
    """Show a line with its value and why, and let it be changed; `version` is the plan's."""
    with st.container(border=True, gap="small"):
        row = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="top")
        with row.container(width="content", gap="xxsmall"):
            st.markdown(f"**{plan_words.block_words(term.rule_set, line.block, in_plain=True)}**")
            if line.activity:
                st.markdown(plain(line.activity))
            st.caption(plan_words.details(term.rule_set, line))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{money(line.value_cents)}**", width="content")
            explanation_popover(
                _("Why this amount?"), line.explanation, _("this line"), key=f"why_line_{line.id}"
            )
        if may_change and _is_open(row, line):
            plan_form.change(actor, term, version, line, in_plain=True)


def _is_open(place: DeltaGenerator, line: PlanLineRow) -> bool:
    """Offer to open a line; one at a time is open."""
    is_open = st.session_state.get("portal_plan_line") == line.id
    word = _("Close") if is_open else _("Change")
    if place.button(word, key=f"open_line_{line.id}"):
        st.session_state["portal_plan_line"] = None if is_open else line.id
        st.rerun()
    return is_open


def _act(actor: Actor, contract: ContractPage, plan: PlanRow | None, holding: PlanRow | None) -> None:
    if plan is None or plan.is_changeable:
        with st.expander(_("Add something"), icon=":material/add:", expanded=plan is None):
            plan_form.add(actor, plan_for(contract), in_plain=True)
    if plan is None:
        return
    if plan.is_changeable:
        with st.container(horizontal=True, vertical_alignment="center"):
            if plan.lines:
                plan_decide.offer_hand_in(actor, plan, _("Send the plan to us"), "primary")
            plan_decide.offer_discard(actor, plan, holding)
    elif plan.state is PlanState.ACCEPTED:
        plan_decide.offer_new_version(actor, plan)
