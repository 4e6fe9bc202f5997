"""Taking back the approval of an effort, on the page of its contract."""

from __future__ import annotations

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.sroi import actions
from crm.sroi.commands import ReopenEffort
from crm.sroi.queries import EffortRow
from crm.ui.opened import open_form, save
from crm.ui.words import _

LABELS = {"reason": N_("Reason")}


def ask(actor: Actor, effort: EffortRow) -> None:
    """Ask why an approved effort has to be looked at again, and give it back to the contractor."""
    with st.popover(_("Take the approval back"), icon=":material/undo:", key=f"reopen_{effort.id}"):
        st.caption(_("It no longer counts until the contractor hands it in again and you approve it."))
        form = open_form(f"reopen_effort_{effort.id}", effort.version, "reason")
        with st.form(form.name, border=False):
            reason = st.text_area(
                _("What has to change? The contractor reads this."), max_chars=400, key=form.key("reason")
            )
            sent = st.form_submit_button(_("Give it back"), type="primary")
        if sent:
            save(
                form,
                actor,
                actions.reopen_effort,
                lambda: ReopenEffort(effort_id=effort.id, version=form.version, reason=reason),
                LABELS,
                _("The approval is taken back; the contractor can change the effort and hand it in again."),
            )
