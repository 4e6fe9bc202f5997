"""The employers of the demo region, their people, their account holders and their network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from crm.accounts.records import Region, User
from crm.core.records import key
from crm.core.work import Work
from crm.demo.words import (
    HOUSE_NAMES,
    INITIALS,
    PLACES,
    POSITIONS,
    SECTORS,
    STREETS,
    SURNAMES,
    Place,
    Sector,
)
from crm.employers.records import AccountTeamMember, ContactPerson, Employer, Establishment, Municipality
from crm.employers.rules import Segment, TeamRole, search_key
from crm.network.records import Membership, Tie
from crm.network.rules import Motive, TieKind

EMPLOYERS = 400


@dataclass
class Business:
    """An invented employer with what the rest of the demo needs to know about it."""

    employer: Employer
    sector: Sector
    holder: User
    people: list[ContactPerson]

    @property
    def id(self) -> int:
        """The employer's id."""
        return key(self.employer)


def make_places(work: Work, region: Region) -> dict[str, Municipality]:
    """Make the municipalities, by name."""
    return {
        place.name: work.add(Municipality(region_id=key(region), code=place.code, name=place.name))
        for place in PLACES
    }


def make_businesses(
    work: Work,
    chance: Random,
    region: Region,
    places: dict[str, Municipality],
    holders: list[User],
    today: date,
) -> list[Business]:
    """Make the employers; every name and number is different."""
    names = _names(chance)
    return [
        _business(work, chance, region, places, number, name, sector, chance.choice(holders), today)
        for number, (name, sector) in enumerate(names)
    ]


def make_network(work: Work, chance: Random, businesses: list[Business], today: date) -> None:
    """Make members, who introduced them, and how employers are tied."""
    members: list[Business] = []
    for business in chance.sample(businesses, 90):
        introducer = chance.choice(members) if members and chance.random() < 0.6 else None
        work.session.add(
            Membership(
                region_id=business.employer.region_id,
                employer_id=business.id,
                joined_on=today - timedelta(days=chance.randrange(30, 1000)),
                motive=chance.choice(list(Motive)),
                introduced_by_employer_id=introducer.id if introducer else None,
                introduced_by_user_id=None if introducer else key(business.holder),
            )
        )
        members.append(business)
    _make_ties(work, chance, businesses, today)


def _make_ties(work: Work, chance: Random, businesses: list[Business], today: date) -> None:
    known: set[tuple[int, int]] = set()
    while len(known) < 320:
        one, other = chance.sample(businesses, 2)
        if (one.id, other.id) in known or (other.id, one.id) in known:
            continue
        known.add((one.id, other.id))
        work.session.add(
            Tie(
                region_id=one.employer.region_id,
                employer_id=one.id,
                other_employer_id=other.id,
                kind=chance.choice(list(TieKind)),
                since=today - timedelta(days=chance.randrange(60, 2000)),
            )
        )


def _names(chance: Random) -> list[tuple[str, Sector]]:
    every = [
        (chance.choice(sector.forms).format(name=f"{house} {noun}"), sector)
        for house in HOUSE_NAMES
        for sector in SECTORS
        for noun in sector.nouns
    ]
    return chance.sample(every, EMPLOYERS)


def _business(
    work: Work,
    chance: Random,
    region: Region,
    places: dict[str, Municipality],
    number: int,
    name: str,
    sector: Sector,
    holder: User,
    today: date,
) -> Business:
    place = chance.choice(PLACES)
    employer = _employer(chance, region, places[place.name], place, number, name, sector, holder)
    work.add(employer)
    people = [_person(chance, employer, name) for _ in range(chance.choice((1, 1, 2, 3)))]
    work.session.add_all(people)
    work.session.add(
        Establishment(
            region_id=key(region),
            employer_id=key(employer),
            number=f"{990000000000 + number:012d}",
            name=name,
            street=employer.street,
            postcode=employer.postcode,
            city=employer.city,
            municipality_id=employer.municipality_id,
        )
    )
    work.session.add(
        AccountTeamMember(
            region_id=key(region),
            employer_id=key(employer),
            user_id=key(holder),
            team_role=TeamRole.HOLDER,
            since=today - timedelta(days=chance.randrange(100, 1100)),
        )
    )
    return Business(employer, sector, holder, people)


def _employer(
    chance: Random,
    region: Region,
    municipality: Municipality,
    place: Place,
    number: int,
    name: str,
    sector: Sector,
    holder: User,
) -> Employer:
    city = chance.choice(place.villages)
    kvk_number = f"{99_000_000 + number}"
    letters = "".join(chance.choices("ABCDEGHJKLMNPRSTVWXZ", k=2))
    return Employer(
        region_id=key(region),
        name=name,
        kvk_number=kvk_number,
        sbi_code=sector.sbi,
        staff_size=chance.choice((4, 8, 12, 18, 25, 40, 65, 90, 140, 240, 420)),
        street=f"{chance.choice(STREETS)} {chance.randrange(1, 180)}",
        postcode=f"{place.postcode + chance.randrange(10)} {letters}",
        city=city,
        municipality_id=key(municipality),
        segment=chance.choices(list(Segment), weights=(8, 20, 55, 12, 5))[0] if number else Segment.KEY,
        holder_id=key(holder),
        search_key=search_key(name, city, kvk_number),
    )


def _person(chance: Random, employer: Employer, company: str) -> ContactPerson:
    initial, surname = chance.choice(INITIALS), chance.choice(SURNAMES)
    domain = "".join(sign for sign in company.casefold() if sign.isalnum())[:24]
    return ContactPerson(
        region_id=employer.region_id,
        employer_id=key(employer),
        name=f"{initial}. {surname}",
        job_title=chance.choice(POSITIONS),
        email=f"{initial.lower()}.{surname.lower()}@{domain}.example",
        phone=f"0800-{chance.randrange(0, 9999):04d}",
    )
