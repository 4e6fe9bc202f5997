"""What users do with needs and vacancies."""

from crm.needs.actions.needs import (
    CloseNeed,
    EditNeed,
    NoteReaction,
    RaiseNeed,
    ReopenNeed,
    TakeBackReaction,
    close_need,
    edit_need,
    note_reaction,
    raise_need,
    reopen_need,
    take_back_reaction,
)
from crm.needs.actions.vacancies import WriteVacancy, write_vacancy

__all__ = [
    "CloseNeed",
    "EditNeed",
    "NoteReaction",
    "RaiseNeed",
    "ReopenNeed",
    "TakeBackReaction",
    "WriteVacancy",
    "close_need",
    "edit_need",
    "note_reaction",
    "raise_need",
    "reopen_need",
    "take_back_reaction",
    "write_vacancy",
]
