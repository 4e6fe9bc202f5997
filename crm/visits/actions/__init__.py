"""What users do with contact moments and follow-ups."""

from crm.visits.actions.follow_ups import (
    CompleteFollowUp,
    PostponeFollowUp,
    ReassignFollowUp,
    ReopenFollowUp,
    complete_follow_up,
    postpone_follow_up,
    reassign_follow_up,
    reopen_follow_up,
)
from crm.visits.actions.moments import DRAFT_FORM, EditMoment, LogVisit, edit_moment, log_visit

__all__ = [
    "DRAFT_FORM",
    "CompleteFollowUp",
    "EditMoment",
    "LogVisit",
    "PostponeFollowUp",
    "ReassignFollowUp",
    "ReopenFollowUp",
    "complete_follow_up",
    "edit_moment",
    "log_visit",
    "postpone_follow_up",
    "reassign_follow_up",
    "reopen_follow_up",
]
