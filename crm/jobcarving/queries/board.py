"""Questions of the board: how many cases stand in each stage, and the cards to show there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from crm.core.work import Work
from crm.employers.queries.finding import holds
from crm.employers.records import Employer
from crm.employers.rules import folded
from crm.jobcarving.queries.cases import CaseRow, cases, row
from crm.jobcarving.records import CarvingCase, CarvingTask
from crm.jobcarving.rules import ON_BOARD, Releasable, Stage

PAGE_SIZE = 50
MOST_WALKED = 1000


@dataclass(frozen=True)
class BoardFilter:
    """Which cases to show: of one owner, at employers in one municipality, or all of them."""

    owner_id: int | None = None
    municipality_id: int | None = None
    text: str = ""


@dataclass(frozen=True)
class StageSum:
    """How many cases stand in a stage, and the hours a week that their tasks release."""

    cases: int
    hours: Decimal


def case_ids(work: Work, wanted: BoardFilter, stage: Stage | None = None) -> list[int]:
    """Return the ids of the cases of a stage, or of the whole board, as they stand there; at most 1,000."""
    stages = ON_BOARD if stage is None else (stage,)
    found = _only(work, select(CarvingCase.id, CarvingCase.stage), wanted)
    found = found.where(col(CarvingCase.stage).in_(stages))
    found = found.order_by(CarvingCase.stage_since, CarvingCase.id).limit(MOST_WALKED)
    rows = [(stages.index(at), int(case_id or 0)) for case_id, at in work.session.exec(found)]
    return [case_id for _place, case_id in sorted(rows, key=lambda row: row[0])]


def stage_sums(work: Work, wanted: BoardFilter) -> dict[Stage, StageSum]:
    """Return the sums of every stage that has cases; hours of unfinished stages only."""
    counted = _only(work, select(CarvingCase.stage, func.count()).group_by(CarvingCase.stage), wanted)
    released = (
        select(CarvingCase.stage, func.sum(CarvingTask.hours_per_week))
        .join(CarvingTask, col(CarvingTask.case_id) == CarvingCase.id)
        .where(col(CarvingCase.stage).in_(ON_BOARD), CarvingTask.releasable != Releasable.NO)
        .group_by(CarvingCase.stage)
    )
    hours = dict(work.session.exec(_only(work, released, wanted)).all())
    return {
        stage: StageSum(number, hours.get(stage, Decimal(0))) for stage, number in work.session.exec(counted)
    }


def board_cards(work: Work, wanted: BoardFilter, per_stage: int = 8) -> dict[Stage, list[CaseRow]]:
    """Return the cards of each unfinished stage, longest in its stage first, at most `per_stage` of each."""
    place = func.row_number().over(
        partition_by=CarvingCase.stage, order_by=(col(CarvingCase.stage_since), col(CarvingCase.id))
    )
    ranked = _only(
        work,
        select(CarvingCase.id, place.label("place")).where(col(CarvingCase.stage).in_(ON_BOARD)),
        wanted,
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
        _only(work, cases().where(CarvingCase.stage == stage), wanted, joined=True)
        .order_by(CarvingCase.stage_since, CarvingCase.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [row(*parts) for parts in work.session.exec(found)]


def _only(work: Work, found: Any, wanted: BoardFilter, joined: bool = False) -> Any:
    typed = folded(wanted.text)
    if wanted.owner_id is not None:
        found = found.where(CarvingCase.owner_id == wanted.owner_id)
    if (wanted.municipality_id is not None or typed) and not joined:
        found = found.join(Employer, col(Employer.id) == CarvingCase.employer_id)
    if wanted.municipality_id is not None:
        found = found.where(Employer.municipality_id == wanted.municipality_id)
    if typed:
        found = found.where(holds(work, typed))
    return found
