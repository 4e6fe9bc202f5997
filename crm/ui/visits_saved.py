"""After a visit is saved: what was saved, what became of the opportunity, and where to go from here."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from crm.agenda.queries import Line, days_work
from crm.agenda.rules import LineKind, is_due
from crm.core import clock
from crm.core.access import Actor
from crm.core.errors import AppError
from crm.core.work import perform, reading
from crm.jobcarving.actions import OpenCase, open_case
from crm.needs.actions import RaiseNeed, raise_need
from crm.needs.queries import NeedRow, needs_from
from crm.ui import autosave, forms, questions, shell
from crm.ui.needs import clock_badge, kind_word
from crm.ui.visits import FORM, weekday
from crm.ui.words import _, plain
from crm.visits.actions import CompleteFollowUp, complete_follow_up
from crm.visits.queries import MomentForm, moment_form
from crm.visits.queries.mails import files_of

_OUTCOME = "visit_opportunity"
_LEFT = "visit_needs_left"


def open_opportunity(actor: Actor, command: OpenCase) -> None:
    """Open the job-carving case that was signalled, and keep what came of it for the next screen.

    The visit is saved by then: when this fails it stands, and the user is told.
    """
    try:
        outcome: int | AppError = perform(actor, open_case, command)
    except AppError as fault:
        outcome = fault
    st.session_state[_OUTCOME] = (command, outcome)


def write_needs(actor: Actor, moment_id: int, commands: Sequence[RaiseNeed]) -> None:
    """Write down what the employer asked; what is refused is kept, to be tried again on the next screen."""
    left: list[tuple[RaiseNeed, AppError]] = []
    for command in commands:
        try:
            perform(actor, raise_need, command)
        except AppError as fault:
            left.append((command, fault))
    st.session_state[_LEFT] = (moment_id, left)


def show_saved(actor: Actor, moment_id: int) -> None:
    """Tell what was saved, and offer the next step."""
    with reading(actor) as work:
        saved = moment_form(work, moment_id)
        needs = needs_from(work, moment_id)
        attached = files_of(work, moment_id)
        agreed = [
            line
            for line in days_work(work, actor.user_id or 0, clock.today())
            if line.employer_id == saved.employer_id and line.kind is LineKind.FOLLOW_UP
        ]
    autosave.forget(actor.user_id, FORM, str(saved.employer_id))
    st.success(
        _("Saved. It is on the timeline of {employer}.", employer=plain(saved.employer)),
        icon=":material/check_circle:",
    )
    _what_comes_next(saved)
    for one in attached:
        address = f"/attachments/{one.id}"
        st.link_button(plain(one.file_name), address, icon=":material/attach_file:", type="tertiary")
    _what_is_done(actor, saved, agreed)
    _what_became_of_the_opportunity(actor, moment_id)
    _what_is_needed(actor, moment_id, needs)
    st.caption(_("Did you ask the questions of a list? Keep the answers while you know them."))
    questions.offer_lists(actor, saved.employer_id, moment=moment_id)
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


def _what_is_done(actor: Actor, saved: MomentForm, agreed: Sequence[Line]) -> None:
    """Offer to tick off what was agreed before, and is settled by this visit."""
    new = {step.id for step in saved.next_steps}
    for line in agreed:
        if line.id in new or not is_due(line.due_on, clock.today()):
            continue
        label = _("Done with this visit: {what}", what=plain(line.what))
        if st.button(label, key=f"settled_{line.id}", icon=":material/check:", width="stretch"):
            command = CompleteFollowUp(follow_up_id=line.id, version=line.version)
            if forms.attempt(actor, complete_follow_up, command.model_copy) is not None:
                st.rerun()


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


def _what_is_needed(actor: Actor, moment_id: int, needs: Sequence[NeedRow]) -> None:
    for need in needs:
        with st.container(horizontal=True, vertical_alignment="center"):
            label = _("Need written down: {kind}", kind=kind_word(need.kind))
            shell.link("staff/need.py", label, id=need.id)
            st.markdown(clock_badge(need), width="content")
    kept_for, left = st.session_state.get(_LEFT, (0, []))
    if kept_for != moment_id or not left:
        return
    _command, fault = left[0]
    why = _(fault.message, **fault.params)
    st.warning(_("The visit is saved, but what they need is not: {why}", why=why))
    if st.button(_("Try again")):
        write_needs(actor, moment_id, [command for command, _fault in left])
        st.rerun()
