"""Makes members of the network and ties between employers."""

from __future__ import annotations

from datetime import date
from typing import Any

from crm.accounts.records import User
from crm.core.access import system
from crm.core.records import key
from crm.core.work import work
from crm.employers.records import ContactPerson, Employer
from crm.network.records import Membership, Tie
from crm.network.records_parties import Party, PartyTalk, PartyTie
from crm.network.rules import Motive, PartyKind, PartyTieKind, TieKind
from tests.factories import TODAY, save
from tests.visits.factories import make_moment


def make_member(employer: Employer, **values: Any) -> Membership:
    """Make an employer a member of the network."""
    values = {"joined_on": date(2025, 1, 1), "motive": Motive.NEEDS_STAFF, **values}
    return save(Membership(region_id=employer.region_id, employer_id=key(employer), **values))


def make_tie(employer: Employer, other: Employer, kind: TieKind = TieKind.SUPPLIER, **values: Any) -> Tie:
    """Tie two employers, told from the first."""
    values = {"since": date(2025, 1, 1), **values}
    return save(
        Tie(
            region_id=employer.region_id,
            employer_id=key(employer),
            other_employer_id=key(other),
            kind=kind,
            **values,
        )
    )


def spoke_with(person: ContactPerson, colleague: User, held_on: date = TODAY) -> None:
    """Let a colleague speak with a contact person, the last contact of that employer."""
    with work(system("test")) as unit:
        employer = unit.get(Employer, person.employer_id)
        employer.last_contact_on = held_on
        unit.commit()
    make_moment(employer, colleague, held_on, (person,))


def make_party(region_id: int, name: str = "Wijkhuis Zuid", **values: Any) -> Party:
    """Make a party that is no employer."""
    return save(Party(region_id=region_id, name=name, **{"kind": PartyKind.NEIGHBOURHOOD, **values}))


def tie_to_employer(party: Party, employer: Employer, kind: PartyTieKind = PartyTieKind.KNOWS) -> PartyTie:
    """Tie a party to an employer."""
    ends = {"party_id": key(party), "tied_employer_id": key(employer)}
    return save(PartyTie(region_id=party.region_id, kind=kind, since=date(2025, 1, 1), **ends))


def tie_to_party(party: Party, other: Party, kind: PartyTieKind = PartyTieKind.WORKS_TOGETHER) -> PartyTie:
    """Tie a party to another."""
    ends = {"party_id": key(party), "tied_party_id": key(other)}
    return save(PartyTie(region_id=party.region_id, kind=kind, since=date(2025, 1, 1), **ends))


def talk_with(party: Party, colleague: User, held_on: date = TODAY) -> PartyTalk:
    """Let a colleague speak with a party."""
    ends = {"party_id": key(party), "user_id": key(colleague)}
    return save(PartyTalk(region_id=party.region_id, held_on=held_on, **ends))
