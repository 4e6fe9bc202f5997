"""Rules of job carving ("functiecreatie"): stages of a case and what a package adds up to."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum


class Stage(StrEnum):
    """Where a case stands; the order is the order of the work."""

    SIGNAL = "signal"
    ORIENTATION = "orientation"
    COMMITMENT = "commitment"
    ANALYSIS = "analysis"
    PACKAGE = "package"
    DECISION = "decision"
    OPEN_JOB = "open_job"
    FILLED = "filled"
    REVIEW = "review"
    CONSOLIDATED = "consolidated"
    STOPPED = "stopped"


class Releasable(StrEnum):
    """Whether a task can leave the job it is in now."""

    YES = "yes"
    WITH_CHANGE = "with_change"
    NO = "no"


FINISHED = frozenset({Stage.CONSOLIDATED, Stage.STOPPED})


def next_stage(stage: Stage) -> Stage | None:
    """Return the stage that follows, or None at the end."""
    order = [one for one in Stage if one is not Stage.STOPPED]
    if stage in FINISHED:
        return None
    return order[order.index(stage) + 1]


def package_hours(task_hours: Iterable[Decimal]) -> Decimal:
    """Return the hours a week that a package of tasks adds up to."""
    return sum(task_hours, Decimal(0))
