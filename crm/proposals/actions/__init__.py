"""What users do with proposals: put somebody or something forward, and note what the employer says."""

from crm.proposals.actions.answering import (
    HireProposed,
    NoteAnswer,
    ReopenProposal,
    hire_proposed,
    note_answer,
    reopen_proposal,
)
from crm.proposals.actions.proposing import AskAgain, Propose, ask_again, propose

__all__ = [
    "AskAgain",
    "HireProposed",
    "NoteAnswer",
    "Propose",
    "ReopenProposal",
    "ask_again",
    "hire_proposed",
    "note_answer",
    "propose",
    "reopen_proposal",
]
