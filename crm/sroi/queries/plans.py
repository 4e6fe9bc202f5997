"""Plans of action, for who may see the contract: the current one, the one that holds, and what is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.sroi import plans
from crm.sroi.plan_commands import PlanLineFacts
from crm.sroi.queries.efforts import block_name
from crm.sroi.queries.rows import ContractPage, EffortRow
from crm.sroi.records import Contract, Handover, Plan, PlanLine
from crm.sroi.rules import Bilingual, Explanation, RuleSet
from crm.sroi.rules.plan import (
    CHANGEABLE,
    Beside,
    HandoverStep,
    PlanState,
    side_by_side,
)
from crm.sroi.states import EffortState


@dataclass(frozen=True)
class PlanFor:
    """What lines of a plan are valued by: a contract's rule set and its dates."""

    contract_id: int
    rule_set: RuleSet
    dated: Contract


@dataclass(frozen=True)
class PlanLineRow:
    """A line of a plan; `value_cents` is for all its people together, and why stands in `explanation`.

    `company` is whose line it is, when that is another company with a part; told to staff.
    """

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
    company: str = ""


@dataclass(frozen=True)
class PlanRow:
    """A version of a plan with its lines; names are of those who handed it in and decided on it.

    `total_cents` holds the lines of other companies on their parts too; a contractor does not see those.
    """

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

    @property
    def unseen_cents(self) -> int:
        """What of the total is in lines that are not told: those of other companies on their parts."""
        return self.total_cents - sum(line.value_cents for line in self.lines)


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
    found_with: Any = (Plan, PlanLine, Employer.name, sender.name, decider.name)
    wanted: Any = (
        select(*found_with)
        .outerjoin(PlanLine, col(PlanLine.plan_id) == Plan.id)
        .outerjoin(Employer, col(Employer.id) == PlanLine.employer_id)
        .outerjoin(sender, col(sender.id) == Plan.handed_in_by_id)
        .outerjoin(decider, col(decider.id) == Plan.decided_by_id)
        .where(Plan.contract_id == contract_id)
        .order_by(col(Plan.number).desc(), col(PlanLine.position), col(PlanLine.id))
    )
    found: dict[int, tuple[Plan, str | None, str | None]] = {}
    lines: defaultdict[int, list[PlanLineRow]] = defaultdict(list)
    for plan, line, company, sent, decided in work.session.exec(wanted):
        found[key(plan)] = (plan, sent, decided)
        if line is not None:
            theirs = company if line.employer_id != plan.employer_id else None
            lines[key(plan)].append(line_row(line, ruleset, theirs))
    rows = tuple(_plan_row(*told, lines[plan_id]) for plan_id, told in found.items())
    return PlanPage(rows, tuple(_handovers(work, contract_id)))


def plan_for(contract: ContractPage) -> PlanFor:
    """Return what the lines of a contract's plan are valued by."""
    return PlanFor(contract.row.id, contract.rule_set, _dated(contract))


def preview_plan_line(term: PlanFor, told: PlanLineFacts) -> Explanation:
    """Return what a line would be worth; zero, with what is missing, when it is not complete.

    It asks the database nothing, so that a page with several forms stays as quick.
    """
    return plans.draft_value(told, term.dated, term.rule_set)


def beside_efforts(plan: PlanRow, efforts: Iterable[EffortRow]) -> list[Beside]:
    """Return plan and result of a contract side by side, a row for each block."""
    known = list(efforts)
    return side_by_side(
        [(line.block, line.value_cents) for line in plan.lines],
        [(row.block, row.approved_cents) for row in known if row.state is EffortState.APPROVED],
        [(row.block, row.value_cents) for row in known if row.state is EffortState.SUBMITTED],
    )


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


def line_row(line: PlanLine, ruleset: RuleSet, company: str | None = None) -> PlanLineRow:
    """Return a line of a plan as a row; `company` is as in `PlanLineRow`."""
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
        company=company or "",
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
