"""Telling how one employer is tied to another."""

from __future__ import annotations

import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.employers.queries import EmployerView
from crm.network import actions
from crm.network.rules import TieKind
from crm.ui.dates import ask_day
from crm.ui.dialogs import close_dialog
from crm.ui.employers import pick_employer
from crm.ui.forms import attempt, flash
from crm.ui.network import tie_kind_word
from crm.ui.words import _, plain

LABELS = {
    "other_employer_id": N_("Other employer"),
    "kind": N_("Tie"),
    "since": N_("Since"),
    "note": N_("Note"),
}


def show(actor: Actor, employer: EmployerView) -> None:
    """Ask which tie, with whom and since when, and keep it."""
    st.markdown(f"**{plain(employer.name)}**")
    kinds = list(TieKind)
    kind = st.selectbox(_("Tie"), kinds, format_func=tie_kind_word)
    other = pick_employer(actor, _("Other employer"), "tie_other", without=[employer.id])
    since = ask_day(_("Since"), clock.today())
    note = st.text_input(_("Note"), max_chars=400)
    if not st.button(_("Save"), type="primary"):
        return
    close_dialog()

    def command() -> actions.AddTie:
        if other is None:
            raise Invalid("other_employer_id", "Search the other employer and choose it.")
        return actions.AddTie(
            employer_id=employer.id, other_employer_id=other, kind=kind, since=since, note=note
        )

    if attempt(actor, actions.add_tie, command, LABELS) is not None:
        flash(_("Saved."))
        st.rerun()
