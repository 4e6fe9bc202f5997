"""Putting a contact moment right afterwards: by its author, and never over somebody's change unseen."""

from __future__ import annotations

from typing import Any

import streamlit as st

from crm.core.access import Actor
from crm.core.work import reading
from crm.ui import forms, shell
from crm.ui.dates import ask_day
from crm.ui.visits import KINDS, PURPOSES, TALK_OUTCOMES, kind_word, purpose_word, talk_outcome_word
from crm.ui.visits_form import LABELS
from crm.ui.words import _, plain
from crm.visits.actions import EditMoment, edit_moment
from crm.visits.queries import MomentForm, moment_form


def edit_form(actor: Actor, moment_id: int) -> None:
    """Show a contact moment of the actor's own as a form, and save it."""
    found = _as_opened(actor, moment_id)
    st.header(plain(found.employer), anchor=False)
    with st.form("edit_moment", border=False):
        fields = _asked(found)
        pressed = st.form_submit_button(_("Save"), type="primary", width="stretch", shortcut="Ctrl+S")
    if not pressed:
        return
    saved = forms.attempt(
        actor, edit_moment, lambda: EditMoment(moment_id=found.id, version=found.version, **fields), LABELS
    )
    if saved is not None:
        forms.flash(_("Saved."))
        shell.go("staff/employer.py", id=found.employer_id)


def _as_opened(actor: Actor, moment_id: int) -> MomentForm:
    """Return the moment as it was when the form opened, so that a change by others meanwhile is noticed."""
    opened: MomentForm | None = st.session_state.get("edit_opened")
    if opened is None or opened.id != moment_id or "edit_kind" not in st.session_state:
        with reading(actor) as work:
            opened = moment_form(work, moment_id)
        st.session_state["edit_opened"] = opened
    return opened


def _asked(found: MomentForm) -> dict[str, Any]:
    kind = st.segmented_control(
        _("Kind of contact"),
        [kind.value for kind in KINDS],
        default=found.kind.value,
        format_func=kind_word,
        key="edit_kind",
        required=True,
    )
    held_on = ask_day(_("Date"), found.held_on)
    purposes = st.pills(
        _("What about"),
        [purpose.value for purpose in PURPOSES],
        selection_mode="multi",
        default=[purpose.value for purpose in found.purposes],
        format_func=purpose_word,
    )
    outcomes = st.pills(
        _("What came of it"),
        [outcome.value for outcome in TALK_OUTCOMES],
        selection_mode="multi",
        default=[outcome.value for outcome in found.outcomes],
        format_func=talk_outcome_word,
    )
    summary = st.text_area(_("What was said"), found.summary, height=200)
    return {
        "kind": kind,
        "held_on": held_on,
        "purposes": tuple(purposes),
        "outcomes": tuple(outcomes),
        "summary": summary,
    }
