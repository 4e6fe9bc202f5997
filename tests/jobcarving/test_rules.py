"""Stages of a case, and what a package may hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from crm.jobcarving.rules import (
    ON_BOARD,
    Obstacle,
    Readiness,
    Releasable,
    Stage,
    comes_before,
    days_in_stage,
    is_same_task,
    may_be_packaged,
    next_stage,
    obstacle,
    package_hours,
)

NOTHING = Readiness(has_package=False, is_filled=False, was_filled=False)
PACKAGE = Readiness(has_package=True, is_filled=False, was_filled=False)
FILLED = Readiness(has_package=True, is_filled=True, was_filled=True)
VACANT_AGAIN = Readiness(has_package=True, is_filled=False, was_filled=True)


@pytest.mark.parametrize(
    ("stage", "follows"),
    [
        (Stage.SIGNAL, Stage.ORIENTATION),
        (Stage.DECISION, Stage.OPEN_JOB),
        (Stage.REVIEW, Stage.CONSOLIDATED),
        (Stage.CONSOLIDATED, None),
        (Stage.STOPPED, None),
    ],
)
def test_what_follows_a_stage(stage: Stage, follows: Stage | None) -> None:
    assert next_stage(stage) is follows


def test_the_board_shows_the_nine_stages_of_unfinished_work() -> None:
    assert len(ON_BOARD) == 9
    assert Stage.CONSOLIDATED not in ON_BOARD
    assert Stage.STOPPED not in ON_BOARD


def test_a_stopped_case_counts_as_not_begun() -> None:
    assert comes_before(Stage.STOPPED, Stage.SIGNAL)
    assert comes_before(Stage.SIGNAL, Stage.ORIENTATION)
    assert not comes_before(Stage.ORIENTATION, Stage.ORIENTATION)


@pytest.mark.parametrize(
    ("current", "target", "reason", "ready", "found"),
    [
        (Stage.SIGNAL, Stage.ORIENTATION, "", NOTHING, None),
        (Stage.SIGNAL, Stage.PACKAGE, "", NOTHING, None),
        (Stage.PACKAGE, Stage.DECISION, "", NOTHING, Obstacle.NO_PACKAGE),
        (Stage.PACKAGE, Stage.DECISION, "", PACKAGE, None),
        (Stage.ANALYSIS, Stage.SIGNAL, "", NOTHING, None),
        (Stage.STOPPED, Stage.ANALYSIS, "", NOTHING, None),
        (Stage.CONSOLIDATED, Stage.REVIEW, "", FILLED, None),
        (Stage.SIGNAL, Stage.SIGNAL, "", NOTHING, Obstacle.SAME_STAGE),
        (Stage.SIGNAL, Stage.STOPPED, "Werkgever wil niet", NOTHING, None),
        (Stage.SIGNAL, Stage.STOPPED, "  ", NOTHING, Obstacle.NO_REASON),
        (Stage.DECISION, Stage.OPEN_JOB, "", NOTHING, Obstacle.NO_PACKAGE),
        (Stage.DECISION, Stage.OPEN_JOB, "", PACKAGE, None),
        (Stage.OPEN_JOB, Stage.FILLED, "", PACKAGE, Obstacle.NOT_FILLED),
        (Stage.SIGNAL, Stage.REVIEW, "", PACKAGE, Obstacle.NOT_FILLED),
        (Stage.REVIEW, Stage.FILLED, "", FILLED, None),
        (Stage.OPEN_JOB, Stage.FILLED, "", VACANT_AGAIN, Obstacle.NOT_FILLED),
        (Stage.FILLED, Stage.REVIEW, "", VACANT_AGAIN, None),
    ],
)
def test_what_stands_between_a_case_and_a_stage(
    current: Stage, target: Stage, reason: str, ready: Readiness, found: Obstacle | None
) -> None:
    assert obstacle(current, target, reason, ready) is found


@pytest.mark.parametrize(
    ("releasable", "in_package", "fits"),
    [
        (Releasable.YES, None, True),
        (Releasable.WITH_CHANGE, None, True),
        (Releasable.YES, 7, True),
        (Releasable.YES, 8, False),
        (Releasable.NO, None, False),
    ],
)
def test_a_package_takes_releasable_tasks_that_are_in_no_other(
    releasable: Releasable, in_package: int | None, fits: bool
) -> None:
    assert may_be_packaged(releasable, in_package, 7) is fits


@pytest.mark.parametrize(
    ("other", "same"), [("Afwassen", True), (" afWassen ", True), ("Af wassen", True), ("Spoelen", False)]
)
def test_a_task_is_the_same_whatever_its_capitals_and_spaces(other: str, same: bool) -> None:
    assert is_same_task("Afwassen", other) is same


def test_the_hours_of_a_package_are_the_sum_of_its_tasks() -> None:
    assert package_hours([Decimal("4.5"), Decimal("3.25"), Decimal("10")]) == Decimal("17.75")
    assert package_hours([]) == 0


def test_days_in_a_stage_count_from_zero() -> None:
    assert days_in_stage(date(2026, 11, 24), date(2026, 11, 24)) == 0
    assert days_in_stage(date(2026, 11, 15), date(2026, 11, 24)) == 9
    assert days_in_stage(date(2026, 11, 25), date(2026, 11, 24)) == 0
