"""One's own address for forwarding mail, under My account."""

from __future__ import annotations

import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.config import settings
from crm.core.work import reading
from crm.ui import shell
from crm.ui.forms import attempt, flash
from crm.ui.words import _, moment
from crm.visits.actions.forwarding import MakeAddress, RevokeAddress, make_address, revoke_address
from crm.visits.queries.forwarding import own_address

_TOLD = "mail_address"


def show(actor: Actor) -> None:
    """Show whether somebody has an address for forwarding mail; only where mail can come in."""
    if not actor.may(Permission.VISIT_LOG) or not settings().mail_inbox:
        return
    with reading(actor) as work:
        address = own_address(work, actor.user_id or 0)
        made_at = address.made_at if address else None
    st.header(_("Forwarding mail"), anchor=False)
    st.caption(
        _(
            "Forward a mail to a private address, or send it along as a blind copy (bcc). It waits for you "
            "here until you put it into the file of an employer. Who has the address can send you mail: "
            "take it away when somebody else gets to know it."
        )
    )
    if told := st.session_state.get(_TOLD):
        st.success(_("Keep this address among your contacts now: it is shown only once."))
        st.code(told, language=None, wrap_lines=True)
    if made_at is not None:
        st.write(_("Made on {when}.", when=moment(made_at)))
    _offer(actor, made_at is not None)
    shell.link("staff/mail.py", _("To the mails that wait"), icon=":material/mail:")


def _offer(actor: Actor, has_one: bool) -> None:
    with st.container(horizontal=True):
        label = _("Make a new address") if has_one else _("Make an address")
        if st.button(label, icon=":material/forward_to_inbox:", key="make_mail_address"):
            st.session_state[_TOLD] = attempt(actor, make_address, MakeAddress)
            st.rerun()
        if has_one and st.button(
            _("Take the address away"), icon=":material/link_off:", key="revoke_mail_address"
        ):
            attempt(actor, revoke_address, RevokeAddress)
            st.session_state.pop(_TOLD, None)
            flash(_("Mail to the address is dropped from now on."))
            st.rerun()
