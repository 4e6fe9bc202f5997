"""Makes needs and vacancies for tests."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from crm.accounts.records import User
from crm.core.records import key
from crm.employers.records import Employer
from crm.needs.records import Need, Vacancy
from crm.needs.rules import Agreement, Application, NeedKind, NeedUrgency, Phase, ShiftWork, WorkLevel
from tests.factories import TODAY, save


def make_need(employer: Employer, owner: User, react_by: date = TODAY, **values: Any) -> Need:
    """Make an open need that waits for a first reaction."""
    values = {
        "kind": NeedKind.VACANCY,
        "what": "Twee magazijnmedewerkers gezocht",
        "urgency": NeedUrgency.NORMAL,
        "phase": Phase.WEIGHING,
        "raised_on": date(2026, 11, 20),
        "raised_by_id": key(owner),
        **values,
    }
    belongs = {"region_id": employer.region_id, "employer_id": key(employer)}
    return save(Need(**belongs, owner_id=key(owner), react_by=react_by, **values))


def make_vacancy(need: Need, **values: Any) -> Vacancy:
    """Describe the vacancy of a need."""
    values = {
        "title": "Magazijnmedewerker",
        "description": "Spiegelen en aanvullen",
        "work_level": WorkLevel.VMBO,
        "agreement": Agreement.REGULAR,
        "hours_least": 24,
        "hours_most": 32,
        "shift_work": ShiftWork.UNKNOWN,
        "licences": [],
        "apply_by": Application.PHONE,
        "vum_id": str(uuid.uuid4()),
        **values,
    }
    belongs = {"region_id": need.region_id, "employer_id": need.employer_id}
    return save(Vacancy(**belongs, need_id=key(need), **values))
