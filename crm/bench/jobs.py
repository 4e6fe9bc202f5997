"""Rows of job carving and of placements, each in step with the stage of its case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from crm.bench.ground import REGION, Ground, Row, noon, of, sector_of
from crm.candidates.rules import TargetGroup
from crm.jobcarving.rules import Releasable, Stage
from crm.placements.rules import ContractForm, EndReason

STAGES = tuple(Stage)
PACKAGED = STAGES[STAGES.index(Stage.PACKAGE) : STAGES.index(Stage.STOPPED)]
OPENED = STAGES[STAGES.index(Stage.OPEN_JOB) : STAGES.index(Stage.STOPPED)]
FILLED = STAGES[STAGES.index(Stage.FILLED) : STAGES.index(Stage.STOPPED)]
TASKS = 3


def cases(ground: Ground) -> Iterator[Row]:
    """Return carving cases in every stage, one an employer."""
    for number in range(1, ground.size.cases + 1):
        stopped = _stage(number) is Stage.STOPPED
        yield of(
            number,
            id=number,
            department=sector_of(number).departments[0][0],
            signal="Er blijft werk liggen.",
            effect="",
            stage=_stage(number),
            stage_since=_since(ground, number, len(_passed(number)) - 1),
            stop_reason="Geen ruimte dit jaar." if stopped else None,
            owner_id=ground.holder_of(number),
            opened_on=_since(ground, number, 0),
            version=len(_passed(number)),
        )


def stage_changes(ground: Ground) -> Iterator[Row]:
    """Return when each case came to each of its stages."""
    for number in range(1, ground.size.cases + 1):
        for place, stage in enumerate(_passed(number)):
            stopped = stage is Stage.STOPPED
            yield of(
                number,
                case_id=number,
                stage=stage,
                reason="Geen ruimte dit jaar." if stopped else None,
                changed_at=noon(_since(ground, number, place)),
                changed_by_id=ground.holder_of(number),
            )


def packages(ground: Ground) -> Iterator[Row]:
    """Return the package of each case that came so far, under the number of its case."""
    for number in range(1, ground.size.cases + 1):
        stage = _stage(number)
        if stage in PACKAGED:
            opened = _since(ground, number, STAGES.index(Stage.OPEN_JOB))
            yield of(
                number,
                id=number,
                case_id=number,
                name=sector_of(number).jobs[0],
                opened_on=opened if stage in OPENED else None,
                filled_on=_started_on(ground, number) if _is_filled(ground, number) else None,
                version=1,
            )


def tasks(ground: Ground) -> Iterator[Row]:
    """Return three tasks for each case."""
    for number in range(1, TASKS * ground.size.cases + 1):
        case_id = (number + TASKS - 1) // TASKS
        names = sector_of(case_id).departments[0][1]
        yield of(
            case_id,
            case_id=case_id,
            package_id=case_id if _stage(case_id) in PACKAGED else None,
            name=names[number % len(names)],
            hours_per_week=Decimal(number % 8 + 2),
            current_holder="ervaren collega",
            releasable=Releasable.YES,
            version=1,
        )


def candidates(ground: Ground) -> Iterator[Row]:
    """Return a candidate for each placement."""
    for number in range(1, ground.size.placements + 1):
        yield {
            "id": number,
            "region_id": REGION,
            "reference": reference(number),
            "group": group_of(number),
            "available_hours": Decimal(24),
            "profile": "",
            "registered_on": _started_on(ground, number) - timedelta(days=30),
            "version": 1,
        }


def placements(ground: Ground) -> Iterator[Row]:
    """Return the placements, one an employer, about a third of them still running."""
    for number in range(1, ground.size.placements + 1):
        started_on, ended_on = _started_on(ground, number), _ended_on(ground, number)
        yield of(
            number,
            id=number,
            candidate_id=number,
            candidate_reference=reference(number),
            group=group_of(number),
            job_title=sector_of(number).jobs[0],
            contract_form=ContractForm.TEMPORARY,
            started_on=started_on,
            planned_end_on=started_on + timedelta(days=400),
            ended_on=ended_on,
            end_reason=EndReason.TERM_ENDED if ended_on else None,
            package_id=number if _is_filled(ground, number) else None,
            booked_by_id=ground.holder_of(number),
            hours_changed_at=noon(started_on),
            hours_changes=0,
            version=2 if ended_on else 1,
        )


def hours(ground: Ground) -> Iterator[Row]:
    """Return the weekly hours of each placement, from its start on."""
    for number in range(1, ground.size.placements + 1):
        yield of(number, placement_id=number, from_on=_started_on(ground, number), hours=Decimal(24))


def reference(number: int) -> str:
    """Return by what the candidate of a placement is known."""
    return f"K-{number + 1000}"


def group_of(number: int) -> TargetGroup:
    """Return the target group of the candidate of a placement."""
    return list(TargetGroup)[number % len(TargetGroup)]


def _started_on(ground: Ground, number: int) -> date:
    return ground.day(number, 6)


def _ended_on(ground: Ground, number: int) -> date | None:
    last = _started_on(ground, number) + timedelta(days=400)
    return last if last < ground.today and not _is_filled(ground, number) else None


def _stage(number: int) -> Stage:
    return STAGES[number % len(STAGES)]


def _is_filled(ground: Ground, number: int) -> bool:
    """Return whether the placement of this number fills the package of this number."""
    return number <= min(ground.size.cases, ground.size.placements) and _stage(number) in FILLED


def _passed(number: int) -> tuple[Stage, ...]:
    stage = _stage(number)
    if stage is Stage.STOPPED:
        return Stage.SIGNAL, Stage.STOPPED
    return STAGES[: STAGES.index(stage) + 1]


def _since(ground: Ground, number: int, place: int) -> date:
    """Return when a case came to the stage in this place: nine days after the one before."""
    return ground.day(number, 7) - timedelta(days=9 * (len(_passed(number)) - 1 - place))
