"""Handing in many efforts at once, as a spreadsheet brings them: all of them or none."""

from __future__ import annotations

from datetime import date

from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Invalid
from crm.core.work import Work
from crm.sroi.actions.efforts import submit_effort
from crm.sroi.commands import EffortClaim, SubmitEffort, SubmitEfforts
from crm.sroi.queries.many import told_already


@action(Permission.EFFORT_SUBMIT, SubmitEfforts)
def submit_efforts(work: Work, command: SubmitEfforts) -> int:
    """Hand in efforts on one contract, or keep them as drafts; return how many.

    An effort that stands on the contract already with the same facts is left out, so that the same file
    twice adds nothing. What starts first is handed in first, so that of one person it counts first as well.
    Raises `Invalid` for the first fault; nothing is kept then.
    """
    there = told_already(work, command.contract_id, command.efforts)
    new = [claim for claim, known in zip(command.efforts, there, strict=True) if not known]
    for claim in sorted(new, key=_starts):
        submit_effort(work, _submitted(claim, command))
    if not new:
        raise Invalid("efforts", "All of these stand on the contract already. Nothing is handed in twice.")
    return len(new)


def _starts(claim: EffortClaim) -> date:
    return claim.start or date.max


def _submitted(claim: EffortClaim, command: SubmitEfforts) -> SubmitEffort:
    told = {name: getattr(claim, name) for name in EffortClaim.model_fields if name != "submit"}
    return SubmitEffort(**told, contract_id=command.contract_id, submit=command.submit)
