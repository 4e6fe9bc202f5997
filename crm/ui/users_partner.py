"""Choosing the partner organisation somebody works for, or adding it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from crm.accounts import actions, queries
from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import Work
from crm.ui.dialogs import close_dialog, dialog_button
from crm.ui.forms import attempt, flash
from crm.ui.words import _


def choose(work: Work, chosen: int | None, at: str) -> int | None:
    """Ask for a partner organisation; one that is not there yet can be added."""
    added = st.session_state.pop(f"{at}_added", None)
    if added is not None:
        st.session_state[at] = added
    partner_id = choose_one(_("Partner organisation"), queries.partners(work), chosen, at)
    dialog_button(
        _("Add a partner organisation"),
        _("Add a partner organisation"),
        lambda: _add(work.actor, at),
        f"{at}_new",
        kind="tertiary",
    )
    return partner_id


def choose_one(label: str, names: Mapping[int, str], chosen: int | None, at: str) -> int | None:
    """Ask for one of some records by name; None as long as nothing is chosen."""
    index = list(names).index(chosen) if chosen is not None and chosen in names else None
    return st.selectbox(label, list(names), index, names.__getitem__, key=at, placeholder=_("Choose"))


def _add(actor: Actor, at: str) -> None:
    name = st.text_input(_("Name of the organisation"), max_chars=160)
    if st.button(_("Add"), type="primary", key=f"{at}_add"):
        added = attempt(
            actor,
            actions.add_partner,
            lambda: actions.AddPartner(name=name),
            {"name": N_("Name of the organisation")},
        )
        if added is not None:
            close_dialog()
            st.session_state[f"{at}_added"] = added
            flash(_("Saved."))
            st.rerun()
