"""A world with one of everything, so that every page has something to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from crm.core.access import Role
from crm.core.records import key
from crm.employers.rules import TeamRole
from crm.network.records import Membership, Tie
from crm.network.rules import Motive, TieKind
from tests.candidates.factories import make_candidate
from tests.employers.factories import make_establishment, make_member
from tests.events.factories import hold_event
from tests.factories import TODAY, World, make_person, save
from tests.jobcarving.factories import make_case, make_package, make_task
from tests.needs.factories import make_need, make_vacancy
from tests.network.factories import make_party, talk_with, tie_to_employer
from tests.placements.factories import make_placement
from tests.proposals.factories import make_proposal
from tests.questions.factories import make_answers
from tests.sroi.factories import approve, assign, make_contract, make_effort
from tests.sroi.test_plans import accept, add, hand_in
from tests.sroi.test_ruleset_drafts import change, make
from tests.visits.factories import make_follow_up, make_moment


@dataclass(frozen=True)
class Ids:
    """The records that pages are opened on."""

    employer: int
    case: int
    placement: int
    contract: int
    effort: int
    draft: int
    party: int
    event: int
    need: int
    proposal: int
    answers: int


def furnish(world: World) -> Ids:
    """Give employer A one of everything and employer B a contract of its own; return A's ids."""
    ours, holder = world.employer_a, world.users[Role.ACCOUNT_MANAGER]
    make_establishment(ours, "000012345678")
    make_member(ours, holder, TeamRole.HOLDER)
    person = make_person(ours)
    make_moment(ours, holder, people=(person,))
    make_follow_up(ours, holder, TODAY - timedelta(days=1))
    need = make_need(ours, holder)
    make_vacancy(need)
    proposal = make_proposal(need, holder, make_candidate(key(world.region)))
    answers = make_answers(ours, holder)
    belongs = {"region_id": ours.region_id, "employer_id": key(ours)}
    save(Membership(**belongs, joined_on=date(2025, 1, 1), motive=next(iter(Motive))))
    save(Tie(**belongs, other_employer_id=key(world.employer_b), kind=next(iter(TieKind)), since=TODAY))
    case = make_case(ours, world.users[Role.ADVISER])
    make_task(case)
    make_package(case)
    placement = make_placement(ours, world.users[Role.ADVISER])
    assign(world)
    contract = make_contract(world)
    approve(make_effort(contract))
    effort = make_effort(contract, subject="K-9001")
    accept(hand_in(add(contract)))
    make_contract(world, employer_id=key(world.employer_b), title="Geheim van B")
    draft = make(world.actor(Role.ADMIN))
    change(world.actor(Role.ADMIN), draft)
    party = make_party(key(world.region))
    tie_to_employer(party, ours)
    talk_with(party, holder)
    event = hold_event(ours, make_candidate(key(world.region)))
    return Ids(
        employer=key(ours),
        case=key(case),
        placement=key(placement),
        contract=key(contract),
        effort=key(effort),
        draft=draft,
        party=key(party),
        event=key(event),
        need=key(need),
        proposal=key(proposal),
        answers=key(answers),
    )
