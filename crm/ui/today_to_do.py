"""The to-do list: each line is done, put off or handed over where it stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import streamlit as st

from crm.accounts.queries import colleagues
from crm.agenda.queries import Line
from crm.agenda.rules import LineKind
from crm.core import clock
from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.ui import forms, shell, today_other
from crm.ui.dates import ask_day
from crm.ui.today import TO_DO_LIMIT, Today
from crm.ui.visits import weekday
from crm.ui.words import _, n_, plain
from crm.visits.actions import (
    CompleteFollowUp,
    PostponeFollowUp,
    ReassignFollowUp,
    ReopenFollowUp,
    complete_follow_up,
    postpone_follow_up,
    reassign_follow_up,
    reopen_follow_up,
)
from crm.visits.rules import postponed

FIRST = 8
LABELS = {"due_on": N_("Due on"), "done_on": N_("Done on")}
CHOICES = {
    "1": N_("Put off for a day"),
    "7": N_("Put off for a week"),
    "day": N_("Choose another day…"),
    "colleague": N_("Hand to a colleague…"),
    "log": N_("Log a visit"),
}
_UNDO = "today_undo"
_UNDO_FOR = timedelta(minutes=2)


def show_to_do(day: Today) -> None:
    """Show what is due, what was due before and the week ahead."""
    count = f"{len(day.to_do)}+" if len(day.to_do) == TO_DO_LIMIT else str(len(day.to_do))
    st.header(_("To do") + f" :gray-badge[{count}]", anchor=False)
    _offer_to_undo(day.actor)
    if not day.to_do:
        _next_best_step(day)
    for line in day.to_do[:FIRST]:
        _show_line(day, line)
    if rest := day.to_do[FIRST:]:
        with st.expander(n_("{count} more", "{count} more", len(rest))):
            for line in rest:
                _show_line(day, line)


def _show_line(day: Today, line: Line) -> None:
    if line.kind is not LineKind.FOLLOW_UP:
        today_other.show_line(day.actor, line)
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        name = f"done_{line.id}_{line.version}"
        if st.checkbox(_("Done: {what}", what=plain(line.what)), key=name, label_visibility="collapsed"):
            _complete(day.actor, line)
        with st.container(gap=None, width="stretch"):
            st.markdown(f"**{plain(line.what)}**")
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                today_other.badge(line)
                if st.button(plain(line.employer), key=f"open_{line.id}", type="tertiary"):
                    shell.go("staff/employer.py", id=line.employer_id)
        choice = st.menu_button(
            _("More"),
            list(CHOICES),
            format_func=lambda one: _(CHOICES[one]),
            key=f"more_{line.id}_{line.version}",
        )
    if choice:
        _act(day, line, choice)


def _act(day: Today, line: Line, choice: str) -> None:
    match choice:
        case "log":
            shell.go("staff/visit.py", employer=line.employer_id)
        case "day":
            _ask_day(day.actor, line)
        case "colleague":
            _ask_colleague(day.actor, line)
        case _:
            _postpone(day.actor, line, postponed(line.due_on, clock.today(), int(choice)))


def _complete(actor: Actor, line: Line) -> None:
    command = CompleteFollowUp(follow_up_id=line.id, version=line.version)
    version = forms.attempt(actor, complete_follow_up, lambda: command, LABELS)
    if version is not None:
        st.session_state[_UNDO] = (line, version, clock.now())
        st.rerun()


def _postpone(actor: Actor, line: Line, due_on: Any) -> None:
    saved = forms.attempt(
        actor,
        postpone_follow_up,
        lambda: PostponeFollowUp(follow_up_id=line.id, version=line.version, due_on=due_on),
        LABELS,
    )
    if saved is not None:
        forms.flash(_("Put off until {day}.", day=weekday(due_on)))
        st.rerun()


@st.dialog(" ")
def _ask_day(actor: Actor, line: Line) -> None:
    st.header(plain(line.what), anchor=False)
    today = clock.today()
    due_on = ask_day(_("On which day"), max(line.due_on, today))
    if st.button(_("Save"), type="primary"):
        _postpone(actor, line, due_on)


@st.dialog(" ")
def _ask_colleague(actor: Actor, line: Line) -> None:
    st.header(plain(line.what), anchor=False)
    with reading(actor) as work:
        others = {one: name for one, name in colleagues(work).items() if one != actor.user_id}
    owner_id = st.selectbox(
        _("Which colleague"),
        list(others),
        format_func=others.__getitem__,
        index=None,
        placeholder=_("Choose"),
    )
    if st.button(_("Hand over"), type="primary", disabled=owner_id is None) and owner_id is not None:
        _hand_over(actor, line, owner_id, others[owner_id])


def _hand_over(actor: Actor, line: Line, owner_id: int, name: str) -> None:
    saved = forms.attempt(
        actor,
        reassign_follow_up,
        lambda: ReassignFollowUp(follow_up_id=line.id, version=line.version, owner_id=owner_id),
        LABELS,
    )
    if saved is not None:
        forms.flash(_("Handed to {name}.", name=name))
        st.rerun()


def _offer_to_undo(actor: Actor) -> None:
    line, version, at = st.session_state.get(_UNDO, (None, 0, None))
    if line is None or clock.now() - at > _UNDO_FOR:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(":green-badge[:material/check: " + _("done") + f"] {plain(line.what)}")
        if st.button(_("Undo"), type="tertiary", icon=":material/undo:"):
            command = ReopenFollowUp(follow_up_id=line.id, version=version)
            del st.session_state[_UNDO]
            if forms.attempt(actor, reopen_follow_up, lambda: command, LABELS) is not None:
                st.rerun()


def _next_best_step(day: Today) -> None:
    if day.held.quiet:
        quiet = day.held.quiet[0]
        st.write(
            _(
                "Nothing on your list for this week. A good moment to call {employer}.",
                employer=plain(quiet.name),
            )
        )
        if st.button(_("Log a visit"), key="next_best_step"):
            shell.go("staff/visit.py", employer=quiet.id)
        return
    st.write(_("Nothing on your list for this week. What you agree at your next visit comes to stand here."))
