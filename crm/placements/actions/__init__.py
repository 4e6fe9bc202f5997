"""What users do with placements: book one, put it right, change its hours, end it."""

from crm.placements.actions.booking import BookPlacement, EditPlacement, book_placement, edit_placement
from crm.placements.actions.ending import EndPlacement, ResumePlacement, end_placement, resume_placement
from crm.placements.actions.hours import ChangeHours, RemoveHours, change_hours, remove_hours

__all__ = [
    "BookPlacement",
    "ChangeHours",
    "EditPlacement",
    "EndPlacement",
    "RemoveHours",
    "ResumePlacement",
    "book_placement",
    "change_hours",
    "edit_placement",
    "end_placement",
    "remove_hours",
    "resume_placement",
]
