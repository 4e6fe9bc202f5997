"""What can be done with a whole plan: hand in, accept, send back, start a new version."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.sroi import actions
from crm.sroi.plan_commands import AcceptPlan, DiscardPlan, HandInPlan, RenewPlan, SendPlanBack
from crm.sroi.queries import ContractPage
from crm.sroi.queries.plans import PlanRow
from crm.sroi.rules.plan import PlanState
from crm.ui import plan_form, plan_parts
from crm.ui.forms import attempt, flash
from crm.ui.opened import OpenForm, open_form, save
from crm.ui.words import _

LABELS = {**plan_parts.HANDOVER_LABELS, "reason": N_("What has to change?")}


def offer_hand_in(actor: Actor, plan: PlanRow, label: str, kind: Literal["primary", "secondary"]) -> None:
    """Offer to hand in the plan as it is on screen."""
    if not st.button(label, key="plan_hand_in", type=kind, icon=":material/send:"):
        return
    command = HandInPlan(plan_id=plan.id, version=plan.version)
    if attempt(actor, actions.hand_in_plan, lambda: command) is not None:
        flash(_("The plan is handed in."))
        st.rerun()


def offer_discard(actor: Actor, plan: PlanRow, holding: PlanRow | None) -> None:
    """Offer to throw the version away that is being made; what was agreed before then holds again."""
    if plan.state is PlanState.SENT_BACK and holding is None:
        return
    with st.popover(_("Throw this version away"), icon=":material/delete:", type="tertiary", key="plan_drop"):
        st.markdown(
            _("What you changed is then gone. The plan that was agreed on stands here again.")
            if holding
            else _("Everything in this plan is then gone.")
        )
        if not st.button(_("Yes, throw it away"), key="plan_discard"):
            return
        command = DiscardPlan(plan_id=plan.id, version=plan.version)
        if attempt(actor, actions.discard_plan, lambda: command) is not None:
            flash(_("The version is thrown away."))
            st.rerun()


def offer_decision(actor: Actor, contract: ContractPage, plan: PlanRow) -> None:
    """Offer to accept the plan and hand it over, or to send it back with a reason."""
    with st.container(horizontal=True):
        with st.popover(_("Accept the plan"), icon=":material/check:", type="primary", key="plan_accept"):
            _accept(actor, contract, plan)
        with st.popover(_("Send back"), icon=":material/undo:", key="plan_send_back"):
            _send_back(actor, contract, plan)


def offer_new_version(actor: Actor, plan: PlanRow) -> None:
    """Offer to start a new version; the accepted one holds until the new one is accepted."""
    if not st.button(_("Make a new version"), key="plan_renew", icon=":material/content_copy:"):
        return
    command = RenewPlan(plan_id=plan.id, version=plan.version)
    if attempt(actor, actions.renew_plan, lambda: command) is not None:
        flash(_("Here is a copy to change. Until it is accepted, the plan that was agreed holds."))
        st.rerun()


def _accept(actor: Actor, contract: ContractPage, plan: PlanRow) -> None:
    form = _opened("accept", contract, plan, "name")
    with st.form(form.name, border=False):
        st.caption(_("Who at the client sees to it from now on? Usually the contract manager."))
        filled = plan_parts.ask_holder(form.key)
        sent = st.form_submit_button(_("Accept and hand over"), type="primary")
    if sent:
        save(
            form,
            actor,
            actions.accept_plan,
            lambda: AcceptPlan(plan_id=plan.id, version=form.version, **filled),
            LABELS,
            _("The plan is accepted."),
        )


def _send_back(actor: Actor, contract: ContractPage, plan: PlanRow) -> None:
    form = _opened("send_back", contract, plan, "reason")
    with st.form(form.name, border=False):
        reason = st.text_area(_(LABELS["reason"]), key=form.key("reason"), max_chars=400)
        sent = st.form_submit_button(_("Send back"))
    if sent:
        save(
            form,
            actor,
            actions.send_plan_back,
            lambda: SendPlanBack(plan_id=plan.id, version=form.version, reason=reason),
            LABELS,
            _("The plan is sent back."),
        )


def _opened(name: str, contract: ContractPage, plan: PlanRow, first_field: str) -> OpenForm:
    return open_form(f"plan_{name}_{plan.id}", plan.version, first_field, plan_form.page_of(contract.row.id))
