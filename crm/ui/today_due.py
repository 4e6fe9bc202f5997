"""What is due on an officer's contracts: by when, how late it is, and one button to note that it came."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.core.i18n import N_
from crm.sroi import actions
from crm.sroi.life_commands import NoteEvent
from crm.sroi.queries.due import DueRow
from crm.sroi.rules.life import Clock
from crm.ui import reminders, shell
from crm.ui.forms import attempt, flash
from crm.ui.life_words import CLOCK, LATE, NOTED, days_left
from crm.ui.today import COUNTED, SHOWN, Today
from crm.ui.words import _, day, language, n_, plain

LABELS = {"happened_on": N_("On which day"), "contract_id": N_("Contract")}


def show(page: Today) -> None:
    """Show what is overdue or due within two weeks, the longest overdue in front."""
    count = f"{COUNTED}+" if len(page.due) == COUNTED else str(len(page.due))
    st.header(_("Due on my contracts") + f" :gray-badge[{count}]", anchor=False)
    if not page.due:
        st.caption(_("Nothing is due in the next two weeks."))
    for row in page.due[:SHOWN]:
        _line(page.actor, row)
    if rest := page.due[SHOWN:]:
        with st.expander(n_("{count} more", "{count} more", len(rest))):
            for row in rest:
                _line(page.actor, row)


def _line(actor: Actor, row: DueRow) -> None:
    place = st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"
    )
    # So wide that on a phone the buttons come under it.
    with place.container(gap=None, width=480):
        told = Clock(row.kind, row.due_on)
        icon, colour = LATE[told.lateness(clock.today())]
        badge = f":{colour}-badge[{icon} {days_left(row.due_on)}]"
        if st.button(f"**{plain(row.title)}**", key=f"due_open_{_name(row)}", type="tertiary"):
            shell.go("staff/contract.py", id=row.contract_id)
        by = _("by {day}", day=day(row.due_on))
        st.markdown(f"{_(CLOCK[row.kind])} {by} {badge}")
        st.caption(plain(row.employer))
    with place.container(horizontal=True, width="content"):
        _offer(actor, row)


def _offer(actor: Actor, row: DueRow) -> None:
    if row.reminder_code is not None:
        step = row.reminder_nl if language() == "nl" else row.reminder_en
        label = _("{step}: make the letter", step=step)
        if st.button(label, icon=":material/mail:", key=f"due_remind_{_name(row)}"):
            reminders.open_letters()
            shell.go("staff/contract.py", id=row.contract_id)
    if row.kind in NOTED and st.button(_(NOTED[row.kind][1]), key=f"due_note_{_name(row)}"):
        _act(lambda: attempt(actor, actions.note_event, lambda: _event(row), LABELS))


def _name(row: DueRow) -> str:
    return f"{row.contract_id}_{row.kind.value}_{row.due_on}"


def _act(run: Callable[[], int | None]) -> None:
    if run() is not None:
        flash(_("Written down, with today as the day. You can put it right on the contract."))
        st.rerun()


def _event(row: DueRow) -> NoteEvent:
    kind, _label = NOTED[row.kind]
    return NoteEvent(contract_id=row.contract_id, kind=kind, happened_on=clock.today(), due_on=row.due_on)
