"""What a plan promises and has not started yet, of the contractor and of companies with a part alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select as sa_select
from sqlmodel import col, select

from crm.core.records import key
from crm.core.work import Work
from crm.sroi import plans, rulebook
from crm.sroi.queries import planning
from crm.sroi.queries.parts import whole_contract
from crm.sroi.records import Contract, Effort, Plan, PlanLine
from crm.sroi.rules import FactsError, RuleSet
from crm.sroi.rules.plan import Begun, OpenPlanLine, Planned, PlanState, open_lines
from crm.sroi.rules.questions import is_about_a_person
from crm.sroi.states import EffortState

OF_BEGUN = ("block", "value_cents", "placement_id", "subject", "ends_on")
COUNTING = (EffortState.SUBMITTED, EffortState.APPROVED)


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
    with whole_contract(work):
        rows = work.session.exec(sent.order_by(col(PlanLine.position), col(PlanLine.id))).all()
    for plan, line in rows:
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


def begun_effort(
    block: str, value_cents: int, placement_id: int | None, subject: str, until: date | None, *, goes_on: bool
) -> Begun:
    """Return an effort as something that began, with what tells its person from others; see `Begun`."""
    who = f"placement {placement_id}" if placement_id is not None else subject or None
    return Begun(block, value_cents, who, until, goes_on)
