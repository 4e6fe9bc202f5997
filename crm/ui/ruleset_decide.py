"""Asking approval of a rule set, giving it or sending it back, and publishing."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.sroi import actions
from crm.sroi.queries.authorities import authorities
from crm.sroi.queries.ruleset_drafts import DraftPage, authorities_with
from crm.sroi.ruleset_commands import (
    ApproveRules,
    AskApproval,
    DropRules,
    PublishRules,
    SendRulesBack,
)
from crm.sroi.states import DraftState
from crm.ui import shell
from crm.ui.dates import ask_day
from crm.ui.forms import attempt, flash
from crm.ui.opened import OpenForm, open_form, save
from crm.ui.ruleset_change import page_of
from crm.ui.ruleset_drafts import STATES
from crm.ui.sroi import inline_badge
from crm.ui.words import _, moment, plain

LABELS = {
    "reason": N_("Reason"),
    "valid_from": N_("Valid from"),
    "authority_ids": N_("For these authorities"),
}


def standing(draft: DraftPage) -> None:
    """Say where the version is, who made it and from what."""
    told = _(
        "made from {base} by {name}, {moment}; last changed by {last}",
        base=draft.base.name,
        name=draft.made_by or "–",
        moment=moment(draft.made_at),
        last=draft.row.changed_by or "–",
    )
    st.markdown(f"{inline_badge(STATES[draft.row.state])} {plain(told)}")
    if draft.reason:
        st.warning(_("Sent back: {reason}", reason=plain(draft.reason)), icon=":material/undo:")


def next_step(actor: Actor, draft: DraftPage) -> None:
    """Offer what can be done now with the version as a whole."""
    if draft.row.state is DraftState.ASKED and draft.own:
        st.info(_("A colleague who did not make or last change this version has to approve it."))
    with st.container(horizontal=True):
        if draft.row.state is DraftState.DRAFT:
            _ask(actor, draft)
        elif draft.row.state is DraftState.ASKED and not draft.own:
            _approve(actor, draft)
        elif draft.row.state is DraftState.APPROVED:
            with st.popover(
                _("Publish the version"), icon=":material/publish:", type="primary", key="ruleset_publish"
            ):
                _publish(actor, draft)
        if draft.row.state is not DraftState.DRAFT:
            with st.popover(_("Send back"), icon=":material/undo:", key="ruleset_send_back"):
                _send_back(actor, draft)
        with st.popover(_("Throw away"), icon=":material/delete:", type="tertiary", key="ruleset_drop"):
            _drop(actor, draft)


def _ask(actor: Actor, draft: DraftPage) -> None:
    if not st.button(_("Ask approval"), type="primary", icon=":material/send:", key="ruleset_ask"):
        return
    command = AskApproval(draft_id=draft.row.id, version=draft.version)
    if attempt(actor, actions.ask_rules_approval, lambda: command) is not None:
        flash(_("A colleague can now approve this version. Any change makes that void."))
        st.rerun()


def _approve(actor: Actor, draft: DraftPage) -> None:
    if not st.button(_("Approve"), type="primary", icon=":material/check:", key="ruleset_approve"):
        return
    command = ApproveRules(draft_id=draft.row.id, version=draft.version)
    if attempt(actor, actions.approve_rules, lambda: command) is not None:
        flash(_("The version is approved. It can be published now."))
        st.rerun()


def _send_back(actor: Actor, draft: DraftPage) -> None:
    form = _opened("send_back", draft, "reason")
    with st.form(form.name, border=False):
        reason = st.text_area(_("What has to change?"), key=form.key("reason"), max_chars=400)
        sent = st.form_submit_button(_("Send back"))
    if sent:
        save(
            form,
            actor,
            actions.send_rules_back,
            lambda: SendRulesBack(draft_id=draft.row.id, version=form.version, reason=reason),
            LABELS,
            _("The version is sent back."),
        )


def _publish(actor: Actor, draft: DraftPage) -> None:
    with reading(actor) as work:
        names = authorities(work)
    using = authorities_with(actor, draft.base.id)
    form = _opened("publish", draft, "authorities")
    with st.form(form.name, border=False):
        st.caption(_("After this nothing changes in this version. Contracts that exist keep their rules."))
        filled = _ask_publication(draft, form, names, using)
        sent = st.form_submit_button(_("Publish for good"), type="primary")
    if not sent:
        return
    command = {"draft_id": draft.row.id, "version": form.version, **filled}
    if (
        attempt(actor, actions.publish_rules, lambda: PublishRules.model_validate(command), LABELS)
        is not None
    ):
        flash(_("{name} is published.", name=draft.row.title))
        shell.go("staff/rulesets.py", regelset=draft.row.code)


def _ask_publication(
    draft: DraftPage, form: OpenForm, names: Mapping[int, str], using: set[int]
) -> dict[str, object]:
    planned = draft.rules().valid_from or clock.today()
    valid_from = ask_day(_(LABELS["valid_from"]), max(planned, clock.today()), key=form.key("valid_from"))
    reason = st.text_input(_("Reason, for a day that has passed"), key=form.key("reason"), max_chars=400)
    chosen = st.multiselect(
        _(LABELS["authority_ids"]),
        list(names),
        [one for one in names if one in using],
        lambda one: names[one],
        key=form.key("authorities"),
        placeholder=_("Choose"),
        help=_("From that day these authorities use it for new contracts."),
    )
    return {"valid_from": valid_from, "reason": reason.strip() or None, "authority_ids": tuple(chosen)}


def _drop(actor: Actor, draft: DraftPage) -> None:
    st.caption(_("The rule set it was made from stays as it is."))
    if not st.button(_("Throw this version away"), key="ruleset_drop_sure"):
        return
    command = DropRules(draft_id=draft.row.id, version=draft.version)
    if attempt(actor, actions.drop_rules, lambda: command) is not None:
        flash(_("The version is thrown away."))
        shell.go("staff/rulesets.py")


def _opened(name: str, draft: DraftPage, first_field: str) -> OpenForm:
    return open_form(f"ruleset_{name}_{draft.row.id}", draft.version, first_field, page_of(draft))
