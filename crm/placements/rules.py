"""Rules of placements: contract forms and weekly hours that change over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True)
class HoursFrom:
    """Hours a week that hold from a day on."""

    from_on: date
    hours: Decimal


def hours_on(history: Sequence[HoursFrom], day: date) -> Decimal:
    """Return the hours a week that held on a day; zero before the first."""
    held = [step for step in history if step.from_on <= day]
    return max(held, key=lambda step: step.from_on).hours if held else Decimal(0)


def is_running(started_on: date, ended_on: date | None, today: date) -> bool:
    """Return whether somebody is at work on this day."""
    return started_on <= today and (ended_on is None or ended_on >= today)
