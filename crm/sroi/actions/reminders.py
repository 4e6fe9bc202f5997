"""A letter about something that is overdue, made and noted as a step of the sanction ladder in one go."""

from __future__ import annotations

from crm.core.access import Permission
from crm.core.actions import action
from crm.core.work import Work
from crm.sroi.actions.life import note_reminder
from crm.sroi.actions.settlement import make_letter
from crm.sroi.life_commands import MakeReminder


@action(Permission.CONTRACT_EDIT, MakeReminder)
def make_reminder(work: Work, command: MakeReminder) -> int:
    """Make the letter of a step of the ladder and note that the step was taken; return the letter's id.

    Sending it stays up to people. Raises `Invalid` for a letter that does not fit the contract, and once the
    contract takes no reminders.
    """
    note_reminder(work, command.step)
    return make_letter(work, command.letter)
