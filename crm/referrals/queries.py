"""What memberships and referrals have led to, from who brought or pointed whom to approved SROI value."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, literal, union_all
from sqlmodel import col, select

from crm.core.work import Work
from crm.jobcarving.records import CarvingCase
from crm.needs.records import Need, Vacancy
from crm.network.queries import names_of
from crm.network.queries.whole import network
from crm.network.records import Membership, Tie
from crm.network.records_parties import PartyTie
from crm.network.rules import PartyTieKind, TieKind
from crm.placements.records import Placement
from crm.proposals.records import Proposal
from crm.referrals.rules import Harvest, Outcome, OutcomeKind, Referral, harvests
from crm.sroi.records import Effort

MOST = 50


@dataclass(frozen=True)
class HarvestRow:
    """A party by name, and what its referrals led to."""

    name: str
    harvest: Harvest


def harvest(work: Work) -> list[HarvestRow]:
    """Return what everybody's referrals led to, the fifty most valuable; at most ten minutes old."""
    found = network(work).once(("harvest", work.scope), lambda: _harvests(work))
    names = names_of(work, [one.by_id for one in found])
    return [HarvestRow(names[one.by_id], one) for one in found if one.by_id in names]


def _harvests(work: Work) -> list[Harvest]:
    referrals = list(_referrals(work))
    employers = {referral.to_id for referral in referrals}
    return harvests(referrals, _outcomes(work, employers))[:MOST]


def _referrals(work: Work) -> Iterator[Referral]:
    pointed = _columns(Tie.employer_id, Tie.other_employer_id, Tie.since).where(
        col(Tie.kind) == TieKind.REFERRAL
    )
    for by_id, to_id, since in work.session.exec(pointed):
        yield Referral(by_id, to_id, since)
    brought = _columns(Membership.introduced_by_employer_id, Membership.employer_id, Membership.joined_on)
    for introducer_id, to_id, since in work.session.exec(brought):
        if introducer_id is not None:
            yield Referral(introducer_id, to_id, since)
    by_party = _columns(PartyTie.party_id, PartyTie.tied_employer_id, PartyTie.since).where(
        col(PartyTie.kind) == PartyTieKind.POINTED_TO
    )
    for party_id, employer_id, since in work.session.exec(by_party):
        if employer_id is not None:
            yield Referral(-party_id, employer_id, since)


def _outcomes(work: Work, employers: Collection[int]) -> Iterator[Outcome]:
    for kind, employer_id, day in work.session.execute(_begun()):
        if employer_id in employers:
            yield Outcome(OutcomeKind(kind), employer_id, day)
    value = func.coalesce(func.sum(Effort.approved_cents), 0)
    placed: Any = (
        _columns(Placement.employer_id, Placement.started_on, value)
        .outerjoin(Effort, col(Effort.placement_id) == Placement.id)
        .group_by(col(Placement.id), col(Placement.employer_id), col(Placement.started_on))
    )
    for employer_id, day, cents in work.session.exec(placed):
        if employer_id in employers:
            yield Outcome(OutcomeKind.PLACEMENT, employer_id, day, int(cents))


def _begun() -> Any:
    """Ask in one question for vacancies, carving cases and proposals: of which employer, and since when."""
    parts = (
        _columns(literal(str(OutcomeKind.VACANCY)), Need.employer_id, Need.raised_on).join(
            Vacancy, col(Vacancy.need_id) == Need.id
        ),
        _columns(literal(str(OutcomeKind.CASE)), CarvingCase.employer_id, CarvingCase.opened_on),
        _columns(literal(str(OutcomeKind.PROPOSAL)), Proposal.employer_id, Proposal.proposed_on),
    )
    return union_all(*(select(part.subquery()) for part in parts))


def _columns(*columns: Any) -> Any:
    return select(*columns)
