"""Rows of what employers asked of the desk, and of the vacancies among it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from crm.bench.ground import BUSIEST, BUSY_ONE_IN, Ground, Row, of, sector_of
from crm.needs.rules import (
    Agreement,
    Application,
    NeedKind,
    NeedUrgency,
    Outcome,
    Phase,
    ShiftWork,
    WorkLevel,
)

KINDS = tuple(NeedKind)
LATELY = 60


def needs(ground: Ground) -> Iterator[Row]:
    """Return the needs: two in three ended, and one in twenty of the others waits for a first reaction."""
    for number in range(1, ground.size.needs + 1):
        raised_on, closed_on = _raised_on(ground, number), _closed_on(ground, number)
        holder, waits = ground.holder_of(_employer_of(ground, number)), closed_on is None and number % 20 == 0
        yield of(
            _employer_of(ground, number),
            id=number,
            kind=KINDS[number % len(KINDS)],
            what="Zoekt mensen voor eenvoudig werk naast de vakkrachten.",
            urgency=list(NeedUrgency)[number % len(NeedUrgency)],
            phase=list(Phase)[number % len(Phase)],
            owner_id=holder,
            raised_on=raised_on,
            raised_by_id=holder,
            react_by=raised_on + timedelta(days=2),
            reacted_on=None if waits else raised_on + timedelta(days=1),
            reacted_by_id=None if waits else holder,
            closed_on=closed_on,
            outcome=None if closed_on is None else list(Outcome)[number % len(Outcome)],
            reason="",
            version=1,
        )


def vacancies(ground: Ground) -> Iterator[Row]:
    """Return the vacancy of each need that is one, under the number of its need."""
    for number in range(1, ground.size.needs + 1):
        if KINDS[number % len(KINDS)] is not NeedKind.VACANCY:
            continue
        employer_id = _employer_of(ground, number)
        yield of(
            employer_id,
            id=number,
            need_id=number,
            title=sector_of(employer_id).jobs[0],
            description="Werken in een klein team.",
            work_level=WorkLevel.VMBO,
            agreement=Agreement.REGULAR,
            hours_least=16,
            hours_most=32,
            shift_work=ShiftWork.NO,
            closes_on=_raised_on(ground, number) + timedelta(days=LATELY),
            licences=[],
            apply_by=Application.MAIL,
            open_to_carving=True,
            vum_id=f"bench-{number}",
            version=1,
        )


def _employer_of(ground: Ground, need: int) -> int:
    return BUSIEST if need % (BUSY_ONE_IN // 4) == 0 else 1 + need * 7 % ground.size.employers


def _raised_on(ground: Ground, number: int) -> date:
    return ground.day(number, 11) if number % 3 else ground.day(number, 11, LATELY)


def _closed_on(ground: Ground, number: int) -> date | None:
    later = _raised_on(ground, number) + timedelta(days=30)
    return min(later, ground.today) if number % 3 else None
