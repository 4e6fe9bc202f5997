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
