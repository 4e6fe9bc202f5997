"""Makes proposals for tests."""

from __future__ import annotations

from typing import Any

from crm.accounts.records import User
from crm.candidates.records import Candidate
from crm.core.records import key
from crm.jobcarving.records import CarvingPackage
from crm.needs.records import Need
from crm.proposals.records import Proposal
from tests.factories import TODAY, save


def make_proposal(
    about: Need | CarvingPackage, owner: User, candidate: Candidate | None = None, **values: Any
) -> Proposal:
    """Make a proposal of today that waits for its answer of today."""
    of_need = isinstance(about, Need)
    belongs = {
        "region_id": about.region_id,
        "employer_id": about.employer_id,
        "need_id": key(about) if of_need else None,
        "case_id": None if isinstance(about, Need) else about.case_id,
        "package_id": None if of_need else key(about),
        "candidate_id": key(candidate) if candidate else None,
        "candidate_reference": candidate.reference if candidate else None,
    }
    values = {"job": "Magazijnmedewerker", "proposed_on": TODAY, "answer_by": TODAY, **values}
    return save(Proposal(**belongs, owner_id=key(owner), **values))
