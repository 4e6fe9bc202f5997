"""What an employer sees of its own contracts, and asks about them; amounts in whole cents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.placements.records import Placement, WeeklyHours
from crm.placements.rules import ContractForm
from crm.sroi import rulebook
from crm.sroi.commands import HoursFrom
from crm.sroi.queries.contracts import contract_page
from crm.sroi.queries.efforts import effort, evidence_of_effort
from crm.sroi.queries.life import contract_life
from crm.sroi.queries.parts import contract_for_efforts
from crm.sroi.queries.planning import current_plan
from crm.sroi.queries.rows import ContractPage, ContractRow, EffortRow, EvidenceRow
from crm.sroi.queries.statements import current_statement
from crm.sroi.records import Effort, RuleSetVersion
from crm.sroi.rules import Block, RuleSet, add_months
from crm.sroi.rules.life import Clock
from crm.sroi.rules.plan import PlanState
from crm.sroi.standing import CONFIRMED, OPEN, last_day
from crm.sroi.states import ContractState, EffortState

MOST_PLACEMENTS = 20
A_YEAR = 12


@dataclass(frozen=True)
class Contact:
    """The officer to call about a contract."""

    name: str
    phone: str | None
    email: str


@dataclass(frozen=True)
class CountablePlacement:
    """A placement with days that no effort counts yet, and the block it would count under.

    `start` to `end` are those days: up to its end, or a year of them when no end was agreed.
    """

    id: int
    reference: str
    job_title: str
    block: Block
    start: date
    end: date
    hours: tuple[HoursFrom, ...]
    permanent: bool


@dataclass(frozen=True)
class PlanNow:
    """Where the newest version of a plan is, and why it came back if it did."""

    number: int
    state: PlanState
    reason: str


@dataclass(frozen=True)
class PortalContract:
    """A contract as its contractor sees it; `contact` is None while no officer took it on.

    `statement_id` is the current final statement, once the contract is settled. `clocks` are what was and is
    due, `plan` the newest version of the plan; both are read for what to do now alone.
    """

    page: ContractPage
    contact: Contact | None = None
    placements: tuple[CountablePlacement, ...] = ()
    statement_id: int | None = None
    clocks: tuple[Clock, ...] = ()
    plan: PlanNow | None = None

    @property
    def is_open(self) -> bool:
        """Whether efforts can be handed in."""
        return self.page.row.state in OPEN


@dataclass(frozen=True)
class PortalEffort:
    """An effort with its evidence, and the contract that it belongs to."""

    row: EffortRow
    evidence: tuple[EvidenceRow, ...]
    employer: str
    contract_title: str
    rule_set: RuleSet
    contract_is_open: bool


def portal_contract(work: Work, contract_id: int) -> PortalContract:
    """Return a confirmed contract; raises `NotFound` when it is not confirmed or not the actor's."""
    page = contract_page(work, contract_id)
    if page.row.state not in CONFIRMED:
        raise NotFound()
    settled = page.row.state is ContractState.SETTLED
    return PortalContract(page, statement_id=current_statement(work, contract_id) if settled else None)


def with_contact(contract: PortalContract) -> PortalContract:
    """Return the contract with whom to call about it; it asks the database nothing."""
    page = contract.page
    if page.officer is None or page.officer_email is None:
        return contract
    return replace(contract, contact=Contact(page.officer, page.officer_phone, page.officer_email))


def with_placements(work: Work, contract: PortalContract) -> PortalContract:
    """Return the contract with the placements that could count on it; a closed one has none."""
    if not contract.is_open:
        return contract
    return replace(contract, placements=tuple(_countable(work, contract.page)))


def with_tasks(work: Work, contract: PortalContract) -> PortalContract:
    """Return the contract with what is due and how its plan stands; for a closed one neither."""
    if not contract.is_open:
        return contract
    plan = current_plan(work, contract.page.row.id)
    return replace(
        contract,
        clocks=contract_life(work, contract.page).clocks,
        plan=None if plan is None else PlanNow(plan.number, plan.state, plan.reason or ""),
    )


def portal_effort(work: Work, effort_id: int) -> PortalEffort:
    """Return an effort with its evidence; raises `NotFound` when it is not the actor's."""
    # Held here, so that the questions below find them without asking the database again.
    found = work.get(Effort, effort_id)
    contract, part = contract_for_efforts(work, found.contract_id)
    version = work.get(RuleSetVersion, contract.rule_set_id)
    return PortalEffort(
        row=effort(work, effort_id),
        evidence=tuple(evidence_of_effort(work, effort_id)),
        employer=work.get(Employer, found.employer_id).name,
        contract_title=part.title if part else contract.title,
        rule_set=rulebook.read(version),
        contract_is_open=contract.state in OPEN and (part is None or part.holds),
    )


def own_name(work: Work) -> str:
    """Return the name of the employer that a portal user belongs to."""
    return work.get(Employer, work.actor.employer_id or 0).name


def _countable(work: Work, page: ContractPage) -> list[CountablePlacement]:
    blocks = {group: block for block in reversed(page.rule_set.blocks) for group in block.groups}
    found = [
        (placement, counted_until)
        for placement, counted_until in _placements(work, page.row)
        if placement.group in blocks
    ]
    hours = _hours(work, [key(placement) for placement, _ in found])
    offers = (
        _offer(placement, counted_until, page.row, blocks[placement.group], hours)
        for placement, counted_until in found
    )
    return [offer for offer in offers if offer is not None]


def _placements(work: Work, contract: ContractRow) -> Iterable[tuple[Placement, date | None]]:
    counted_until = (
        select(func.max(Effort.ends_on))
        .where(Effort.placement_id == Placement.id, col(Effort.state) != EffortState.WITHDRAWN)
        .correlate(Placement)
        .scalar_subquery()
    )
    wanted: Any = (
        select(Placement, counted_until)
        .where(
            Placement.employer_id == contract.employer_id,
            Placement.started_on <= last_day(contract),
            func.coalesce(Placement.ended_on, contract.end_on) >= contract.start_on,
        )
        .order_by(col(Placement.started_on), col(Placement.id))
        .limit(MOST_PLACEMENTS)
    )
    found: Iterable[tuple[Placement, date | None]] = work.session.exec(wanted)
    return found


def _hours(work: Work, placement_ids: list[int]) -> dict[int, tuple[HoursFrom, ...]]:
    if not placement_ids:
        return {}
    history = select(WeeklyHours).where(col(WeeklyHours.placement_id).in_(placement_ids))
    found: dict[int, tuple[HoursFrom, ...]] = {}
    for step in work.session.exec(history.order_by(col(WeeklyHours.from_on))):
        before = found.get(step.placement_id, ())
        found[step.placement_id] = (*before, HoursFrom(start=step.from_on, hours=step.hours))
    return found


def _offer(
    placement: Placement,
    counted_until: date | None,
    contract: ContractRow,
    block: Block,
    hours: dict[int, tuple[HoursFrom, ...]],
) -> CountablePlacement | None:
    start = placement.started_on
    if counted_until is not None and counted_until >= start:
        start = counted_until + timedelta(days=1)
    a_year = add_months(start, A_YEAR) - timedelta(days=1)
    end = min(placement.ended_on or placement.planned_end_on or a_year, last_day(contract))
    if end < start:
        return None
    return CountablePlacement(
        id=key(placement),
        reference=placement.candidate_reference,
        job_title=placement.job_title,
        block=block,
        start=start,
        end=end,
        hours=hours.get(key(placement), ()),
        permanent=placement.contract_form is ContractForm.PERMANENT,
    )
