"""What the letter of a reminder says about what is missing."""

from __future__ import annotations

from crm.core.i18n import N_
from crm.sroi.documents.words import words_in
from crm.sroi.queries.life import Reminder
from crm.sroi.rules.life import ClockKind

NOT_THERE = {
    ClockKind.FIRST_CONTACT: N_(
        "We asked you to get in touch with us by {day}. We have not heard from you yet."
    ),
    ClockKind.PLAN: N_("We asked you for your plan of action by {day}. We have not received it yet."),
    ClockKind.REPORT: N_("We asked you for your report by {day}. We have not received it yet."),
}


def paragraph(reminder: Reminder, language: str) -> str:
    """Return what the letter says about what is missing, in the language of the letter."""
    say, _money, in_words = words_in(language)
    told = NOT_THERE.get(reminder.clock.kind)
    return say(told, day=in_words(reminder.clock.due_on)) if told else ""
