"""From a referral to approved value, as the database holds it."""

from __future__ import annotations

from datetime import date

from crm.core.access import Role
from crm.core.records import key
from crm.core.work import reading
from crm.network.rules import PartyTieKind, TieKind
from crm.referrals.queries import harvest
from tests.factories import World
from tests.jobcarving.factories import make_case, make_package
from tests.network.factories import make_member, make_party, make_tie, tie_to_employer
from tests.placements.factories import make_placement
from tests.proposals.factories import make_proposal
from tests.sroi.factories import approve, make_contract, make_effort


def test_from_referral_to_value(lite_world: World) -> None:
    ours, adviser = lite_world.employer_a, lite_world.users[Role.ADVISER]
    make_tie(lite_world.employer_b, ours, TieKind.REFERRAL, since=date(2026, 1, 1))
    make_proposal(make_package(make_case(ours, adviser)), adviser)
    placement = make_placement(ours, adviser)
    effort = make_effort(make_contract(lite_world), placement_id=key(placement))
    approve(effort)
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        (row,) = harvest(unit)
    assert row.name == "Van Dam Logistiek BV"
    found = row.harvest
    assert (found.referrals, found.cases, found.proposals, found.placements) == (1, 1, 1, 1)
    assert found.cents > 0


def test_members_and_parties_bring_in_too(lite_world: World) -> None:
    make_member(lite_world.employer_a, introduced_by_employer_id=key(lite_world.employer_b))
    party = make_party(key(lite_world.region))
    tie_to_employer(party, lite_world.employer_b, PartyTieKind.POINTED_TO)
    tie_to_employer(party, lite_world.employer_a, PartyTieKind.KNOWS)
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        assert [(row.name, row.harvest.referrals) for row in harvest(unit)] == [
            ("Wijkhuis Zuid", 1),
            ("Van Dam Logistiek BV", 1),
        ]
    with reading(lite_world.actor(Role.EMPLOYER)) as unit:
        assert harvest(unit) == []
