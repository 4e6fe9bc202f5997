"""Rules of events: kinds, answers, the funnel, and a speedmeet that gives everybody fair rounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import gcd


class EventKind(StrEnum):
    """What happens ("bijeenkomst"): short talks in rounds, an open day, a breakfast, a day at companies."""

    SPEEDMEET = "speedmeet"
    OPEN_DAY = "open_day"
    BREAKFAST = "breakfast"
    COMPANY_VISIT = "company_visit"


class Answer(StrEnum):
    """How an invitation stands, from asked to whether they came."""

    INVITED = "invited"
    COMING = "coming"
    DECLINED = "declined"
    PRESENT = "present"
    ABSENT = "absent"


class TalkState(StrEnum):
    """How a conversation of a candidate with an employer ended; each step holds the ones before."""

    PLANNED = "planned"
    HELD = "held"
    SELECTED = "selected"
    STARTED = "started"


SIGNED_UP = frozenset({Answer.COMING, Answer.PRESENT, Answer.ABSENT})
TAKING_PART = frozenset({Answer.COMING, Answer.PRESENT})
_ORDER = tuple(TalkState)

Pair = tuple[int, int]


@dataclass(frozen=True)
class Funnel:
    """How many candidates came how far at one event; `conversations` counts talks, the others people."""

    invited: int
    signed_up: int
    present: int
    conversations: int
    in_conversation: int
    selected: int
    started: int


def funnel(answers: Iterable[Answer], talks: Iterable[tuple[int, TalkState]]) -> Funnel:
    """Return the funnel of an event from the answers of its candidates and the talks by candidate.

    Somebody who spoke was there, whatever the list says; a candidate counts once at each step.
    """
    told, held = list(answers), [(who, state) for who, state in talks if state is not TalkState.PLANNED]
    return Funnel(
        invited=len(told),
        signed_up=sum(answer in SIGNED_UP for answer in told),
        present=sum(answer is Answer.PRESENT for answer in told),
        conversations=len(held),
        in_conversation=len({who for who, _state in held}),
        selected=_reached(held, TalkState.SELECTED),
        started=_reached(held, TalkState.STARTED),
    )


def _reached(talks: Iterable[tuple[int, TalkState]], step: TalkState) -> int:
    return len({who for who, state in talks if _ORDER.index(state) >= _ORDER.index(step)})


def most_rounds(candidates: int, employers: int) -> int:
    """Return after how many rounds everybody has met everybody: the larger of the two numbers."""
    return max(candidates, employers) if candidates and employers else 0


def speedmeet(candidates: Sequence[int], employers: Sequence[int], rounds: int) -> list[list[Pair]]:
    """Return who meets whom in each round, as pairs of a candidate and an employer.

    Nobody is in a round twice, no pair meets twice, and the number of talks differs by at most one among
    candidates and among employers. Rounds beyond the one in which everybody has met everybody are left out.
    """
    if len(candidates) < len(employers):
        turned = speedmeet(employers, candidates, rounds)
        return [[(candidate, employer) for employer, candidate in pairs] for pairs in turned]
    many, few = len(candidates), len(employers)
    if not few:
        return []
    return [
        [(candidates[(seat + _start(turn, many, few)) % many], employers[seat]) for seat in range(few)]
        for turn in range(min(rounds, many))
    ]


def _start(turn: int, many: int, few: int) -> int:
    """Return who sits at the first table: the candidates are dealt out one after the other.

    Once that comes back to where it began, everybody moves up one seat, so that nobody meets again.
    """
    return turn * few + turn // (many // gcd(many, few))


def fits(wanted: int, taken: int, places: int) -> bool:
    """Return whether so many more can sign up; zero places stands for no limit."""
    return places == 0 or taken + wanted <= places
