"""After a visit is saved: what was saved, what became of the opportunity, and where to go from here."""

from __future__ import annotations

import streamlit as st

from crm.core.access import Actor
from crm.core.errors import AppError
from crm.core.work import perform, reading
from crm.jobcarving.actions import OpenCase, open_case
from crm.ui import autosave, shell
from crm.ui.visits import FORM, weekday
from crm.ui.words import _, plain
from crm.visits.queries import MomentForm, moment_form

_OUTCOME = "visit_opportunity"


def open_opportunity(actor: Actor, command: OpenCase) -> None:
    """Open the job-carving case that was signalled, and keep what came of it for the next screen.

    The visit is saved by then: when this fails it stands, and the user is told.
    """
    try:
        outcome: int | AppError = perform(actor, open_case, command)
    except AppError as fault:
        outcome = fault
    st.session_state[_OUTCOME] = (command, outcome)


def show_saved(actor: Actor, moment_id: int) -> None:
    """Tell what was saved, and offer the next step."""
    with reading(actor) as work:
        saved = moment_form(work, moment_id)
    autosave.forget(actor.user_id, FORM, str(saved.employer_id))
    st.success(
        _("Saved. It is on the timeline of {employer}.", employer=plain(saved.employer)),
        icon=":material/check_circle:",
    )
    _what_comes_next(saved)
    _what_became_of_the_opportunity(actor, moment_id)
    with st.container(gap="xsmall"):
        if st.button(_("To {employer}", employer=plain(saved.employer)), type="primary", width="stretch"):
            shell.go("staff/employer.py", id=saved.employer_id)
        if st.button(_("Log another visit"), width="stretch"):
            shell.go("staff/visit.py")
        if st.button(_("To Today"), width="stretch"):
            shell.go("staff/today.py")
    if st.button(_("Put something right"), type="tertiary"):
        shell.go("staff/visit.py", moment=moment_id)


def _what_comes_next(saved: MomentForm) -> None:
    for step in saved.next_steps:
        st.write(
            _(
                "Next action: {what} · {owner} · {day}",
                what=plain(step.what),
                owner=plain(step.owner),
                day=weekday(step.due_on),
            )
        )


def _what_became_of_the_opportunity(actor: Actor, moment_id: int) -> None:
    command, outcome = st.session_state.get(_OUTCOME, (None, None))
    if command is None or command.moment_id != moment_id:
        return
    if isinstance(outcome, AppError):
        why = _(outcome.message, **outcome.params)
        st.warning(_("The visit is saved, but the opportunity is not: {why}", why=why))
        if st.button(_("Try the opportunity again")):
            open_opportunity(actor, command)
            st.rerun()
        return
    department = plain(command.department)
    shell.link("staff/case.py", _("Opportunity opened at {department}", department=department), id=outcome)
