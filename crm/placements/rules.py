"""Rules of placements: contract forms, why one ends, and weekly hours that change over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum


class ContractForm(StrEnum):
    """On what footing somebody works ("contractvorm")."""

    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    TRIAL = "trial"
    SECONDMENT = "secondment"
    WORK_EXPERIENCE = "work_experience"
    TRAINEE = "trainee"


class EndReason(StrEnum):
    """Why a placement ended; a fixed list, because free words here soon tell of somebody's health."""

    TERM_ENDED = "term_ended"
    OTHER_JOB = "other_job"
    EDUCATION = "education"
    OWN_CHOICE = "own_choice"
    EMPLOYER_CHOICE = "employer_choice"
    NO_WORK_LEFT = "no_work_left"
    NEVER_STARTED = "never_started"
    OTHER = "other"


class PlacementState(StrEnum):
    """Whether somebody is still to start, at work, or gone again."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"


class HoursFault(StrEnum):
    """Why weekly hours cannot change as asked."""

    BEFORE_START = "before_start"
    AFTER_END = "after_end"
    SAME_HOURS = "same_hours"


@dataclass(frozen=True)
class HoursFrom:
    """Hours a week that hold from a day on."""

    from_on: date
    hours: Decimal


NOT_EMPLOYED = frozenset({ContractForm.TRIAL, ContractForm.WORK_EXPERIENCE})
LONGEST_AGO = timedelta(days=20 * 365)
LONGEST_AHEAD = timedelta(days=366)


def hours_on(history: Sequence[HoursFrom], day: date) -> Decimal:
    """Return the hours a week that held on a day; zero before the first."""
    held = [step for step in history if step.from_on <= day]
    return max(held, key=lambda step: step.from_on).hours if held else Decimal(0)


def brings_employer(form: ContractForm) -> bool:
    """Return whether somebody works for the employer for real, so that it is asked into the network.

    A trial placement or work experience is not yet that: the contract that follows it is.
    """
    return form not in NOT_EMPLOYED


def is_running(started_on: date, ended_on: date | None, today: date) -> bool:
    """Return whether somebody is at work on this day."""
    return state_on(started_on, ended_on, today) is PlacementState.RUNNING


def state_on(started_on: date, ended_on: date | None, today: date) -> PlacementState:
    """Return how a placement stands on a day; the first and the last day are days at work."""
    if ended_on is not None and ended_on < today:
        return PlacementState.ENDED
    return PlacementState.PLANNED if today < started_on else PlacementState.RUNNING


def is_overdue(planned_end_on: date | None, ended_on: date | None, today: date) -> bool:
    """Return whether the planned end has passed without anybody saying whether it really ended."""
    return ended_on is None and planned_end_on is not None and planned_end_on < today


def is_plausible(day: date, today: date) -> bool:
    """Return whether a day can belong to a placement: at most 20 years ago, at most one year ahead."""
    return today - LONGEST_AGO <= day <= today + LONGEST_AHEAD


def hours_fault(
    history: Sequence[HoursFrom], started_on: date, ended_on: date | None, asked: HoursFrom
) -> HoursFault | None:
    """Return why hours cannot change as asked, or None; a day that has hours already is corrected."""
    if asked.from_on < started_on:
        return HoursFault.BEFORE_START
    if ended_on is not None and asked.from_on > ended_on:
        return HoursFault.AFTER_END
    if hours_on(history, asked.from_on) == asked.hours:
        return HoursFault.SAME_HOURS
    return None


def moved_start(history: Sequence[HoursFrom], start: date) -> list[HoursFrom] | None:
    """Return the hours with the first moved to another start, or None when a later change is in the way."""
    first, *later = sorted(history, key=lambda step: step.from_on)
    if later and later[0].from_on <= start:
        return None
    return [HoursFrom(start, first.hours), *later]
