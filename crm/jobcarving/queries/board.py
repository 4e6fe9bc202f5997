"""Questions of the board: how many cases stand in each stage, and the cards to show there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import case, func
from sqlmodel import col, select

from crm.core.work import Work
from crm.employers.records import Employer
from crm.jobcarving.queries.cases import CaseRow, cases, row
from crm.jobcarving.records import CarvingCase, CarvingTask
from crm.jobcarving.rules import ON_BOARD, Releasable, Stage

PAGE_SIZE = 50


@dataclass(frozen=True)
class BoardFilter:
    """Which cases to show: of one owner, at employers in one municipality, or all of them."""

    owner_id: int | None = None
    municipality_id: int | None = None


@dataclass(frozen=True)
class StageSum:
    """How many cases stand in a stage, and the hours a week that their tasks release."""

    cases: int
    hours: Decimal


def stage_sums(work: Work, wanted: BoardFilter) -> dict[Stage, StageSum]:
    """Return the sums of every stage that has cases, finished stages too."""
    released = case((col(CarvingTask.releasable) != Releasable.NO, CarvingTask.hours_per_week))
    counted = (
        select(CarvingCase.stage, func.count(func.distinct(CarvingCase.id)), func.sum(released))
        .outerjoin(CarvingTask, col(CarvingTask.case_id) == CarvingCase.id)
        .group_by(CarvingCase.stage)
    )
    found = work.session.exec(_only(counted, wanted))
    return {stage: StageSum(number, Decimal(hours or 0)) for stage, number, hours in found}


def board_cards(work: Work, wanted: BoardFilter, per_stage: int = 8) -> dict[Stage, list[CaseRow]]:
    """Return the cards of each unfinished stage, longest in its stage first, at most `per_stage` of each."""
    place = func.row_number().over(
        partition_by=CarvingCase.stage, order_by=(col(CarvingCase.stage_since), col(CarvingCase.id))
    )
    ranked = _only(
        select(CarvingCase.id, place.label("place")).where(col(CarvingCase.stage).in_(ON_BOARD)), wanted
    ).subquery()
    found = (
        cases()
        .join(ranked, ranked.c.id == CarvingCase.id)
        .where(ranked.c.place <= per_stage)
        .order_by(CarvingCase.stage_since, CarvingCase.id)
    )
    board: dict[Stage, list[CaseRow]] = {}
    for parts in work.session.exec(found):
        board.setdefault(parts[0].stage, []).append(row(*parts))
    return board


def stage_list(work: Work, wanted: BoardFilter, stage: Stage, page: int = 1) -> list[CaseRow]:
    """Return one page of 50 cases of a stage, longest in the stage first."""
    found = (
        _only(cases().where(CarvingCase.stage == stage), wanted, joined=True)
        .order_by(CarvingCase.stage_since, CarvingCase.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [row(*parts) for parts in work.session.exec(found)]


def _only(found: Any, wanted: BoardFilter, joined: bool = False) -> Any:
    if wanted.owner_id is not None:
        found = found.where(CarvingCase.owner_id == wanted.owner_id)
    if wanted.municipality_id is not None:
        if not joined:
            found = found.join(Employer, col(Employer.id) == CarvingCase.employer_id)
        found = found.where(Employer.municipality_id == wanted.municipality_id)
    return found
