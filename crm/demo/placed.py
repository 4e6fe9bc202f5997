"""People behind efforts whom the desk placed itself: first the placement, then the effort that counts it."""

from __future__ import annotations

from datetime import date, timedelta

from crm.accounts.records import User
from crm.candidates.rules import TargetGroup
from crm.core.access import Role
from crm.demo.acting import Demo, acting
from crm.placements.actions import BookPlacement, EndPlacement, book_placement, end_placement
from crm.placements.records import Placement
from crm.placements.rules import ContractForm, EndReason
from crm.sroi.commands import SubmitEffort
from crm.sroi.records import Contract

GROUPS = {
    "PW": TargetGroup.PARTICIPATION_ACT,
    "BANENAFSPRAAK": TargetGroup.JOBS_AGREEMENT,
    "WIA_WAO": TargetGroup.DISABILITY_BENEFIT,
    "WW": TargetGroup.UNEMPLOYMENT_BENEFIT,
    "NUG": TargetGroup.NO_BENEFIT,
}
EVERY = 2
RUNS_ON = timedelta(days=365)


def placed(demo: Demo, contract: Contract, claim: SubmitEffort) -> SubmitEffort:
    """Return a claim as it is when the desk placed its person, as with every second one; else as it was.

    It draws nothing from the demo's chance, so that the rest of the region is the same without it.
    """
    group = GROUPS.get(claim.block)
    if group is None or claim.start is None or claim.end is None or next(demo.counted) % EVERY:
        return claim
    adviser, is_over = demo.staff.by_role[Role.ADVISER], claim.end < demo.today - timedelta(days=7)
    sector = next(one.sector for one in demo.businesses if one.id == contract.employer_id)
    with acting(adviser, claim.start) as work:
        placement_id = book_placement(
            work,
            BookPlacement(
                employer_id=contract.employer_id,
                group=group,
                job_title=sector.jobs[0],
                contract_form=ContractForm.TEMPORARY,
                started_on=claim.start,
                planned_end_on=claim.end if is_over else claim.start + RUNS_ON,
                hours=claim.hours_per_week,
            ),
        )
        reference = work.get(Placement, placement_id).candidate_reference
        work.commit()
    if is_over:
        _end(adviser, placement_id, claim.end)
    return claim.model_copy(update={"placement_id": placement_id, "subject": reference})


def _end(adviser: User, placement_id: int, day: date) -> None:
    with acting(adviser, day) as work:
        version, reason = work.get(Placement, placement_id).version, EndReason.TERM_ENDED
        end_placement(
            work,
            EndPlacement(placement_id=placement_id, version=version, ended_on=day, end_reason=reason),
        )
        work.commit()
