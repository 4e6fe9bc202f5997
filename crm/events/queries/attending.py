"""Who was asked to an event, who came, and who spoke with whom; candidates by reference only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from crm.core.access import Permission
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.events.records import EventCandidate, EventEmployer, EventTalk
from crm.events.rules import Answer, TalkState


@dataclass(frozen=True)
class EmployerRow:
    """An employer that was asked."""

    id: int
    version: int
    employer_id: int
    employer: str
    answer: Answer


@dataclass(frozen=True)
class CandidateRow:
    """A candidate who was asked."""

    id: int
    version: int
    reference: str
    answer: Answer


@dataclass(frozen=True)
class TalkRow:
    """A conversation: in which round of a speedmeet, or None when it was not planned."""

    id: int
    version: int
    reference: str
    employer_id: int
    employer: str
    round_number: int | None
    state: TalkState


def employers_at(work: Work, event_id: int) -> list[EmployerRow]:
    """Return the employers that were asked, by name."""
    found: Any = (
        select(EventEmployer, Employer.name)
        .join(Employer, col(Employer.id) == EventEmployer.employer_id)
        .where(EventEmployer.event_id == event_id)
        .order_by(col(Employer.search_key), col(Employer.id))
    )
    return [
        EmployerRow(key(asked), asked.version, asked.employer_id, name, asked.answer)
        for asked, name in work.session.exec(found)
    ]


def candidates_at(work: Work, event_id: int) -> list[CandidateRow]:
    """Return the candidates who were asked, by reference.

    Raises `Forbidden` for whoever may not see candidates.
    """
    work.actor.require(Permission.CANDIDATE_VIEW)
    found = select(EventCandidate).where(EventCandidate.event_id == event_id)
    rows = work.session.exec(found.order_by(col(EventCandidate.candidate_reference)))
    return [
        CandidateRow(key(asked), asked.version, asked.candidate_reference, asked.answer) for asked in rows
    ]


def talks_at(work: Work, event_id: int) -> list[TalkRow]:
    """Return the conversations of an event, planned ones by round.

    Raises `Forbidden` for whoever may not see candidates.
    """
    work.actor.require(Permission.CANDIDATE_VIEW)
    found: Any = (
        select(EventTalk, EventCandidate.candidate_reference, Employer.name)
        .join(EventCandidate, col(EventCandidate.id) == EventTalk.event_candidate_id)
        .join(Employer, col(Employer.id) == EventTalk.employer_id)
        .where(EventTalk.event_id == event_id)
        .order_by(
            col(EventTalk.round_number).nulls_last(),
            col(Employer.search_key),
            col(EventCandidate.candidate_reference),
        )
    )
    return [
        TalkRow(key(talk), talk.version, reference, talk.employer_id, name, talk.round_number, talk.state)
        for talk, reference, name in work.session.exec(found)
    ]
