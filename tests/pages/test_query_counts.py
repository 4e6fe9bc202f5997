"""What a page asks of the database: as much with few rows as with many, on every part, at most twelve."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pytest

from crm.accounts.drafts import SaveDraft, save_draft
from crm.accounts.records import User
from crm.core.access import Role
from crm.core.records import key
from crm.core.work import perform
from crm.employers.records import Employer
from crm.ui.registry import PAGES, PAGES_DIR
from crm.ui.visits import FORM
from tests.candidates.factories import make_candidate
from tests.counting import MOST_ON_A_PAGE, statements
from tests.events.factories import hold_event
from tests.factories import TODAY, World, make_employer, make_person, make_session
from tests.jobcarving.factories import make_case, make_package, make_task
from tests.needs.factories import make_need, make_vacancy
from tests.network.factories import make_member, make_party, make_tie, talk_with, tie_to_employer
from tests.pages.full_world import Ids, furnish
from tests.pages.test_all_pages import EXPECTED, visit
from tests.placements.factories import make_placement
from tests.proposals.factories import make_proposal
from tests.questions.factories import make_answers
from tests.snapshots import begin_with
from tests.sroi.factories import approve, make_contract, make_effort
from tests.visits.factories import make_follow_up, make_moment

# Every page runs in test_all_pages too: to watch its lines once more only costs time.
pytestmark = pytest.mark.uncounted


@dataclass(frozen=True)
class Part:
    """A part of a page, who opens it, and what then stands in the address or in the session."""

    file: str
    role: Role
    on: Callable[[Ids], Mapping[str, object]] = lambda _ids: {}
    kept: tuple[str, object] | None = None


def employer(tab: str, role: Role = Role.ADVISER) -> Part:
    return Part("staff/employer.py", role, lambda ids: {"id": ids.employer, "tab": tab})


def contract(tab: str) -> Part:
    return Part(
        "staff/contract.py", Role.SROI_OFFICER, lambda ids: {"id": ids.contract}, ("contract_tab", tab)
    )


def version(tab: str) -> Part:
    return Part("admin/ruleset.py", Role.ADMIN, lambda ids: {"id": ids.draft}, ("ruleset_tab", tab))


# A page that shows other things by its address or by a tab gets a line for each of them.
PARTS = {
    "Today of an SROI officer": Part("staff/today.py", Role.SROI_OFFICER),
    "everything, searched": Part("staff/search.py", Role.ADVISER, kept=("find_text", "linde")),
    "everything, searched with a slip": Part("staff/search.py", Role.ADVISER, kept=("find_text", "linnde")),
    "an employer of a list": Part(
        "staff/employer.py", Role.ADVISER, lambda ids: {"id": ids.employer, "lijst": "order=name"}
    ),
    "a contract of a list": Part(
        "staff/contract.py", Role.SROI_OFFICER, lambda ids: {"id": ids.contract, "lijst": "alles"}
    ),
    "employers, searched": Part("staff/employers.py", Role.ADVISER, lambda _ids: {"zoek": "linde"}),
    "employer, opportunities": employer("Kansen"),
    "employer, needs": employer("Behoeften"),
    "a new need": Part("staff/needs.py", Role.ADVISER, lambda ids: {"new": 1, "employer": ids.employer}),
    "asking a list": Part(
        "staff/questions.py", Role.ADVISER, lambda ids: {"employer": ids.employer, "list": "orientatie"}
    ),
    "employer, placements": employer("Plaatsingen"),
    "employer, contracts": employer("Contracten"),
    "employer, contracts for an officer": employer("Contracten", Role.SROI_OFFICER),
    "employer, network": employer("Netwerk"),
    "employer, people": employer("Mensen"),
    "employer, account plan": employer("Accountplan"),
    "employer, structure": employer("Opbouw"),
    "employer, details": employer("Gegevens"),
    "employer, details for a manager": employer("Gegevens", Role.MANAGER),
    "two employers side by side": Part("staff/doubles.py", Role.ADVISER, lambda _ids: {"een": 1, "ander": 2}),
    "a new employer": Part("staff/employer_edit.py", Role.ADVISER),
    "logging a visit": Part("staff/visit.py", Role.ADVISER, lambda ids: {"employer": ids.employer}),
    "a visit put right": Part("staff/visit.py", Role.ACCOUNT_MANAGER, lambda _ids: {"moment": 1}),
    "a visit saved": Part("staff/visit.py", Role.ACCOUNT_MANAGER, lambda _ids: {"saved": 1}),
    "a new opportunity": Part(
        "staff/carving.py", Role.ADVISER, lambda ids: {"new": 1, "employer": ids.employer}
    ),
    "who brought whom": Part("staff/network.py", Role.ADVISER, lambda _ids: {"netwerk": "Wie bracht wie"}),
    "other parties": Part("staff/network.py", Role.ADVISER, lambda _ids: {"netwerk": "Partijen"}),
    "who opens doors": Part("staff/network.py", Role.ADVISER, lambda _ids: {"netwerk": "Deuren"}),
    "map of the network": Part("staff/network.py", Role.ADVISER, lambda _ids: {"netwerk": "Kaart"}),
    "events": Part("staff/network.py", Role.ADVISER, lambda _ids: {"netwerk": "Bijeenkomsten"}),
    "a new placement": Part(
        "staff/placements.py", Role.ADVISER, lambda ids: {"new": 1, "employer": ids.employer}
    ),
    "contracts at risk": Part("staff/contracts.py", Role.SROI_OFFICER, lambda _ids: {"beeld": "Dreigend"}),
    "a new contract": Part("staff/contracts.py", Role.SROI_OFFICER, lambda _ids: {"new": 1}),
    "contract, plan of action": contract("Plan van aanpak"),
    "contract, evidence": contract("Bewijs"),
    "contract, course": contract("Verloop"),
    "contract, rule set": contract("Regelset"),
    "contract, letters": contract("Brieven"),
    "contract, changes": contract("Wijzigingen"),
    "review of an effort": Part("staff/review.py", Role.SROI_OFFICER, lambda ids: {"id": ids.effort}),
    "portal, plan": Part(
        "portal/contract.py", Role.EMPLOYER, lambda ids: {"id": ids.contract, "part": "plan"}
    ),
    "portal, efforts": Part(
        "portal/contract.py", Role.EMPLOYER, lambda ids: {"id": ids.contract, "part": "efforts"}
    ),
    "portal, what counts": Part(
        "portal/contract.py", Role.EMPLOYER, lambda ids: {"id": ids.contract, "part": "counts"}
    ),
    "portal, fill the rest": Part(
        "portal/contract.py", Role.EMPLOYER, lambda ids: {"id": ids.contract, "part": "ways"}
    ),
    "portal, an effort": Part("portal/effort.py", Role.EMPLOYER, lambda ids: {"id": ids.effort}),
    "portal, a placement handed in": Part(
        "portal/effort.py", Role.EMPLOYER, lambda ids: {"contract": ids.contract, "placement": ids.placement}
    ),
    "new version, whole text": version("Hele tekst"),
    "new version, what changes": version("Wat verandert er"),
    "a new user": Part("admin/users.py", Role.ADMIN, lambda _ids: {"user": "new"}),
    "a user": Part("admin/users.py", Role.ADMIN, lambda _ids: {"user": 1}),
} | {
    spec.file: Part(spec.file, sorted(EXPECTED[spec.file].roles)[0], EXPECTED[spec.file].on) for spec in PAGES
}


@pytest.mark.parametrize("name", PARTS)
def test_a_page_asks_as_much_with_few_rows_as_with_many(lite_world: World, name: str) -> None:
    part = PARTS[name]
    ids = few_rows(lite_world)
    few = asked(lite_world, part, ids)
    assert begin_with("many rows", lambda: many_rows(lite_world)) == ids
    assert asked(lite_world, part, ids) == few <= MOST_ON_A_PAGE


def test_the_day_of_an_officer_asks_no_more_when_rule_sets_differ(lite_world: World) -> None:
    """Contracts at risk under one rule set, an effort that waits under another."""
    ids = furnish(lite_world)
    more_rows(lite_world)
    other = {"rule_set_code": "utrecht-current", "value_cents": 10_000_000, "percentage": Decimal(5)}
    make_effort(make_contract(lite_world, **other))
    assert asked(lite_world, PARTS["Today of an SROI officer"], ids) <= MOST_ON_A_PAGE


def few_rows(world: World) -> Ids:
    """Return what stands in a world with one of everything and once more."""
    return begin_with("few rows", lambda: _and_more(world, furnish(world), 1))


def many_rows(world: World) -> Ids:
    """Return what stands in the same world with twice as much added."""
    return _and_more(world, few_rows(world), 2)


def _and_more(world: World, ids: Ids, times: int) -> Ids:
    for _ in range(times):
        more_rows(world)
    return ids


def asked(world: World, part: Part, ids: Ids) -> int:
    """Return how much a part of a page asks when it is opened."""
    at = visit("crm/ui/main.py", world, part.role)
    at.run().switch_page(str(PAGES_DIR / part.file))
    for name, value in part.on(ids).items():
        at.query_params[name] = str(value)
    if part.kept:
        at.session_state[part.kept[0]] = part.kept[1]
    with statements() as sent:
        at.run()
    assert not at.exception
    assert not at.error
    return len(sent)


def more_rows(world: World) -> None:
    """Add one of everything to employer A, and a chain of ties that ends four employers away."""
    ours, adviser = world.employer_a, world.users[Role.ADVISER]
    person = make_person(ours)
    for user in (adviser, world.users[Role.ACCOUNT_MANAGER], world.users[Role.SROI_OFFICER]):
        make_session(user)
        make_moment(ours, user, people=(person,))
        make_follow_up(ours, user, TODAY)
        keep_draft(world, user, make_employer(key(world.region), holder_id=key(user)))
    make_vacancy(make_need(ours, adviser))
    make_answers(ours, adviser)
    case = make_case(ours, adviser)
    make_task(case)
    make_proposal(make_package(case), adviser)
    make_proposal(make_need(ours, adviser), adviser, make_candidate(key(world.region)))
    make_placement(ours, adviser)
    add_to_network(world)
    made = make_contract(world)
    approve(make_effort(made))
    make_effort(made)
    make_contract(world, confirmed=False)


def add_to_network(world: World) -> None:
    near, far, farther = (make_employer(key(world.region)) for _ in range(3))
    make_member(near, introduced_by_employer_id=key(world.employer_a))
    for one, other in ((world.employer_a, near), (near, far), (far, farther)):
        make_tie(one, other)
    party = make_party(key(world.region), "Verbinder")
    tie_to_employer(party, near)
    talk_with(party, world.users[Role.ADVISER])
    hold_event(near, make_candidate(key(world.region)))


def keep_draft(world: World, user: User, about: Employer) -> None:
    command = SaveDraft(form=FORM, subject=str(key(about)), fields={"summary": "Over"}, title=about.name)
    perform(world.actor_for(user), save_draft, command)
