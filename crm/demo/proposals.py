"""Whom and what was put forward in the demo region, and how the placements go."""

from __future__ import annotations

from datetime import date, timedelta

from crm.accounts.records import User
from crm.candidates.actions import RegisterCandidate, register_candidate
from crm.candidates.rules import TargetGroup
from crm.core.access import Role
from crm.core.records import key
from crm.core.workdays import is_working_day
from crm.demo.acting import Demo, acting
from crm.jobcarving.queries import case_page, stage_list
from crm.jobcarving.queries.board import BoardFilter
from crm.jobcarving.rules import Stage
from crm.needs.queries import NeedFilter, NeedRow, needs_list
from crm.needs.rules import NeedKind
from crm.placements.actions.aftercare import NoteAftercare, note_aftercare
from crm.placements.queries import PlacementFilter, PlacementRow, placements
from crm.placements.rules import PlacementState
from crm.placements.rules_aftercare import SpokenWith, months_after
from crm.proposals.actions import NoteAnswer, Propose, note_answer, propose
from crm.proposals.rules import ProposalOutcome, Reason

NEEDS, JOBS, TALKS = 4, 3, 12
SETTLED_IN = timedelta(days=45)
SAID = ("Inwerken gaat goed.", "Team is tevreden, reistijd is lang.", "Wil op termijn meer uren.")


def make_proposals(demo: Demo) -> None:
    """Put candidates forward for vacancies and jobs for a decision, and write down some aftercare."""
    adviser = demo.staff.by_role[Role.ADVISER]
    with acting(adviser, demo.today) as unit:
        needs = sorted(needs_list(unit, NeedFilter(kind=NeedKind.VACANCY)).rows, key=lambda row: row.id)
        cases = stage_list(unit, BoardFilter(), Stage.DECISION)[:JOBS]
        packages = [case_page(unit, case.id).packages[0] for case in cases]
        running = placements(unit, PlacementFilter(state=PlacementState.RUNNING))
    settled = [row for row in running if row.started_on < demo.today - SETTLED_IN]
    for place, need in enumerate(needs[:NEEDS]):
        proposed_on = max(need.raised_on, _working_day(demo.today - timedelta(days=4 * place + 1)))
        _candidate(demo, adviser, need, proposed_on, turned_down=place == NEEDS - 1)
    for package in packages:
        _put(adviser, _working_day(demo.today - timedelta(days=9)), Propose(package_id=package.id))
    for place, placement in enumerate(settled[:TALKS]):
        _talk(adviser, placement, place)


def _candidate(demo: Demo, adviser: User, need: NeedRow, proposed_on: date, *, turned_down: bool) -> None:
    registered = RegisterCandidate(
        region_id=key(demo.region),
        group=demo.chance.choice(list(TargetGroup)),
        profile="Werkt graag in een klein team, ochtenden.",
    )
    with acting(adviser, proposed_on) as unit:
        candidate_id = register_candidate(unit, registered)
        unit.commit()
    proposal_id = _put(adviser, proposed_on, Propose(need_id=need.id, candidate_id=candidate_id))
    if not turned_down:
        return
    with acting(adviser, demo.today) as unit:
        outcome, reason = ProposalOutcome.DECLINED, Reason.HOURS
        note_answer(unit, NoteAnswer(proposal_id=proposal_id, version=1, outcome=outcome, reason=reason))
        unit.commit()


def _put(adviser: User, day: date, command: Propose) -> int:
    with acting(adviser, day) as unit:
        proposal_id = propose(unit, command)
        unit.commit()
    return proposal_id


def _talk(adviser: User, placement: PlacementRow, place: int) -> None:
    held_on = _working_day(months_after(placement.started_on, 1) + timedelta(days=2))
    with acting(adviser, held_on) as unit:
        note_aftercare(
            unit,
            NoteAftercare(
                placement_id=placement.id,
                month=1,
                spoken_with=list(SpokenWith)[place % len(SpokenWith)],
                at_risk=place % 5 == 1,
                note=SAID[place % len(SAID)],
            ),
        )
        unit.commit()


def _working_day(day: date) -> date:
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
