"""Makes candidates and placements for tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from crm.accounts.records import User
from crm.candidates.records import Candidate
from crm.candidates.rules import TargetGroup
from crm.core import clock
from crm.core.records import key
from crm.employers.records import Employer
from crm.placements.records import Placement, WeeklyHours
from crm.placements.rules import ContractForm
from tests.candidates.factories import make_candidate
from tests.factories import save


def make_placement(
    employer: Employer,
    booked_by: User,
    candidate: Candidate | None = None,
    started_on: date = date(2026, 9, 1),
    hours: str = "24",
    **values: Any,
) -> Placement:
    """Make a placement with the hours a week of its start."""
    candidate = candidate or make_candidate(employer.region_id)
    belongs = {"region_id": employer.region_id, "employer_id": key(employer)}
    values = {
        "group": TargetGroup.PARTICIPATION_ACT,
        "job_title": "Keukenhulp",
        "contract_form": ContractForm.TEMPORARY,
        "hours_changed_at": clock.now(),
        **values,
    }
    placement = save(
        Placement(
            **belongs,
            candidate_id=key(candidate),
            candidate_reference=candidate.reference,
            started_on=started_on,
            booked_by_id=key(booked_by),
            **values,
        )
    )
    make_hours(placement, started_on, hours)
    return placement


def make_hours(placement: Placement, from_on: date, hours: str) -> WeeklyHours:
    """Make hours a week that hold from a day on."""
    return save(
        WeeklyHours(
            region_id=placement.region_id,
            employer_id=placement.employer_id,
            placement_id=key(placement),
            from_on=from_on,
            hours=Decimal(hours),
        )
    )
