"""Rows of employers, their contacts and their network: plain, different, spread like a real region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from crm.bench.ground import REGION, Ground, Row, name_of, noon, of, place_of, sector_of, spread
from crm.demo.words import NEXT_STEPS, NO_STEP, PLACES, POSITIONS, STREETS, SUMMARIES
from crm.employers.rules import Segment, TeamRole, search_key
from crm.network.rules import Motive, TieKind
from crm.visits.rules import MomentKind, Purpose

AHEAD = 7


def employers(ground: Ground) -> Iterator[Row]:
    """Return the employers; the day of the last contact is that of their last moment."""
    spoken = _last_contacts(ground)
    for number in range(1, ground.size.employers + 1):
        kvk_number = f"{10_000_000 + number}"
        yield {
            "id": number,
            "region_id": REGION,
            "name": name_of(number),
            "kvk_number": kvk_number,
            "sbi_code": sector_of(number).sbi,
            "staff_size": 5 + spread(number, 2, 300),
            **_address(number),
            "segment": list(Segment)[number % len(Segment)],
            "phone": f"0165 {100_000 + number % 900_000}",
            "holder_id": ground.holder_of(number),
            "last_contact_on": spoken.get(number),
            "search_key": search_key(name_of(number), _city(number), kvk_number),
            "version": 1,
        }


def establishments(ground: Ground) -> Iterator[Row]:
    """Return one establishment for each employer."""
    for number in range(1, ground.size.employers + 1):
        yield of(number, number=f"{number:012d}", name=name_of(number), **_address(number), version=1)


def people(ground: Ground) -> Iterator[Row]:
    """Return one contact person for each employer."""
    for number in range(1, ground.size.employers + 1):
        yield of(
            number,
            id=number,
            name=f"J. Persoon {number}",
            job_title=POSITIONS[number % len(POSITIONS)],
            email=f"persoon{number}@bench.example",
            phone=f"06 {20_000_000 + number}",
            active=True,
            version=1,
        )


def team(ground: Ground) -> Iterator[Row]:
    """Return the account holders."""
    for number in range(1, ground.size.employers + 1):
        holder = ground.holder_of(number)
        yield of(number, user_id=holder, team_role=TeamRole.HOLDER, since=ground.day(number, 3))


def moments(ground: Ground) -> Iterator[Row]:
    """Return the contact moments; every second one says why nothing follows from it."""
    for number in range(1, ground.size.moments + 1):
        employer_id, held_on = ground.employer_of_moment(number), _held_on(ground, number)
        yield of(
            employer_id,
            id=number,
            author_id=ground.holder_of(employer_id),
            kind=MomentKind.VISIT if number % 3 else MomentKind.CALL,
            held_on=held_on,
            purposes=[list(Purpose)[number % len(Purpose)].value],
            summary=_said(number),
            no_action_reason=None if _has_next(number) else NO_STEP[number // 2 % len(NO_STEP)],
            created_at=noon(held_on),
            version=1,
        )


def attendances(ground: Ground) -> Iterator[Row]:
    """Return who was there."""
    for number in range(1, ground.size.moments + 1):
        employer_id = ground.employer_of_moment(number)
        yield of(employer_id, moment_id=number, contact_person_id=employer_id)


def follow_ups(ground: Ground) -> Iterator[Row]:
    """Return a follow-up for every second moment; about one in fifty is still open."""
    for number in filter(_has_next, range(1, ground.size.moments + 1)):
        employer_id = ground.employer_of_moment(number)
        holder, is_open = ground.holder_of(employer_id), spread(number, 10, 50) == 0
        later = _held_on(ground, number) + timedelta(days=14)
        due_on = ground.today + timedelta(days=spread(number, 4, 2 * AHEAD) - AHEAD) if is_open else later
        done_on: date | None = None if is_open else min(later, ground.today)
        yield of(
            employer_id,
            moment_id=number,
            what=NEXT_STEPS[number % len(NEXT_STEPS)],
            owner_id=holder,
            due_on=due_on,
            done_on=done_on,
            done_by_id=None if is_open else holder,
            version=1 if is_open else 2,
        )


def members(ground: Ground) -> Iterator[Row]:
    """Return the network's members: one in five employers, each brought in by the one before."""
    for number in range(5, ground.size.employers + 1, 5):
        yield of(
            number,
            joined_on=ground.day(number, 5),
            motive=list(Motive)[number % len(Motive)],
            introduced_by_employer_id=number - 5 or None,
            version=1,
        )


def ties(ground: Ground) -> Iterator[Row]:
    """Return three ties for each employer."""
    for number in range(1, ground.size.employers + 1):
        for step, kind in ((1, TieKind.SUPPLIER), (7, TieKind.NEIGHBOUR), (31, TieKind.REFERRAL)):
            other = 1 + (number + step) % ground.size.employers
            if other != number:
                yield of(
                    number, other_employer_id=other, kind=kind, since=ground.day(number, step), version=1
                )


def _last_contacts(ground: Ground) -> dict[int, date]:
    last: defaultdict[int, date] = defaultdict(lambda: date.min)
    for number in range(1, ground.size.moments + 1):
        employer_id = ground.employer_of_moment(number)
        last[employer_id] = max(last[employer_id], _held_on(ground, number))
    return last


def _held_on(ground: Ground, number: int) -> date:
    return ground.day(number)


def _has_next(number: int) -> bool:
    return number % 2 == 0


def _said(number: int) -> str:
    department = sector_of(number).departments[0][0]
    return SUMMARIES[number % len(SUMMARIES)].format(n=1 + number % 4, department=department)


def _city(number: int) -> str:
    villages = place_of(number).villages
    return villages[number % len(villages)]


def _address(number: int) -> Row:
    return {
        "street": f"{STREETS[number % len(STREETS)]} {1 + number % 200}",
        "postcode": f"{place_of(number).postcode} AB",
        "city": _city(number),
        "municipality_id": 1 + number % len(PLACES),
    }
