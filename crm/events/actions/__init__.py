"""What people do with events: plan one, ask employers and candidates, make rounds, note what came of it."""

from crm.events.actions.asking import (
    AnswerCandidates,
    AnswerEmployers,
    AskCandidates,
    AskEmployers,
    NewAnswer,
    answer_candidates,
    answer_employers,
    ask_candidates,
    ask_employers,
)
from crm.events.actions.planning import (
    CancelEvent,
    EditEvent,
    PlanEvent,
    cancel_event,
    edit_event,
    plan_event,
)
from crm.events.actions.talks import MakeRounds, NewTalk, NoteTalks, make_rounds, note_talks

__all__ = [
    "AnswerCandidates",
    "AnswerEmployers",
    "AskCandidates",
    "AskEmployers",
    "CancelEvent",
    "EditEvent",
    "MakeRounds",
    "NewAnswer",
    "NewTalk",
    "NoteTalks",
    "PlanEvent",
    "answer_candidates",
    "answer_employers",
    "ask_candidates",
    "ask_employers",
    "cancel_event",
    "edit_event",
    "make_rounds",
    "note_talks",
    "plan_event",
]
