"""What is known already about the employers in a batch of lines, read in a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func
from sqlmodel import col, select

from crm.core.records import key
from crm.core.work import Work
from crm.employers.likeness import Parties, Party
from crm.employers.records import ContactPerson, Employer, Establishment, Municipality
from crm.employers.rules import folded
from crm.exchange.rules import EmployerRow


@dataclass(eq=False)
class Account:
    """An employer with its people and those establishments that lines are about; `main` is its first one."""

    employer: Employer
    main: str = ""
    places: dict[str, Establishment] = field(default_factory=dict)
    people: list[ContactPerson] = field(default_factory=list)

    def open_place(self, place: Establishment) -> None:
        """Know one more establishment."""
        self.places[place.number] = place
        self.main = self.main or place.number


@dataclass
class Known:
    """The employers that lines of a batch can be about, by everything they can be found by."""

    by_kvk: dict[str, Account] = field(default_factory=dict)
    by_id: dict[int, Account] = field(default_factory=dict)
    by_number: dict[str, Account] = field(default_factory=dict)
    unnumbered: dict[str, list[Account]] = field(default_factory=lambda: defaultdict(list))
    municipalities: dict[tuple[int, str], int] = field(default_factory=dict)

    def keep(self, account: Account) -> None:
        """Know an employer."""
        employer = account.employer
        if employer.id is not None:
            self.by_id[employer.id] = account
        if employer.kvk_number is not None:
            self.by_kvk[employer.kvk_number] = account
        else:
            self.unnumbered[folded(employer.name)].append(account)


def known_to(
    work: Work, rows: Sequence[EmployerRow], region_id: int, meant_ids: Collection[int] = ()
) -> Known:
    """Read what is known about the employers of these lines, and those somebody said they are about."""
    found = Known(municipalities=_municipalities(work))
    numbers = {row.establishment_number for row in rows if row.establishment_number}
    places = work.session.exec(select(Establishment).where(col(Establishment.number).in_(numbers))).all()
    owners = {place.employer_id for place in places} | set(meant_ids)
    numbered = col(Employer.kvk_number).in_({row.kvk_number for row in rows})
    meant = work.session.exec(select(Employer).where(numbered | col(Employer.id).in_(owners))).all()
    known_numbers = {employer.kvk_number for employer in meant}
    if any(row.kvk_number not in known_numbers for row in rows):
        meant = [*meant, *_unnumbered(work, rows, region_id, owners)]
    accounts = {key(employer): Account(employer) for employer in meant}
    _add_main(work, accounts)
    for place in places:
        accounts[place.employer_id].open_place(place)
        found.by_number[place.number] = accounts[place.employer_id]
    people = select(ContactPerson).where(col(ContactPerson.employer_id).in_(accounts))
    for person in work.session.exec(people.order_by(col(ContactPerson.id))):
        accounts[person.employer_id].people.append(person)
    for account in accounts.values():
        found.keep(account)
    return found


def parties_in(work: Work, region_id: int) -> Parties:
    """Return the employers of a region that have not ceased, to look for those that look alike."""
    found = work.session.exec(
        select(Employer.id, Employer.name, Employer.postcode, Employer.city).where(
            Employer.region_id == region_id, col(Employer.ceased_on).is_(None)
        )
    )
    return Parties(Party(int(known or 0), name, code or "", city or "") for known, name, code, city in found)


def _add_main(work: Work, accounts: dict[int, Account]) -> None:
    first = (
        select(func.min(Establishment.id))
        .where(col(Establishment.employer_id).in_(accounts))
        .group_by(col(Establishment.employer_id))
    )
    named = select(Establishment.employer_id, Establishment.number).where(col(Establishment.id).in_(first))
    for employer_id, number in work.session.exec(named):
        accounts[employer_id].main = number


def _unnumbered(work: Work, rows: Sequence[EmployerRow], region_id: int, but: set[int]) -> list[Employer]:
    """Return the employers without a KvK number that can be meant, by name; few have none."""
    wanted = {folded(row.name) for row in rows}
    without = select(Employer.id, Employer.name).where(
        Employer.region_id == region_id, col(Employer.kvk_number).is_(None)
    )
    named = {int(found or 0) for found, name in work.session.exec(without) if folded(name) in wanted}
    if not named - but:
        return []
    return list(work.session.exec(select(Employer).where(col(Employer.id).in_(named - but))))


def _municipalities(work: Work) -> dict[tuple[int, str], int]:
    rows = work.session.exec(select(Municipality.region_id, Municipality.name, Municipality.id))
    return {(region_id, folded(name)): int(found or 0) for region_id, name, found in rows}
