"""The rounds of a speedmeet, and what came of the conversations."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Conflict, Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.events.queries.stored import (
    asked_candidates,
    asked_employers,
    planned_talks,
    taking_part,
    talks_of,
)
from crm.events.records import Event, EventCandidate, EventEmployer, EventTalk
from crm.events.rules import Answer, TalkState, speedmeet


class MakeRounds(Command):
    """Who meets whom in how many rounds, for everybody who comes."""

    event_id: int
    rounds: Annotated[int, Field(ge=1, le=40)]


class NewTalk(Command):
    """How far a conversation came; without an id it was not planned."""

    id: int | None = None
    version: int = 0
    event_candidate_id: int | None = None
    employer_id: int | None = None
    state: TalkState


class NoteTalks(Command):
    """What came of conversations at an event."""

    event_id: int
    talks: Annotated[tuple[NewTalk, ...], Field(max_length=2000)]


@action(Permission.NETWORK_EDIT, MakeRounds)
def make_rounds(work: Work, command: MakeRounds) -> int:
    """Plan the rounds of an event anew and return how many talks were planned.

    Raises `Invalid` when nobody comes yet, and once a conversation was held.
    """
    work.actor.require(Permission.CANDIDATE_VIEW)
    event = work.get(Event, command.event_id)
    candidates = taking_part(asked_candidates(work, command.event_id))
    employers = taking_part(asked_employers(work, command.event_id))
    if not candidates or not employers:
        raise Invalid("rounds", "Note first which candidates and which employers come.")
    old = planned_talks(work, command.event_id)
    if len(old) < len(talks_of(work, command.event_id)):
        raise Invalid("rounds", "Conversations were held already, so the rounds stay as they are.")
    for talk in old:
        work.session.delete(talk)
    work.flush()
    rounds = speedmeet(
        [key(one) for one in candidates], [one.employer_id for one in employers], command.rounds
    )
    for number, pairs in enumerate(rounds, 1):
        for candidate_id, employer_id in pairs:
            work.session.add(_talk(event, candidate_id, employer_id, number, TalkState.PLANNED))
    work.flush()
    return sum(map(len, rounds))


@action(Permission.NETWORK_EDIT, NoteTalks)
def note_talks(work: Work, command: NoteTalks) -> int:
    """Note what came of conversations and return how many changed; who spoke was present."""
    work.actor.require(Permission.CANDIDATE_VIEW)
    event = work.get(Event, command.event_id)
    talks = {key(talk): talk for talk in talks_of(work, command.event_id)}
    candidates = {key(one): one for one in asked_candidates(work, command.event_id)}
    employers = {one.employer_id: one for one in asked_employers(work, command.event_id)}
    pairs = {(talk.event_candidate_id, talk.employer_id): talk for talk in talks.values()}
    changed = 0
    for given in command.talks:
        talk = talks.get(given.id or 0) or pairs.get((given.event_candidate_id or 0, given.employer_id or 0))
        if talk is None:
            talk = _unplanned(work, event, given, candidates, employers)
        elif talk.state is given.state:
            continue
        elif given.id is not None and talk.version != given.version:
            raise Conflict({"state": talk.state}, {"state": given.state}, talk.version)
        talk.state = given.state
        _was_there(talk, candidates, employers)
        changed += 1
    return changed


def _unplanned(
    work: Work,
    event: Event,
    given: NewTalk,
    candidates: dict[int, EventCandidate],
    employers: dict[int, EventEmployer],
) -> EventTalk:
    if given.event_candidate_id not in candidates or given.employer_id not in employers:
        raise Invalid("event_candidate_id", "Choose a candidate and an employer who were asked.")
    return work.add(_talk(event, given.event_candidate_id, given.employer_id, None, given.state))


def _talk(
    event: Event, candidate_id: int, employer_id: int, number: int | None, state: TalkState
) -> EventTalk:
    return EventTalk(
        region_id=event.region_id,
        employer_id=employer_id,
        event_id=key(event),
        event_candidate_id=candidate_id,
        round_number=number,
        state=state,
    )


def _was_there(
    talk: EventTalk, candidates: dict[int, EventCandidate], employers: dict[int, EventEmployer]
) -> None:
    if talk.state is not TalkState.PLANNED:
        candidates[talk.event_candidate_id].answer = Answer.PRESENT
        employers[talk.employer_id].answer = Answer.PRESENT
