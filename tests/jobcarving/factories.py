"""Makes carving cases for tests, with tasks and packages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crm.accounts.records import User
from crm.core.records import key
from crm.employers.records import Employer
from crm.jobcarving.records import CarvingCase, CarvingPackage, CarvingTask
from tests.factories import TODAY, save


def make_case(employer: Employer, owner: User, **values: Any) -> CarvingCase:
    """Make a case, a signal of today unless told otherwise."""
    values = {"department": "Keuken", "stage_since": TODAY, "opened_on": TODAY, **values}
    belongs = {"region_id": employer.region_id, "employer_id": key(employer)}
    return save(CarvingCase(**belongs, owner_id=key(owner), **values))


def make_task(case: CarvingCase, hours: str = "4", **values: Any) -> CarvingTask:
    """Make a task that can be released."""
    values = {"name": "Afwassen", "current_holder": "kok", **values}
    belongs = {"region_id": case.region_id, "employer_id": case.employer_id, "case_id": key(case)}
    return save(CarvingTask(**belongs, hours_per_week=Decimal(hours), **values))


def make_package(case: CarvingCase, name: str = "Keukenhulp", **values: Any) -> CarvingPackage:
    """Make a package without tasks; give a task its `package_id` to put it in."""
    belongs = {"region_id": case.region_id, "employer_id": case.employer_id, "case_id": key(case)}
    return save(CarvingPackage(**belongs, name=name, **values))
