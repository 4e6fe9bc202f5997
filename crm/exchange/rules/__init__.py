"""What a file says, row by row, and what becomes of it: pure functions without database or screen."""

from crm.exchange.rules.awards import AwardRow, award_rows, supersedes
from crm.exchange.rules.employers import EmployerRow, employer_row
from crm.exchange.rules.messages import FileProblem, Finding, NoteText, RowProblem, RunProblem
from crm.exchange.rules.verdicts import (
    Note,
    Notice,
    Outcome,
    Place,
    Rejected,
    Verdict,
    changed_fields,
    judge,
    refuse,
)

__all__ = [
    "AwardRow",
    "EmployerRow",
    "FileProblem",
    "Finding",
    "Note",
    "NoteText",
    "Notice",
    "Outcome",
    "Place",
    "Rejected",
    "RowProblem",
    "RunProblem",
    "Verdict",
    "award_rows",
    "changed_fields",
    "employer_row",
    "judge",
    "refuse",
    "supersedes",
]
