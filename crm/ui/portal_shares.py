"""In the portal: the parts of other companies' contracts that are proposed to this one."""

from __future__ import annotations

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.sroi import actions
from crm.sroi.life_commands import AnswerShare
from crm.sroi.queries.shares import OwnShare, own_shares
from crm.sroi.rules.sharing import ShareState
from crm.ui import portal, shell
from crm.ui.forms import attempt, flash
from crm.ui.life_words import SHARE
from crm.ui.sroi import inline_badge, period_of_days
from crm.ui.words import _, plain, whole_euros

LABELS = {"share_id": N_("Part"), "reason": N_("Why?")}
ASKED = (ShareState.WAITS_FOR_OTHER, ShareState.WAITS_FOR_MAIN)


def show_own(actor: Actor) -> None:
    """Show the parts that were proposed to this company, to be confirmed or refused."""
    with reading(actor) as work:
        rows = own_shares(work)
    if not rows:
        return
    st.header(_("Your part in other companies' contracts"), anchor=False)
    for row in rows:
        with st.container(border=True, gap="small"):
            _row(actor, row)


def _row(actor: Actor, row: OwnShare) -> None:
    st.markdown(f"**{plain(row.contract_title)}** {inline_badge(SHARE[row.state])}")
    told = _(
        "{authority} · your part is {amount}",
        authority=plain(row.authority),
        amount=whole_euros(row.amount_cents),
    )
    st.caption(f"{told} · {period_of_days(row.starts_on, row.ends_on)}")
    if row.state is ShareState.AGREED:
        shell.link(portal.CONTRACT, _("To your part"), icon=":material/arrow_forward:", id=row.contract_id)
    if row.state not in ASKED or row.answered:
        return
    with st.container(horizontal=True):
        if st.button(_("We take this part"), key=f"share_yes_{row.id}", type="primary"):
            _answer(actor, row, agrees=True)
        with st.popover(_("We do not take it"), key=f"share_no_{row.id}"):
            reason = st.text_input(_("Why not?"), max_chars=400, key=f"share_reason_{row.id}")
            if st.button(_("Refuse"), key=f"share_refuse_{row.id}"):
                _answer(actor, row, agrees=False, reason=reason)


def _answer(actor: Actor, row: OwnShare, *, agrees: bool, reason: str = "") -> None:
    made = attempt(
        actor,
        actions.answer_share,
        lambda: AnswerShare(share_id=row.id, agrees=agrees, reason=reason),
        LABELS,
    )
    if made is not None:
        flash(_("Your answer is kept."))
        st.rerun()
