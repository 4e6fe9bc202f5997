"""Makes records for tests: plain, valid, and different from each other."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from crm.accounts.queries import actor_of
from crm.accounts.records import (
    Partner,
    PartnerEmployer,
    Region,
    SignInSession,
    User,
    UserAuthority,
    UserEmployer,
    UserRegion,
)
from crm.core import clock
from crm.core.access import Actor, Role, system
from crm.core.records import Record, key
from crm.core.work import Work, work
from crm.employers.records import ContactPerson, Employer, Municipality
from crm.employers.rules import search_key
from crm.sroi.records import Authority

R = TypeVar("R", bound=Record)

TODAY = date(2026, 11, 24)
_numbers = itertools.count(1)


_together: list[Work] = []


def save(record: R) -> R:
    """Write a record as the system, without an action; for what a test takes as given."""
    if _together:
        return _together[-1].add(record)
    with work(system("test")) as unit:
        unit.add(record)
        unit.commit()
    return record


@contextmanager
def together() -> Iterator[None]:
    """Write everything that is saved inside in one transaction: a world is made in one go."""
    with work(system("test")) as unit:
        _together.append(unit)
        try:
            yield
            unit.commit()
        finally:
            _together.pop()


def kvk() -> str:
    """Return a trade-register number that no other record has."""
    return f"{90_000_000 + next(_numbers)}"


def make_employer(region_id: int, name: str | None = None, **values: Any) -> Employer:
    """Make an employer."""
    name = name or f"Werkgever {next(_numbers)}"
    values = {"kvk_number": kvk(), "city": "Roosendaal", **values}
    values.setdefault("search_key", search_key(name, values["city"], values["kvk_number"]))
    return save(Employer(region_id=region_id, name=name, **values))


def make_person(employer: Employer, name: str = "J. de Wit", **values: Any) -> ContactPerson:
    """Make a contact person at an employer."""
    return save(ContactPerson(region_id=employer.region_id, employer_id=key(employer), name=name, **values))


def make_user(role: Role, name: str, **values: Any) -> User:
    """Make a user of a role."""
    email = values.pop("email", f"user{next(_numbers)}@example.nl")
    return save(User(email=email, name=name, role=role, created_at=clock.now(), **values))


def make_session(user: User) -> SignInSession:
    """Make a sign-in of a user; its id is what the gate hands to the pages."""
    return save(
        SignInSession(
            token_hash=f"{next(_numbers):064d}",
            user_id=key(user),
            created_at=clock.now(),
            expires_at=clock.now() + timedelta(days=3650),
        )
    )


@dataclass
class World:
    """One region with a user of each role, two employers (A and B) with a portal user each, one authority."""

    region: Region
    municipality: Municipality
    employer_a: Employer
    employer_b: Employer
    authority: Authority
    other_authority: Authority
    partner: Partner
    users: dict[Role, User] = field(default_factory=dict)
    portal_b: User | None = None

    @classmethod
    def build(cls) -> World:
        """Make the world."""
        with together():
            return cls._made()

    @classmethod
    def _made(cls) -> World:
        region = save(Region(code="AM99", name="Hart van West-Brabant"))
        region_id = key(region)
        made = cls(
            region=region,
            municipality=save(Municipality(region_id=region_id, code="GM1674", name="Roosendaal")),
            employer_a=make_employer(region_id, "De Linde Groen BV"),
            employer_b=make_employer(region_id, "Van Dam Logistiek BV"),
            authority=save(Authority(region_id=region_id, name="Gemeente Halderberge")),
            other_authority=save(Authority(region_id=region_id, name="Gemeente Zundert")),
            partner=save(Partner(name="Uitzendbureau De Brug")),
        )
        made._staff()
        return made

    def _staff(self) -> None:
        for role in Role:
            partner_id = key(self.partner) if role is Role.PARTNER else None
            user = make_user(role, f"{role.value} een", partner_id=partner_id)
            self.users[role] = user
            if role not in {Role.EMPLOYER, Role.ADMIN}:
                save(UserRegion(user_id=key(user), region_id=key(self.region)))
        self.portal_b = make_user(Role.EMPLOYER, "Portaal B")
        save(UserEmployer(user_id=key(self.users[Role.EMPLOYER]), employer_id=key(self.employer_a)))
        save(UserEmployer(user_id=key(self.portal_b), employer_id=key(self.employer_b)))
        save(UserAuthority(user_id=key(self.users[Role.SROI_OFFICER]), authority_id=key(self.authority)))
        save(PartnerEmployer(partner_id=key(self.partner), employer_id=key(self.employer_a)))

    def actor(self, role: Role) -> Actor:
        """Return the actor of a role, read as the application reads it."""
        return self.actor_for(self.users[role])

    def actor_for(self, user: User) -> Actor:
        """Return the actor that a user is."""
        with work(system("test")) as unit:
            return actor_of(unit, user)
