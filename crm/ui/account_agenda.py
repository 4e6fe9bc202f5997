"""One's own calendar feed and daily mail, under My account."""

from __future__ import annotations

import streamlit as st

from crm.agenda import actions
from crm.agenda.queries import digest_of, feed_of
from crm.core.access import Actor, Permission
from crm.core.config import settings
from crm.core.work import reading
from crm.ui.forms import attempt, flash
from crm.ui.words import _, moment

_TOLD = "calendar_token"


def show(actor: Actor) -> None:
    """Show whether somebody has a calendar feed and a daily mail; only for who has a to-do list."""
    if not actor.may(Permission.VISIT_LOG):
        return
    with reading(actor) as work:
        feed = feed_of(work, actor.user_id or 0)
        made_at = feed.made_at if feed else None
        mailed = digest_of(work, actor.user_id or 0) is not None
    st.header(_("My list in my calendar"), anchor=False)
    st.caption(
        _(
            "A private address that your calendar reads by itself. It names employers, never people, "
            "and says nothing of what it is about. Who has the address can read it: "
            "take it away when you lose it."
        )
    )
    _show_address()
    if made_at is not None:
        st.write(_("Made on {when}.", when=moment(made_at)))
    with st.container(horizontal=True):
        label = _("Make a new address") if made_at else _("Make an address")
        if st.button(label, icon=":material/calendar_add_on:"):
            st.session_state[_TOLD] = attempt(actor, actions.make_feed, actions.MakeFeed)
            st.rerun()
        if made_at and st.button(_("Take the address away"), icon=":material/link_off:"):
            attempt(actor, actions.revoke_feed, actions.RevokeFeed)
            st.session_state.pop(_TOLD, None)
            flash(_("The address opens nothing any more."))
            st.rerun()
    _mail(actor, mailed)


def _show_address() -> None:
    token = st.session_state.get(_TOLD)
    if token:
        base = settings().public_url or str(st.context.url or "").partition("/account")[0].rstrip("/")
        st.success(_("Copy this address into your calendar now: it is shown only once."))
        st.code(f"{base}/calendar/{token}.ics", language=None, wrap_lines=True)


def _mail(actor: Actor, mailed: bool) -> None:
    st.header(_("A mail each working day"), anchor=False)
    wanted = st.toggle(_("Mail me in the morning when something is due"), mailed, key="own_digest")
    st.caption(_("It holds counts and the names of employers with a link, and nothing more."))
    if wanted != mailed:
        attempt(actor, actions.ask_digest, lambda: actions.AskDigest(wanted=wanted))
        flash(_("Saved."))
        st.rerun()
