"""Rows of the parties that are no employers, and of the events where employers meet candidates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from crm.bench.ground import REGION, Ground, Row, noon, of, spread
from crm.bench.jobs import reference
from crm.demo.words import PLACES, SURNAMES
from crm.events.rules import Answer, EventKind, TalkState
from crm.network.rules import PartyKind, PartyTieKind

TIES, TALKS = 3, 4
EMPLOYERS, CANDIDATES, HOSTS = 8, 16, 4
TO_EMPLOYERS = (PartyTieKind.KNOWS, PartyTieKind.SENDS_CANDIDATES, PartyTieKind.POINTED_TO)


def parties(ground: Ground) -> Iterator[Row]:
    """Return the parties of every kind."""
    for number in range(1, ground.size.parties + 1):
        yield _regional(
            id=number,
            kind=list(PartyKind)[number % len(PartyKind)],
            name=f"Wijkhuis {SURNAMES[number % len(SURNAMES)]} {number}",
            municipality_id=1 + number % len(PLACES),
            contact_name=f"J. {SURNAMES[number * 7 % len(SURNAMES)]}",
            version=1,
        )


def party_ties(ground: Ground) -> Iterator[Row]:
    """Return how each party is tied to a few employers."""
    for number in range(TIES * ground.size.parties):
        yield _regional(
            party_id=1 + number // TIES,
            tied_employer_id=1 + spread(number, 12, ground.size.employers),
            kind=TO_EMPLOYERS[number % TIES],
            since=ground.day(number, 12),
            version=1,
        )


def party_talks(ground: Ground) -> Iterator[Row]:
    """Return who spoke with each party."""
    for number in range(TALKS * ground.size.parties):
        yield _regional(
            party_id=1 + number // TALKS,
            user_id=ground.holder_of(number),
            held_on=ground.day(number, 13),
            summary="Wie zoekt er werk in de wijk?",
        )


def events(ground: Ground) -> Iterator[Row]:
    """Return the events; one in eight is still to come."""
    for number in range(1, ground.size.events + 1):
        yield _regional(
            id=number,
            kind=_kind(number),
            title=f"Ontmoeting {number}",
            starts_at=_starts_at(ground, number),
            ends_at=_starts_at(ground, number) + timedelta(hours=2),
            place=PLACES[number % len(PLACES)].name,
            note="",
            candidate_places=CANDIDATES,
            employer_places=EMPLOYERS,
            round_minutes=10,
            version=1,
        )


def event_employers(ground: Ground) -> Iterator[Row]:
    """Return the employers that were asked."""
    for event in range(1, ground.size.events + 1):
        for place in range(EMPLOYERS):
            yield of(
                _host(ground, event, place),
                event_id=event,
                held_on=_starts_at(ground, event).date(),
                answer=_answer(ground, event, place),
                version=1,
            )


def event_candidates(ground: Ground) -> Iterator[Row]:
    """Return the candidates who were asked, numbered on from event to event."""
    for event in range(1, ground.size.events + 1):
        for place in range(_candidates(ground)):
            candidate = 1 + (event * CANDIDATES + place) % ground.size.placements
            yield _regional(
                id=_place_of(event, place),
                event_id=event,
                candidate_id=candidate,
                candidate_reference=reference(candidate),
                answer=_answer(ground, event, place),
                version=1,
            )


def event_talks(ground: Ground) -> Iterator[Row]:
    """Return who spoke with whom: each candidate with a few employers, in rounds at a speedmeet."""
    for event in range(1, ground.size.events + 1):
        for number in range(_candidates(ground) * HOSTS):
            place, turn = divmod(number, HOSTS)
            is_planned = _starts_at(ground, event).date() > ground.today
            yield of(
                _host(ground, event, (place + turn) % EMPLOYERS),
                event_id=event,
                event_candidate_id=_place_of(event, place),
                round_number=turn + 1 if _kind(event) is EventKind.SPEEDMEET else None,
                state=TalkState.PLANNED if is_planned else list(TalkState)[1 + number % 3],
                version=1,
            )


def _regional(**values: object) -> Row:
    return {"region_id": REGION, **values}


def _kind(event: int) -> EventKind:
    return list(EventKind)[event % len(EventKind)]


def _starts_at(ground: Ground, event: int) -> datetime:
    day: date = ground.day(event, 14) if event % 8 else ground.today + timedelta(days=event % 90 + 1)
    return noon(day)


def _answer(ground: Ground, event: int, place: int) -> Answer:
    if place % 3 == 0:
        return Answer.INVITED
    return Answer.COMING if _starts_at(ground, event).date() > ground.today else Answer.PRESENT


def _host(ground: Ground, event: int, place: int) -> int:
    return 1 + (event * EMPLOYERS + place) % ground.size.employers


def _candidates(ground: Ground) -> int:
    return min(CANDIDATES, ground.size.placements)


def _place_of(event: int, place: int) -> int:
    return event * CANDIDATES + place
