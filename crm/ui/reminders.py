"""From a reminder that is due to the letter that goes with it."""

from __future__ import annotations

import streamlit as st

from crm.core import clock
from crm.core.i18n import N_
from crm.sroi.documents.words import words_in
from crm.sroi.life_commands import NoteReminder
from crm.sroi.queries.life import Reminder
from crm.sroi.rules.life import ClockKind
from crm.sroi.states import LetterKind
from crm.ui.explanation import spoken
from crm.ui.life_words import CLOCK
from crm.ui.words import _, day, plain

TAB = "contract_tab"
NOT_THERE = {
    ClockKind.FIRST_CONTACT: N_(
        "We asked you to get in touch with us by {day}. We have not heard from you yet."
    ),
    ClockKind.PLAN: N_("We asked you for your plan of action by {day}. We have not received it yet."),
    ClockKind.REPORT: N_("We asked you for your report by {day}. We have not received it yet."),
}


def open_letters() -> None:
    """Let the page of a contract open on its letters, where that of a reminder stands ready."""
    st.session_state[TAB] = _("Letters")


def kind_of(reminder: Reminder) -> LetterKind:
    """Return which letter goes with a step of the ladder."""
    return LetterKind.DEFAULT if reminder.step.letter else LetterKind.REMINDER


def ask(reminder: Reminder) -> Reminder | None:
    """Say which step the letter is of, and ask whether it is to be noted; None when it is not."""
    step, due_on = plain(spoken(reminder.step.name)), day(reminder.clock.due_on)
    about = _("{step}: {what} was due on {day}.", step=step, what=_(CLOCK[reminder.clock.kind]), day=due_on)
    st.info(about, icon=":material/notifications:")
    noted = st.checkbox(_("Note this step when the letter is made"), value=True, key="note_with_letter")
    return reminder if noted else None


def paragraph(reminder: Reminder, language: str) -> str:
    """Return what the letter says about what is missing, in the language of the letter."""
    say, _money, in_words = words_in(language)
    told = NOT_THERE.get(reminder.clock.kind)
    return say(told, day=in_words(reminder.clock.due_on)) if told else ""


def noted(contract_id: int, reminder: Reminder) -> NoteReminder:
    """Return the note that a step was taken today."""
    return NoteReminder(
        contract_id=contract_id,
        about=reminder.clock.kind,
        due_on=reminder.clock.due_on,
        step=reminder.step.code,
        happened_on=clock.today(),
    )
