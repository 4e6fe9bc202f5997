"""The parts of one's own account: name and language, password, and where one is signed in."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from pydantic import SecretStr
from streamlit.delta_generator import DeltaGenerator

from crm.accounts import actions
from crm.accounts.queries import UserDetails
from crm.accounts.records import SignInSession
from crm.accounts.rules import LONGEST_PASSWORD, SHORTEST_PASSWORD
from crm.core.access import Actor
from crm.core.i18n import LANGUAGES, N_
from crm.core.records import key
from crm.ui.forms import attempt, flash
from crm.ui.opened import open_form, save
from crm.ui.signed_out import leave
from crm.ui.words import _, language, moment, n_

FORM_WIDTH = 480
LABELS = {
    "name": N_("Name"),
    "current": N_("Current password"),
    "new": N_("New password"),
}


def sign_out_button(actor: Actor, place: DeltaGenerator) -> None:
    """Offer to sign out on this device."""
    if not place.button(_("Sign out"), icon=":material/logout:"):
        return
    session_id = actor.session_id or 0
    attempt(actor, actions.end_session, lambda: actions.EndSession(session_id=session_id))
    leave()


def profile(actor: Actor, user: UserDetails) -> None:
    """Change one's name and the language of the screens; the language switches at once."""
    st.header(_("Name and language"), anchor=False)
    st.text(user.email)
    chosen = st.segmented_control(
        _("Language"), list(LANGUAGES), default=language(), format_func=LANGUAGES.__getitem__, required=True
    )
    if chosen and chosen != language():
        attempt(actor, actions.change_language, lambda: actions.ChangeLanguage(language=chosen))
        st.session_state["language"] = chosen
        st.rerun()
    form = open_form("own_name", user.version, "name", "own_name")
    with st.form("name", border=False, width=FORM_WIDTH):
        name = st.text_input(_("Name"), user.name, max_chars=120, autocomplete="name", key=form.key("name"))
        pressed = st.form_submit_button(_("Save the name"))
    if pressed:
        save(
            form,
            actor,
            actions.change_name,
            lambda: actions.ChangeName(name=name, version=form.version),
            LABELS,
            _("Saved."),
        )


def password(actor: Actor) -> None:
    """Change one's password; the sessions on other devices end."""
    st.header(_("Password"), anchor=False)
    st.caption(
        _(
            "Use at least {length} characters. A few words that only you would put together work well.",
            length=SHORTEST_PASSWORD,
        )
    )
    with st.form("password", border=False, clear_on_submit=True, width=FORM_WIDTH):
        current = st.text_input(
            _("Current password"),
            type="password",
            max_chars=LONGEST_PASSWORD,
            autocomplete="current-password",
        )
        new = st.text_input(
            _("New password"), type="password", max_chars=LONGEST_PASSWORD, autocomplete="new-password"
        )
        if st.form_submit_button(_("Change the password")):
            _save_password(actor, current, new)


def sessions(actor: Actor, found: Sequence[SignInSession]) -> None:
    """Show where one is signed in, and offer to sign out everywhere else."""
    st.header(_("Signed in"), anchor=False)
    for session in found:
        here = _("this device") if session.id == actor.session_id else _("another device")
        with st.container(horizontal=True, vertical_alignment="center"):
            since = _("Since {when}", when=moment(session.created_at))
            st.write(f"{since} · {here}")
            if session.id != actor.session_id and st.button(_("Sign out"), key=f"session_{session.id}"):
                _end_session(actor, key(session))
    if len(found) > 1 and st.button(_("Sign out everywhere else")):
        ended = attempt(actor, actions.sign_out_elsewhere, actions.SignOutElsewhere)
        flash(n_("{count} session ended.", "{count} sessions ended.", ended or 0))
        st.rerun()


def _save_password(actor: Actor, current: str, new: str) -> None:
    def command() -> actions.ChangePassword:
        return actions.ChangePassword(current=SecretStr(current), new=SecretStr(new))

    if attempt(actor, actions.change_password, command, LABELS) is not None:
        flash(_("Your password was changed. You are signed out on your other devices."))
        st.rerun()


def _end_session(actor: Actor, session_id: int) -> None:
    ended = attempt(actor, actions.end_session, lambda: actions.EndSession(session_id=session_id))
    if ended is not None:
        flash(n_("{count} session ended.", "{count} sessions ended.", 1))
        st.rerun()
