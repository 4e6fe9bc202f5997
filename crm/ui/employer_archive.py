"""Putting an employer away, because it ceased or because we stop with it, and taking it back."""

from __future__ import annotations

import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.core.i18n import N_
from crm.employers import actions
from crm.employers.actions.archive import (
    ArchiveEmployer,
    RestoreEmployer,
    archive_employer,
    restore_employer,
)
from crm.employers.queries import EmployerView
from crm.ui.dates import ask_day
from crm.ui.forms import attempt, flash
from crm.ui.words import _

LABELS = {"ceased_on": N_("Ceased on"), "reason": N_("Why")}


def show(actor: Actor, employer: EmployerView) -> None:
    """Offer what can be done: putting away in two ways, or taking back."""
    _ceasing(actor, employer)
    _archiving(actor, employer)


def _archiving(actor: Actor, employer: EmployerView) -> None:
    if employer.archived_because is not None:
        if st.button(_("Take this employer back into the lists"), icon=":material/unarchive:"):
            back = RestoreEmployer(employer_id=employer.id)
            _done(attempt(actor, restore_employer, lambda: back, LABELS))
        return
    with st.expander(_("Do we stop with this employer?")):
        reason = st.text_input(_("Why"), key="archive_reason", max_chars=200)
        st.caption(_("The employer leaves the lists. Everything is kept, and you can undo this."))
        if st.button(_("Put away, we stop with them")):
            _done(
                attempt(
                    actor,
                    archive_employer,
                    lambda: ArchiveEmployer(employer_id=employer.id, reason=reason),
                    LABELS,
                )
            )


def _ceasing(actor: Actor, employer: EmployerView) -> None:
    asked = {"employer_id": employer.id, "version": employer.version}
    if employer.ceased_on is not None:
        if st.button(_("This employer works after all")):
            _done(attempt(actor, actions.revive_employer, lambda: actions.ReviveEmployer(**asked), LABELS))
        return
    with st.expander(_("Has this employer ceased?")):
        ceased_on = ask_day(_("Ceased on"), clock.today(), key="ceased_on")
        st.caption(_("The employer leaves the lists. Everything is kept, and you can undo this."))
        if st.button(_("Put away")):
            _done(
                attempt(
                    actor,
                    actions.cease_employer,
                    lambda: actions.CeaseEmployer(**asked, ceased_on=ceased_on),
                    LABELS,
                )
            )


def _done(saved: int | None) -> None:
    if saved is not None:
        flash(_("Saved."))
        st.rerun()
