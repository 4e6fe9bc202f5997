"""What every benchmark row stands on: how many of each, whose they are, and days spread over three years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from crm.demo.words import HOUSE_NAMES, PLACES, SECTORS, Place, Sector

Row = dict[str, Any]
RULE_SET = "hart-van-west-brabant-demo"
REGION = 1
# An employer that everything happens at: one in so many contact moments, contracts and needs is its own.
BUSIEST, BUSY_ONE_IN = 3, 400
DAYS = 3 * 365


@dataclass(frozen=True)
class Size:
    """How many of each to make."""

    employers: int = 10_000
    moments: int = 100_000
    contracts: int = 2_000
    efforts: int = 20_000

    @property
    def holders(self) -> int:
        """Colleagues who hold accounts: one for some 250 employers, three at least."""
        return max(3, self.employers // 250)

    @property
    def placements(self) -> int:
        """Placements: one for ten employers."""
        return max(1, self.employers // 10)

    @property
    def cases(self) -> int:
        """Carving cases: one for twenty employers."""
        return max(1, self.employers // 20)

    @property
    def needs(self) -> int:
        """What employers asked: one for ten of them."""
        return max(10, self.employers // 10)

    @property
    def parties(self) -> int:
        """Parties that are no employers: one for two hundred of them."""
        return max(8, self.employers // 200)

    @property
    def events(self) -> int:
        """Events of the network: one for five hundred employers."""
        return max(4, self.employers // 500)


@dataclass(frozen=True)
class Ground:
    """A region of some size, with the user ids of an SROI officer and of an account manager.

    The other account holders have the user ids from `first_holder` on. Everything follows from the number of
    a row, so that rows that belong together say the same.
    """

    size: Size
    today: date
    officer: int
    manager: int
    first_holder: int

    def holder_of(self, employer_id: int) -> int:
        """Return the user id of an employer's account holder."""
        turn = employer_id % self.size.holders
        return self.first_holder + turn - 1 if turn else self.manager

    def employer_of_moment(self, number: int) -> int:
        """Return whose contact moment it is: they are dealt out evenly, but for those of the busiest one."""
        return BUSIEST if number % BUSY_ONE_IN == 0 else 1 + number % self.size.employers

    def day(self, number: int, salt: int = 0, most: int = DAYS) -> date:
        """Return a day of the past, at most so many days ago; the same for the same numbers."""
        return self.today - timedelta(days=1 + spread(number, salt, most))


def spread(number: int, salt: int, most: int) -> int:
    """Return a whole number below `most`, evenly spread over the numbers that are asked for."""
    return ((number * 2_654_435_761 + salt * 971_215_073) % 2**32) * most >> 32


def place_of(employer_id: int) -> Place:
    """Return the municipality of an employer."""
    return PLACES[employer_id % len(PLACES)]


def sector_of(employer_id: int) -> Sector:
    """Return the line of business of an employer."""
    return SECTORS[employer_id % len(SECTORS)]


def name_of(employer_id: int) -> str:
    """Return the name of an employer."""
    house = HOUSE_NAMES[spread(employer_id, 1, len(HOUSE_NAMES))]
    return f"{house} {sector_of(employer_id).nouns[employer_id % 3]} {employer_id}"


def of(employer_id: int, **values: object) -> Row:
    """Return a row that belongs to an employer."""
    return {"region_id": REGION, "employer_id": employer_id, **values}


def noon(day: date) -> datetime:
    """Return noon of a day, UTC."""
    return datetime.combine(day, time(12), UTC)
