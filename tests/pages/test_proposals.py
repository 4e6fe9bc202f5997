"""Putting somebody forward on screen: from the need to the answer and the placement."""

from __future__ import annotations

from datetime import timedelta

from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import reading
from crm.placements.records import Placement
from crm.proposals.queries import proposals_on_case
from crm.proposals.records import Proposal
from crm.proposals.rules import ProposalOutcome, Reason
from crm.ui.words import plain
from tests.candidates.factories import make_candidate
from tests.factories import TODAY, World
from tests.jobcarving.factories import make_case, make_package, make_task
from tests.needs.factories import make_need
from tests.pages.walking import field, labels, opened, press, text
from tests.proposals.factories import make_proposal

NEED, ONE, CASE, BOOK, HOME = (
    "staff/need.py",
    "staff/proposal.py",
    "staff/case.py",
    "staff/placements.py",
    "staff/today.py",
)


def stored(proposal_id: int = 1) -> Proposal:
    with reading(system("test")) as work:
        return work.get(Proposal, proposal_id)


def test_a_candidate_is_put_forward_at_a_need(lite_world: World) -> None:
    need = make_need(lite_world.employer_a, lite_world.users[Role.ADVISER])
    candidate = make_candidate(key(lite_world.region))
    at = opened(lite_world, NEED, id=key(need))
    press(at, "Voorstellen aan de werkgever")
    assert "Kandidaat: Kies eerst de kandidaat." in text(at)
    field(at, "button_group", "Kort geleden ingeschreven").set_value(key(candidate)).run()
    press(at, "Voorstellen aan de werkgever")
    assert stored().candidate_id == key(candidate)
    assert "voorgesteld op 24 nov 2026" in text(at)
    seen = opened(lite_world, NEED, Role.MANAGER, id=key(need))
    assert plain(candidate.reference) not in text(seen)
    assert "Voorstellen aan de werkgever" not in labels(seen)


def test_a_job_is_agreed_on_and_then_filled_by_who_was_put_forward(lite_world: World) -> None:
    ours, adviser = lite_world.employer_a, lite_world.users[Role.ADVISER]
    case = make_case(ours, adviser)
    package = make_package(case)
    make_task(case, package_id=key(package))
    at = opened(lite_world, CASE, id=key(case))
    press(at, "Voorstellen aan de werkgever")
    at = opened(lite_world, ONE, id=1)
    press(at, "De werkgever gaat akkoord")
    assert stored().outcome is ProposalOutcome.AGREED
    candidate = make_candidate(key(lite_world.region))
    made = make_proposal(package, adviser, candidate, job="Keukenhulp")
    at = opened(lite_world, BOOK, new=1, employer=key(ours), package=key(package), proposal=key(made))
    assert plain(candidate.reference) in text(at)
    press(at, "Plaatsing boeken")
    assert stored(key(made)).placement_id == 1
    with reading(system("test")) as work:
        assert work.get(Placement, 1).package_id == key(package)


def test_an_overdue_answer_stands_on_today_and_is_noted_with_its_reason(lite_world: World) -> None:
    adviser = lite_world.users[Role.ADVISER]
    late = TODAY - timedelta(days=2)
    made = make_proposal(
        make_need(lite_world.employer_a, adviser, reacted_on=late),
        adviser,
        make_candidate(key(lite_world.region)),
        proposed_on=late,
        answer_by=late,
    )
    assert f"Antwoord op een voorstel: {plain(made.candidate_reference or '')}" in text(
        opened(lite_world, HOME)
    )
    at = opened(lite_world, ONE, id=key(made))
    assert "antwoord 2 dagen te laat" in text(at)
    field(at, "selectbox", "Waarom").set_value(Reason.SKILLS)
    next(one for one in at.button if str(one.key).startswith("answer_declined")).click().run()
    assert (stored().outcome, stored().reason) == (ProposalOutcome.DECLINED, Reason.SKILLS)
    press(opened(lite_world, ONE, id=key(made)), "Weer op antwoord wachten")
    assert stored().outcome is None
    assert "Wat zegt de werkgever?" not in text(opened(lite_world, ONE, Role.MANAGER, id=key(made)))
    assert "niet gevonden" in text(opened(lite_world, ONE, id=999))


def test_a_partner_with_whom_an_employer_is_shared_reads_the_case_and_of_nobody(lite_world: World) -> None:
    ours, adviser = lite_world.employer_a, lite_world.users[Role.ADVISER]
    case = make_case(ours, adviser)
    package = make_package(case, opened_on=TODAY)
    make_proposal(package, adviser, make_candidate(key(lite_world.region)))
    at = opened(lite_world, CASE, Role.PARTNER, id=key(case))
    assert not at.exception
    assert "Keukenhulp" in text(at)
    assert "voorgesteld op" not in text(at)
    with reading(lite_world.actor(Role.PARTNER)) as work:
        assert proposals_on_case(work, key(case)) == []
