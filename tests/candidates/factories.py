"""Makes candidates for tests."""

from __future__ import annotations

import itertools
from typing import Any

from crm.candidates.records import Candidate
from crm.candidates.rules import TargetGroup
from tests.factories import TODAY, save

_numbers = itertools.count(500_000)


def make_candidate(region_id: int, **values: Any) -> Candidate:
    """Make a candidate with a reference that no other has."""
    values = {
        "reference": f"K-{next(_numbers)}",
        "group": TargetGroup.PARTICIPATION_ACT,
        "registered_on": TODAY,
        **values,
    }
    return save(Candidate(region_id=region_id, **values))
