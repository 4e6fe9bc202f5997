"""Makes events for tests, with who was asked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from crm.candidates.records import Candidate
from crm.core.records import key
from crm.employers.records import Employer
from crm.events.records import Event, EventCandidate, EventEmployer, EventTalk
from crm.events.rules import Answer, EventKind, TalkState
from tests.factories import TODAY, save

STARTS, ENDS = datetime(2026, 12, 1, 8, 0, tzinfo=UTC), datetime(2026, 12, 1, 10, 0, tzinfo=UTC)


def make_event(region_id: int, title: str = "Kennismaken", **values: Any) -> Event:
    """Make a speedmeet of two hours."""
    values = {"kind": EventKind.SPEEDMEET, "starts_at": STARTS, "ends_at": ENDS, **values}
    return save(Event(region_id=region_id, title=title, **values))


def asked(event: Event, employer: Employer, answer: Answer = Answer.INVITED, **values: Any) -> EventEmployer:
    """Ask an employer to an event."""
    values = {"held_on": TODAY, **values}
    ends = {"event_id": key(event), "employer_id": key(employer)}
    return save(EventEmployer(region_id=event.region_id, answer=answer, **ends, **values))


def asked_candidate(event: Event, candidate: Candidate, answer: Answer = Answer.INVITED) -> EventCandidate:
    """Ask a candidate to an event."""
    ends = {"event_id": key(event), "candidate_id": key(candidate)}
    named = {"candidate_reference": candidate.reference, "region_id": event.region_id}
    return save(EventCandidate(answer=answer, **ends, **named))


def hold_event(employer: Employer, candidate: Candidate) -> Event:
    """Make an event at which a candidate and an employer are planned to speak."""
    event = make_event(employer.region_id)
    asked(event, employer, Answer.COMING)
    there = asked_candidate(event, candidate, Answer.COMING)
    save(
        EventTalk(
            region_id=event.region_id,
            employer_id=key(employer),
            event_id=key(event),
            event_candidate_id=key(there),
            round_number=1,
            state=TalkState.PLANNED,
        )
    )
    return event
