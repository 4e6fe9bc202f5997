"""The contracts and efforts that council figures count, as facts for the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select

from crm.accounts.records import User, UserAuthority
from crm.candidates.records import Candidate
from crm.core import clock
from crm.core.access import Role
from crm.core.work import Work
from crm.employers.records import Employer
from crm.placements.records import Placement
from crm.sroi import rulebook
from crm.sroi.figure_commands import FigureFilter
from crm.sroi.queries.register import LISTED
from crm.sroi.records import Contract, Effort, PersonClaim
from crm.sroi.rules import RuleSet
from crm.sroi.rules.figures import Basis, ContractFact, EffortFact
from crm.sroi.rules.questions import is_about_a_person
from crm.sroi.standing import CONFIRMED, standing_of
from crm.sroi.states import EffortState

EXISTING_STAFF = "existing_staff"


def insiders(work: Work) -> list[frozenset[int]]:
    """Return for every officer the authorities whose people they know from their work."""
    wanted = (
        select(UserAuthority.user_id, UserAuthority.authority_id)
        .join(User, col(User.id) == col(UserAuthority.user_id))
        .where(User.role == Role.SROI_OFFICER, col(User.active))
    )
    found: dict[int, set[int]] = defaultdict(set)
    for user_id, authority_id in work.session.exec(wanted):
        found[user_id].add(authority_id)
    return [frozenset(authorities) for authorities in found.values()]


def _in_period(asked: FigureFilter) -> tuple[ColumnElement[bool], ...]:
    day = col(Contract.award_on if asked.basis is Basis.AWARDED else Contract.end_on)
    first, last = date(asked.year, 1, 1), date(asked.year, 12, 31)
    return col(Contract.region_id) == asked.region_id, day >= first, day <= last


def contract_facts(work: Work, asked: FigureFilter) -> list[ContractFact]:
    """Return the contracts of the period, with how each stands today."""
    columns: tuple[Any, ...] = (
        Contract.id,
        Contract.authority_id,
        Contract.state,
        Contract.value_cents,
        Contract.obligation_cents,
        Contract.approved_cents,
        Contract.submitted_cents,
        Contract.start_on,
        Contract.end_on,
        Contract.repair_until,
    )
    wanted: Any = select(*columns).where(*_in_period(asked), col(Contract.state).in_(LISTED))
    today = clock.today()
    found = work.session.exec(wanted)
    return [
        ContractFact(
            authority_id=one.authority_id,
            standing=str(standing.status if (standing := standing_of(one, today)) else one.state),
            confirmed=one.state in CONFIRMED,
            value_cents=one.value_cents,
            imposed_cents=one.obligation_cents,
            realised_cents=one.approved_cents,
            contract_id=one.id,
        )
        for one in found
    ]


def effort_facts(work: Work, asked: FigureFilter) -> list[EffortFact]:
    """Return the approved efforts for people, in the order in which they were booked."""
    counted = (*_in_period(asked), col(Contract.state).in_(CONFIRMED))
    marks = _marks(work, counted)
    tags = col(Effort.facts)["tags"].as_string()
    columns: tuple[Any, ...] = (
        Effort.id,
        Effort.authority_id,
        Effort.employer_id,
        Effort.subject,
        Placement.candidate_id,
        col(Candidate.region_id).label("home"),
        Effort.block,
        Contract.rule_set_id,
        Employer.municipality_id,
        func.coalesce(tags, "").like(f'%"{EXISTING_STAFF}"%').label("existing"),
    )
    wanted: Any = (
        select(*columns)
        .join(Contract, col(Contract.id) == Effort.contract_id)
        .join(Employer, col(Employer.id) == Effort.employer_id)
        .outerjoin(Placement, col(Placement.id) == Effort.placement_id)
        .outerjoin(Candidate, col(Candidate.id) == Placement.candidate_id)
        .where(*counted, Effort.state == EffortState.APPROVED)
        .order_by(col(Effort.id))
    )
    found = work.session.exec(wanted).all()
    rulesets = rulebook.stored(work, {one.rule_set_id for one in found})
    people = [one for one in found if _is_of_a_person(rulesets[one.rule_set_id], one.block)]
    facts = [_fact(one, marks.get(one.id, frozenset()), asked.region_id) for one in people]
    return [fact for fact in facts if fact.keys]


def _is_of_a_person(ruleset: RuleSet, code: str) -> bool:
    """Tell a hire or an intern from a purchase, whose reference is an invoice."""
    return any(block.code == code and is_about_a_person(block) for block in ruleset.blocks)


def _fact(found: Any, marks: frozenset[str], region_id: int) -> EffortFact:
    keys = marks
    if found.candidate_id is not None:
        keys |= {f"candidate {found.candidate_id}"}
    elif not keys and found.subject:
        keys = frozenset({f"{found.employer_id} {found.subject.casefold()}"})
    own = found.candidate_id is not None and found.home == region_id
    return EffortFact(found.authority_id, keys, own, found.municipality_id, bool(found.existing))


def _marks(work: Work, counted: tuple[ColumnElement[bool], ...]) -> Mapping[int, frozenset[str]]:
    wanted = (
        select(PersonClaim.effort_id, PersonClaim.fingerprint)
        .join(Contract, col(Contract.id) == PersonClaim.contract_id)
        .where(*counted)
        .distinct()
    )
    found: dict[int, frozenset[str]] = defaultdict(frozenset)
    for effort_id, fingerprint in work.session.exec(wanted):
        found[effort_id] |= {fingerprint}
    return found
