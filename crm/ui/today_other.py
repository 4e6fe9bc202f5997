"""Lines of the to-do list that are no follow-up: a first reaction that is due, and aftercare."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from crm.agenda.queries import Line
from crm.agenda.rules import LineKind, When, stands
from crm.core import clock
from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.needs.actions import NoteReaction, note_reaction
from crm.placements.actions.aftercare import NoteAftercare, note_aftercare
from crm.ui import forms, shell
from crm.ui.needs import kind_word
from crm.ui.visits import weekday
from crm.ui.words import _, n_, plain
from crm.visits.rules import days_late

LABELS = {"reacted_on": N_("First reaction on"), "held_on": N_("Spoken on"), "note": N_("How it goes")}


def show_line(actor: Actor, line: Line) -> None:
    """Show a first reaction or a talk that is due, with the button that settles it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(gap=None, width="stretch"):
            st.markdown(f"**{_title(line)}** · {plain(line.what)}")
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                badge(line)
                if st.button(plain(line.employer), key=f"open_{_name(line)}", type="tertiary"):
                    _open(line)
        if line.kind is LineKind.REACTION:
            _offer_reaction(actor, line)
        elif actor.may(Permission.PLACEMENT_EDIT):
            _offer_talk(actor, line)


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
    return n_("Aftercare after {count} month", "Aftercare after {count} months", line.month)


def _open(line: Line) -> None:
    shell.go("staff/need.py" if line.kind is LineKind.REACTION else "staff/placement.py", id=line.id)


def _offer_reaction(actor: Actor, line: Line) -> None:
    if st.button(_("I have reacted"), key=f"react_{_name(line)}", icon=":material/reply:"):
        command = NoteReaction(need_id=line.id, version=line.version)
        if forms.attempt(actor, note_reaction, lambda: command, LABELS) is not None:
            forms.flash(_("Written down: {employer} heard from us today.", employer=line.employer))
            st.rerun()


def _offer_talk(actor: Actor, line: Line) -> None:
    with st.popover(_("Write down"), icon=":material/volunteer_activism:"):
        note = st.text_input(_("How it goes"), key=f"note_{_name(line)}", max_chars=400)
        at_risk = st.checkbox(_("There is a risk that it stops"), key=f"risk_{_name(line)}")
        if st.button(_("Save"), key=f"talk_{_name(line)}", type="primary"):
            saved = forms.attempt(
                actor,
                note_aftercare,
                lambda: NoteAftercare(placement_id=line.id, month=line.month, at_risk=at_risk, note=note),
                LABELS,
            )
            if saved is not None:
                forms.flash(_("Saved."))
                st.rerun()


def _name(line: Line) -> str:
    return f"{line.kind.value}_{line.id}_{line.version}_{line.month}"
