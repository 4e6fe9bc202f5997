"""Plans of action, for who may see the contract: the current one, the one that holds, and what is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.records import key
from crm.core.work import Work
from crm.sroi import plans, rulebook
from crm.sroi.plan_commands import PlanLineFacts
from crm.sroi.queries import planning
from crm.sroi.queries.efforts import block_name
from crm.sroi.queries.rows import ContractPage, EffortRow
from crm.sroi.records import Contract, Effort, Handover, Plan, PlanLine
from crm.sroi.rules import Bilingual, Explanation, FactsError, RuleSet
from crm.sroi.rules.plan import (
    CHANGEABLE,
    Begun,
    Beside,
    HandoverStep,
    OpenPlanLine,
    Planned,
    PlanState,
    open_lines,
    side_by_side,
)
from crm.sroi.rules.questions import is_about_a_person
from crm.sroi.states import EffortState

OF_BEGUN = ("block", "value_cents", "placement_id", "subject", "ends_on")
COUNTING = (EffortState.SUBMITTED, EffortState.APPROVED)


@dataclass(frozen=True)
class PlanLineRow:
    """A line of a plan; `value_cents` is for all its people together, and why stands in `explanation`."""

    id: int
    block: str
    block_name: Bilingual
    people: int
    activity: str
    starts_on: date | None
    ends_on: date | None
    facts: dict[str, Any]
    value_cents: int
    explanation: Explanation


@dataclass(frozen=True)
class PlanRow:
    """A version of a plan with its lines; names are of those who handed it in and decided on it."""

    id: int
    version: int
    number: int
    state: PlanState
    total_cents: int
    handed_in_at: datetime | None
    handed_in_by: str | None
    decided_at: datetime | None
    decided_by: str | None
    reason: str | None
    lines: tuple[PlanLineRow, ...]

    @property
    def is_changeable(self) -> bool:
        """Whether its lines can be changed."""
        return self.state in CHANGEABLE


@dataclass(frozen=True)
class HandoverRow:
    """Who held the promise from when, and whether that person took it over; `noted_by` wrote it down."""

    id: int
    version: int
    step: HandoverStep
    name: str
    function: str
    note: str
    handed_on: date
    noted_by: str | None
    confirmed_on: date | None


@dataclass(frozen=True)
class PlanPage:
    """All versions of a contract's plan, the newest first, and its way from the bid to the site."""

    versions: tuple[PlanRow, ...]
    handovers: tuple[HandoverRow, ...]

    @property
    def current(self) -> PlanRow | None:
        """The newest version, in whatever state."""
        return self.versions[0] if self.versions else None

    @property
    def holding(self) -> PlanRow | None:
        """The newest version that was accepted: what was agreed."""
        return next((plan for plan in self.versions if plan.state is PlanState.ACCEPTED), None)


def plan_page(work: Work, contract_id: int, ruleset: RuleSet) -> PlanPage:
    """Return the plan of a contract with all its versions, in two queries however many there are."""
    sender, decider = aliased(User), aliased(User)
    wanted = (
        select(Plan, PlanLine, sender.name, decider.name)
        .outerjoin(PlanLine, col(PlanLine.plan_id) == Plan.id)
        .outerjoin(sender, col(sender.id) == Plan.handed_in_by_id)
        .outerjoin(decider, col(decider.id) == Plan.decided_by_id)
        .where(Plan.contract_id == contract_id)
        .order_by(col(Plan.number).desc(), col(PlanLine.position), col(PlanLine.id))
    )
    found: dict[int, tuple[Plan, str | None, str | None]] = {}
    lines: defaultdict[int, list[PlanLineRow]] = defaultdict(list)
    for plan, line, sent, decided in work.session.exec(wanted):
        found[key(plan)] = (plan, sent, decided)
        if line is not None:
            lines[key(plan)].append(_line_row(line, ruleset))
    rows = tuple(_plan_row(*told, lines[plan_id]) for plan_id, told in found.items())
    return PlanPage(rows, tuple(_handovers(work, contract_id)))


def preview_plan_line(contract: ContractPage, told: PlanLineFacts) -> Explanation:
    """Return what a line would be worth; zero, with what is missing, when it is not complete.

    It asks the database nothing, so that a page with several forms stays as quick.
    """
    return plans.draft_value(told, _dated(contract), contract.rule_set)


def beside_efforts(plan: PlanRow, efforts: Iterable[EffortRow]) -> list[Beside]:
    """Return plan and result of a contract side by side, a row for each block."""
    known = list(efforts)
    return side_by_side(
        [(line.block, line.value_cents) for line in plan.lines],
        [(row.block, row.approved_cents) for row in known if row.state is EffortState.APPROVED],
        [(row.block, row.value_cents) for row in known if row.state is EffortState.SUBMITTED],
    )


def open_plan_lines(work: Work, contract_id: int) -> list[OpenPlanLine]:
    """Return what of a contract's plan nothing was handed in for yet, in the order it was to start.

    Of the newest accepted plan, or while none was accepted of the newest one that was handed in; a draft
    promises nothing. Efforts that were handed in or approved count as begun (see `rules.plan.open_lines`),
    those of one placement or one reference as of one person. A line whose period has gone by stays in:
    whoever projects it decides what of it can still happen. Raises `NotFound` for a contract of others.
    """
    contract = work.get(Contract, contract_id)
    plan = _promised(work, contract_id)
    if plan is None:
        return []
    ruleset = rulebook.of_contract(work, contract)
    planned = [_planned(line, ruleset) for line in planning.lines_of(work, key(plan))]
    begun: Any = sa_select(*(col(getattr(Effort, name)) for name in OF_BEGUN))
    counting = begun.where(Effort.contract_id == contract_id, col(Effort.state).in_(COUNTING))
    found = work.session.execute(counting.order_by(col(Effort.starts_on), col(Effort.id)))
    return open_lines(planned, [begun_effort(*row, goes_on=row[2] is not None) for row in found])


def promised_lines(work: Work, contracts: Mapping[int, RuleSet]) -> dict[int, list[Planned]]:
    """Return the plan lines that each contract promises, by its id, in one query for all of them.

    `contracts` are their ids with their rule sets; which plan holds is as in `open_plan_lines`.
    """
    sent = select(Plan, PlanLine).join(PlanLine, col(PlanLine.plan_id) == Plan.id)
    states = (PlanState.ACCEPTED, PlanState.HANDED_IN)
    sent = sent.where(col(Plan.contract_id).in_(contracts), col(Plan.state).in_(states))
    found: dict[tuple[int, bool, int], list[Planned]] = {}
    for plan, line in work.session.exec(sent.order_by(col(PlanLine.position), col(PlanLine.id))):
        place = (plan.contract_id, plan.state is PlanState.ACCEPTED, plan.number)
        found.setdefault(place, []).append(_planned(line, contracts[plan.contract_id]))
    # The last one of a contract holds: accepted after handed in, and newer after older.
    return {place[0]: found[place] for place in sorted(found)}


def _promised(work: Work, contract_id: int) -> Plan | None:
    sent = select(Plan).where(
        Plan.contract_id == contract_id, col(Plan.state).in_((PlanState.ACCEPTED, PlanState.HANDED_IN))
    )
    found = work.session.exec(sent.order_by(col(Plan.number).desc())).all()
    accepted = (plan for plan in found if plan.state is PlanState.ACCEPTED)
    return next(accepted, found[0] if found else None)


def _planned(line: PlanLine, ruleset: RuleSet) -> Planned:
    return Planned(
        line.block,
        line.people,
        line.starts_on,
        plans.valued_until(line),
        line.value_cents,
        _is_personal(ruleset, line.block),
        frozenset(line.facts.get("tags", ())),
    )


def _is_personal(ruleset: RuleSet, code: str) -> bool:
    try:
        return is_about_a_person(ruleset.block(code))
    except FactsError:
        return False


def _dated(contract: ContractPage) -> Contract:
    # Never written: it only carries the dates that a value can depend on.
    row = contract.row
    dates: dict[str, Any] = {
        "award_on": row.award_on,
        "start_on": row.start_on,
        "end_on": row.end_on,
        "published_on": contract.published_on,
        "repair_until": row.repair_until,
        "state": row.state,
    }
    return Contract(**dates)


def begun_effort(
    block: str, value_cents: int, placement_id: int | None, subject: str, until: date | None, *, goes_on: bool
) -> Begun:
    """Return an effort as something that began, with what tells its person from others; see `Begun`."""
    who = f"placement {placement_id}" if placement_id is not None else subject or None
    return Begun(block, value_cents, who, until, goes_on)


def _line_row(line: PlanLine, ruleset: RuleSet) -> PlanLineRow:
    return PlanLineRow(
        id=key(line),
        block=line.block,
        block_name=block_name(ruleset, line.block),
        people=line.people,
        activity=line.activity,
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        facts=line.facts,
        value_cents=line.value_cents,
        explanation=Explanation.from_json(line.explanation),
    )


def _plan_row(plan: Plan, sent: str | None, decided: str | None, lines: list[PlanLineRow]) -> PlanRow:
    return PlanRow(
        id=key(plan),
        version=plan.version,
        number=plan.number,
        state=plan.state,
        total_cents=plan.total_cents,
        handed_in_at=plan.handed_in_at,
        handed_in_by=sent,
        decided_at=plan.decided_at,
        decided_by=decided,
        reason=plan.reason,
        lines=tuple(lines),
    )


def _handovers(work: Work, contract_id: int) -> Iterable[HandoverRow]:
    wanted = (
        select(Handover, User.name)
        .outerjoin(User, col(User.id) == Handover.noted_by_id)
        .where(Handover.contract_id == contract_id)
        .order_by(col(Handover.handed_on), col(Handover.id))
    )
    for found, noted_by in work.session.exec(wanted):
        yield HandoverRow(
            id=key(found),
            version=found.version,
            step=found.step,
            name=found.name,
            function=found.function,
            note=found.note,
            handed_on=found.handed_on,
            noted_by=noted_by,
            confirmed_on=found.confirmed_on,
        )
