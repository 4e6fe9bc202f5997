"""Who can introduce us: the warmest way from a colleague, through parties we know, to who we want to meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from crm.network.graph import Route, Step
from crm.network.settings import settings


class Acquaintance(Protocol):
    """A colleague who spoke with somebody at a party, and when for the last time."""

    @property
    def user_id(self) -> int:
        """The colleague."""

    @property
    def user(self) -> str:
        """The colleague's name."""

    @property
    def person(self) -> str:
        """The contact person's name; empty when only the party itself is known."""

    @property
    def employer_id(self) -> int:
        """Where that person works: an employer's id, or a party's with a minus sign."""

    @property
    def last_spoken_on(self) -> date:
        """When they last spoke."""


@dataclass(frozen=True)
class Introduction:
    """A way in: a colleague, whom they know, the steps from there to the employer, and its cost (points)."""

    acquaintance: Acquaintance
    steps: tuple[Step, ...]
    cost: int

    @property
    def is_direct(self) -> bool:
        """Whether the colleague knows somebody at the employer itself."""
        return not self.steps


def ways_in(
    routes: Sequence[Route], acquaintances: Iterable[Acquaintance], today: date, most: int = 3
) -> list[Introduction]:
    """Return the warmest ways in, at most one for each colleague, direct acquaintances first.

    A way costs the points of its route, and one more for every 73 days since the colleague and the contact
    person last spoke (so 10 for two years).
    """
    by_party: defaultdict[int, list[Acquaintance]] = defaultdict(list)
    for known in acquaintances:
        by_party[known.employer_id].append(known)
    best: dict[int, Introduction] = {}
    for route in routes:
        for known in by_party[route.from_id]:
            age = (today - known.last_spoken_on).days // settings().days_per_point
            way = Introduction(known, route.steps, route.points + age)
            if known.user_id not in best or _rank(way) < _rank(best[known.user_id]):
                best[known.user_id] = way
    return sorted(best.values(), key=_rank)[:most]


def _rank(way: Introduction) -> tuple[bool, int, int, str, str]:
    known = way.acquaintance
    return not way.is_direct, way.cost, -known.last_spoken_on.toordinal(), known.user, known.person
