"""What a timeline tells of an employer, and where in it somebody is reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Topic(StrEnum):
    """What a line of the timeline is about; somebody can ask for a few of them."""

    VISIT = "visit"
    CALL = "call"
    MAIL = "mail"
    ATTACHMENT = "attachment"
    EVENT = "event"
    AFTERCARE = "aftercare"
    QUESTIONS = "questions"
    NEED = "need"
    VACANCY = "vacancy"
    CARVING = "carving"
    PROPOSAL = "proposal"
    PLACEMENT = "placement"
    CONTRACT = "contract"
    EFFORT = "effort"
    LETTER = "letter"
    ACCOUNT = "account"
    NETWORK = "network"


class Happening(StrEnum):
    """What exactly happened: a topic can have several."""

    MOMENT = "moment"
    CASE_OPENED = "case_opened"
    PLACEMENT_STARTED = "placement_started"
    PLACEMENT_ENDED = "placement_ended"
    CONTRACT_AWARDED = "contract_awarded"
    EFFORT_HANDED_IN = "effort_handed_in"
    LETTER_MADE = "letter_made"
    STATEMENT_MADE = "statement_made"
    TEAM_JOINED = "team_joined"
    PLAN_MADE = "plan_made"
    MEMBER_JOINED = "member_joined"
    NEED_RAISED = "need_raised"
    VACANCY_RAISED = "vacancy_raised"
    EVENT_JOINED = "event_joined"
    CANDIDATE_MET = "candidate_met"
    AFTERCARE_HELD = "aftercare_held"
    QUESTIONS_ANSWERED = "questions_answered"
    PROPOSED = "proposed"
    PROPOSAL_ANSWERED = "proposal_answered"


@dataclass(frozen=True)
class Place:
    """Where a line stands: the day, the sort of happening on one day, and the record."""

    on: date
    rank: int
    record_id: int


MOMENT_TOPICS = frozenset({Topic.VISIT, Topic.CALL, Topic.MAIL, Topic.EVENT})

# On one day the happenings follow this order, so that a page ends at the same line whoever asks.
RANKS = {happening: rank for rank, happening in enumerate(Happening, 1)}
