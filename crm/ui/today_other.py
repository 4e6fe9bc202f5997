"""Lines of the to-do list that are no follow-up: a reaction, an answer, a vacancy that closes, aftercare."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from crm.agenda.queries import Line
from crm.agenda.rules import LineKind, When, stands
from crm.core import clock
from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.needs.actions import NoteReaction, note_reaction
from crm.ui import aftercare, forms, shell
from crm.ui.needs import kind_word
from crm.ui.visits import weekday
from crm.ui.words import _, n_, plain
from crm.visits.rules import days_late

LABELS = {"reacted_on": N_("First reaction on")}
PAGES = {
    LineKind.REACTION: "staff/need.py",
    LineKind.AFTERCARE: "staff/placement.py",
    LineKind.ANSWER: "staff/proposal.py",
    LineKind.CLOSING: "staff/need.py",
}


def show_line(actor: Actor, line: Line) -> None:
    """Show a first reaction or a talk that is due, with the button that settles it."""
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"under_on_a_phone_{_name(line)}"
    ):
        with st.container(gap=None, width="stretch"):
            st.markdown(f"**{_title(line)}** · {plain(line.what)}")
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                badge(line)
                if st.button(plain(line.employer), key=f"open_{_name(line)}", type="tertiary"):
                    _open(line)
        if line.kind is LineKind.REACTION:
            _offer_reaction(actor, line)
        elif line.kind is LineKind.ANSWER:
            _offer_answer(line)
        elif line.kind is LineKind.CLOSING:
            _offer_vacancy(line)
        elif actor.may(Permission.PLACEMENT_EDIT):
            aftercare.offer_talk(actor, line.id, line.month, _("Write down"))


def badge(line: Line) -> None:
    """Show when a line is due: a word, an icon and a colour."""
    today = clock.today()
    match stands(line.due_on, today):
        case When.OVERDUE:
            late = n_("{count} day late", "{count} days late", days_late(line.due_on, today))
            st.badge(late, icon=":material/schedule:", color="red")
        case When.TODAY:
            st.badge(_("today"), icon=":material/today:", color="orange")
        case _:
            tomorrow = line.due_on == today + timedelta(days=1)
            st.badge(_("tomorrow") if tomorrow else weekday(line.due_on), color="gray")


def _title(line: Line) -> str:
    if line.kind is LineKind.REACTION:
        return _("First reaction: {kind}", kind=kind_word(line.detail))
    if line.kind is LineKind.ANSWER:
        return _("Answer to a proposal") + (f": {plain(line.detail)}" if line.detail else "")
    if line.kind is LineKind.CLOSING:
        return _("Vacancy closes")
    return n_("Aftercare after {count} month", "Aftercare after {count} months", line.month)


def _open(line: Line) -> None:
    shell.go(PAGES[line.kind], id=line.id)


def _offer_reaction(actor: Actor, line: Line) -> None:
    if st.button(_("I have reacted"), key=f"react_{_name(line)}", icon=":material/reply:"):
        command = NoteReaction(need_id=line.id, version=line.version)
        if forms.attempt(actor, note_reaction, lambda: command, LABELS) is not None:
            forms.flash(_("Written down: {employer} heard from us today.", employer=line.employer))
            st.rerun()


def _offer_answer(line: Line) -> None:
    if st.button(_("Note the answer"), key=f"answer_{_name(line)}", icon=":material/mark_chat_read:"):
        _open(line)


def _offer_vacancy(line: Line) -> None:
    if st.button(_("Look at it"), key=f"vacancy_{_name(line)}", icon=":material/event_busy:"):
        _open(line)


def _name(line: Line) -> str:
    return f"{line.kind.value}_{line.id}_{line.version}_{line.month}"
