"""What the parts of the demo share: who is there, and doing something as one of them on some day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random

from crm.accounts.queries import actor_of
from crm.accounts.records import Region, User
from crm.core import clock
from crm.core.access import Actor, system
from crm.core.records import key
from crm.core.work import Work, reading, work
from crm.demo.people import Staff
from crm.demo.region import Business
from crm.demo.words import SURNAMES
from crm.employers.records import Municipality


@dataclass
class Demo:
    """What the parts of the demo are built on; `chance` makes it the same every time."""

    chance: Random
    today: date
    region: Region
    places: dict[str, Municipality]
    staff: Staff
    businesses: list[Business]
    identities: Iterator[int] = field(default_factory=count)
    counted: Iterator[int] = field(default_factory=count)

    def somebody(self, age: int) -> tuple[str, date]:
        """Return the surname and date of birth of somebody of about this age, another one each time.

        It draws nothing from the demo's chance, so that the rest of the region is the same without it.
        """
        number = next(self.identities)
        born = date(self.today.year - age, 1, 1) + timedelta(days=number // len(SURNAMES))
        return SURNAMES[number % len(SURNAMES)], born


# Who the colleagues are, by their ids: read once, because they act some two thousand times.
_actors: dict[int, Actor] = {}


def forget_rights() -> None:
    """Read anew who somebody is and what they may see, after that changed or on another database."""
    _actors.clear()


@contextmanager
def acting(user: User, day: date) -> Iterator[Work]:
    """Open a unit of work as a user, at eleven o'clock UTC on a day (never later than now)."""
    moment = min(datetime.combine(day, time(11), UTC), clock.now())
    with clock.frozen_at(moment), work(_actor(user)) as unit:
        yield unit


def _actor(user: User) -> Actor:
    if key(user) not in _actors:
        with reading(system("demo")) as unit:
            _actors[key(user)] = actor_of(unit, user)
    return _actors[key(user)]
