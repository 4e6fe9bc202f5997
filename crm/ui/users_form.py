"""The parts of one account: details, assignments by role, and what else an administrator does with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from crm.accounts import actions, queries
from crm.accounts.actions.assignments import MAY_HAVE, NEEDS, Needs
from crm.accounts.queries import UserDetails
from crm.core.access import Actor, Role
from crm.core.i18n import LANGUAGES, N_
from crm.core.work import Work, reading
from crm.employers.queries import find_employers, found_employer
from crm.sroi.queries.authorities import authorities
from crm.ui import shell, users_partner
from crm.ui.forms import attempt, flash
from crm.ui.opened import open_form, save
from crm.ui.roles import ROLE_NAMES, ROLE_WORK
from crm.ui.users_partner import choose_one
from crm.ui.words import _, n_

Key = Callable[[str], str]
LABELS = {
    "name": N_("Name"),
    "email": N_("E-mail address"),
    "role": N_("Role"),
    "language": N_("Language"),
    "phone": N_("Phone number"),
    "region_ids": N_("Regions"),
    "authority_ids": N_("Contracting authorities"),
    "employer_id": N_("Employer"),
    "partner_id": N_("Partner organisation"),
    "active": N_("Can sign in"),
}
_HANDED_OVER = "handed_over"


def add(actor: Actor) -> None:
    """Ask for a new account and make it."""
    shell.heading(_("Add a user"), _("The new user gets a temporary password, which you see once."))
    values = _fields(actor, None, "new_user_{}".format)
    if not st.button(_("Add the user"), type="primary"):
        return
    made = attempt(actor, actions.create_user, lambda: actions.CreateUser(**values), LABELS)
    if made:
        _hand_over(made.password)
        shell.go("admin/users.py", user=made.user_id)


def edit(actor: Actor, user: UserDetails) -> None:
    """Show one account and change it."""
    shell.heading(user.name, _(ROLE_NAMES[user.role]))
    _show_handed_over()
    if not user.active:
        st.warning(_("This account is disabled: nobody can sign in with it."), icon=":material/block:")
    if user.hidden:
        st.info(
            n_(
                "Since a merge this account does not see {count} contract of its employer. "
                "An SROI officer who sees it can show it, on the page of the employer.",
                "Since a merge this account does not see {count} contracts of its employer. "
                "An SROI officer who sees them can show them, on the page of the employer.",
                user.hidden,
            ),
            icon=":material/visibility_off:",
        )
    form = open_form(f"user_{user.id}", user.version, "name", f"user_{user.id}")
    values = _fields(actor, user, form.key)
    if st.button(_("Save"), type="primary"):
        save(
            form,
            actor,
            actions.edit_user,
            lambda: actions.EditUser(user_id=user.id, version=form.version, **values),
            LABELS,
            _("Saved."),
        )
    _more(actor, user)


def _fields(actor: Actor, user: UserDetails | None, key: Key) -> dict[str, Any]:
    left, right = st.columns(2)
    role = right.selectbox(
        _("Role"),
        list(Role),
        list(Role).index(user.role) if user else 0,
        lambda found: _(ROLE_NAMES[found]),
        key=key("role"),
    )
    role = role or Role.ADVISER
    right.caption(_(ROLE_WORK[role]))
    values: dict[str, Any] = {
        "role": role,
        "name": left.text_input(_("Name"), user.name if user else "", max_chars=120, key=key("name")),
        "email": left.text_input(
            _("E-mail address"), user.email if user else "", max_chars=200, key=key("email")
        ),
        "phone": left.text_input(
            _("Phone number"), (user.phone if user else None) or "", max_chars=40, key=key("phone")
        )
        or None,
        "language": right.selectbox(
            _("Language"),
            list(LANGUAGES),
            list(LANGUAGES).index(user.language) if user else 0,
            LANGUAGES.__getitem__,
            key=key("language"),
        ),
    }
    with right, reading(actor) as work:
        for need in sorted(NEEDS[values["role"]]):
            values[need.value] = _assignment(work, need, user, key)
        if role in MAY_HAVE:
            values[Needs.AUTHORITIES] = _several(
                _("Sees only the contracts of (all when empty)"),
                authorities(work),
                user.authority_ids if user else frozenset(),
                key("limits"),
            )
    return values


def _assignment(work: Work, need: Needs, user: UserDetails | None, key: Key) -> Any:
    match need:
        case Needs.REGIONS:
            return _several(
                _("Regions"), queries.regions(work), user.region_ids if user else None, key("regions")
            )
        case Needs.AUTHORITIES:
            chosen = user.authority_ids if user else None
            return _several(_("Contracting authorities"), authorities(work), chosen, key("authorities"))
        case Needs.PARTNER:
            return users_partner.choose(work, user.partner_id if user else None, key("partner"))
        case Needs.EMPLOYER:
            return _employer(work, user, key)


def _several(label: str, names: Mapping[int, str], chosen: frozenset[int] | None, at: str) -> frozenset[int]:
    if chosen is None and len(names) == 1:
        chosen = frozenset(names)
    shown = [found for found in names if found in (chosen or ())]
    return frozenset(
        st.multiselect(label, list(names), shown, names.__getitem__, key=at, placeholder=_("Choose"))
    )


def _employer(work: Work, user: UserDetails | None, key: Key) -> int | None:
    typed = st.text_input(
        _("Find the employer"),
        key=key("find"),
        live=True,
        type="search",
        icon=":material/search:",
        placeholder=_("Name, place or KvK number"),
    )
    found = find_employers(work, typed or "")
    own = user.employer_id if user else None
    if own is not None and own not in {employer.id for employer in found}:
        found.insert(0, found_employer(work, own))
    names = {employer.id: f"{employer.name}, {employer.city or '–'}" for employer in found}
    return choose_one(_("Employer"), names, own, key("employer"))


def _more(actor: Actor, user: UserDetails) -> None:
    st.header(_("Signing in"))
    with st.container(horizontal=True):
        if st.button(_("Set a temporary password"), icon=":material/key:"):
            password = attempt(actor, actions.set_password, lambda: actions.SetPassword(user_id=user.id))
            if password:
                _hand_over(password)
                st.rerun()
        if st.button(_("Sign out everywhere"), icon=":material/logout:"):
            _end_sessions(actor, user)
        word = _("Disable this account") if user.active else _("Enable this account")
        if st.button(word, icon=":material/block:" if user.active else ":material/check:"):
            _switch(actor, user)


def _end_sessions(actor: Actor, user: UserDetails) -> None:
    ended = attempt(actor, actions.end_sessions_of, lambda: actions.EndSessions(user_id=user.id))
    if ended is not None:
        flash(n_("{count} session ended.", "{count} sessions ended.", ended))
        st.rerun()


def _switch(actor: Actor, user: UserDetails) -> None:
    def command() -> actions.SwitchUser:
        return actions.SwitchUser(user_id=user.id, version=user.version, active=not user.active)

    if attempt(actor, actions.switch_user, command, LABELS):
        flash(_("Saved."))
        st.rerun()


def _hand_over(password: str) -> None:
    st.session_state[_HANDED_OVER] = password


def _show_handed_over() -> None:
    """Show a temporary password once; the next click takes it away."""
    if password := st.session_state.pop(_HANDED_OVER, None):
        with st.container(border=True):
            st.subheader(_("Temporary password"))
            st.write(_("Hand this over in person or by phone. It is shown once, and only here."))
            st.code(password, language=None)
