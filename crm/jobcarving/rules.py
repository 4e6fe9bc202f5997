"""Rules of job carving ("functiecreatie"): stages of a case and what a package adds up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
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


class Obstacle(StrEnum):
    """What stands between a case and the stage somebody wants it in."""

    SAME_STAGE = "same_stage"
    NO_REASON = "no_reason"
    NO_PACKAGE = "no_package"
    NOT_FILLED = "not_filled"


@dataclass(frozen=True)
class Readiness:
    """How far a case has come: has it a package, is one of its jobs filled now, was one ever filled."""

    has_package: bool
    is_filled: bool
    was_filled: bool


WORK_ORDER = tuple(stage for stage in Stage if stage is not Stage.STOPPED)
FINISHED = frozenset({Stage.CONSOLIDATED, Stage.STOPPED})
ON_BOARD = tuple(stage for stage in Stage if stage not in FINISHED)


def next_stage(stage: Stage) -> Stage | None:
    """Return the stage that follows, or None at the end."""
    if stage in FINISHED:
        return None
    return WORK_ORDER[WORK_ORDER.index(stage) + 1]


def comes_before(stage: Stage, other: Stage) -> bool:
    """Return whether a stage is earlier in the work than another; a stopped case counts as not begun."""
    return stage is Stage.STOPPED or WORK_ORDER.index(stage) < WORK_ORDER.index(other)


def obstacle(current: Stage, target: Stage, reason: str, ready: Readiness) -> Obstacle | None:
    """Return what forbids a move, or None when the case may go there.

    Forward by one or several stages, back, and out of a finished stage are all allowed. Stopping asks
    for a reason; an employer decides on a package, and a job opens on one; only a placement makes a job
    filled, and what follows asks for a job that was filled once.
    """
    if target is current:
        return Obstacle.SAME_STAGE
    if target is Stage.STOPPED:
        return None if reason.strip() else Obstacle.NO_REASON
    if not comes_before(target, Stage.DECISION) and not ready.has_package:
        return Obstacle.NO_PACKAGE
    filled = ready.is_filled if target is Stage.FILLED else ready.was_filled
    if not comes_before(target, Stage.FILLED) and not filled:
        return Obstacle.NOT_FILLED
    return None


def is_same_task(name: str, other: str) -> bool:
    """Return whether two names of tasks are the same but for capitals and spaces."""
    return "".join(name.split()).casefold() == "".join(other.split()).casefold()


def may_be_packaged(releasable: Releasable, package_id: int | None, into: int | None) -> bool:
    """Return whether a task may go into a package: it can be released, and it is in no other one."""
    return releasable is not Releasable.NO and package_id in {None, into}


def package_hours(task_hours: Iterable[Decimal]) -> Decimal:
    """Return the hours a week that a package of tasks adds up to."""
    return sum(task_hours, Decimal(0))


def days_in_stage(since: date, today: date) -> int:
    """Return how many days a case has been in its stage; zero on the day it came there, and never less.

    A server whose clock was ahead may have dated it tomorrow.
    """
    return max((today - since).days, 0)
