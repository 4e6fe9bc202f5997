"""What was decided and is taken back: a confirmed obligation, and an approved effort."""

from __future__ import annotations

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.sroi import clocks, totals
from crm.sroi.actions.contracts import require_state, unchanged
from crm.sroi.actions.efforts import hold_effort
from crm.sroi.commands import ReopenEffort, ReopenObligation
from crm.sroi.records import ConfirmationTakenBack, Contract
from crm.sroi.standing import OPEN
from crm.sroi.states import ContractState, EffortState


@action(Permission.CONTRACT_EDIT, ReopenObligation)
def reopen_obligation(work: Work, command: ReopenObligation) -> int:
    """Take a confirmed obligation back to be confirmed anew; approved efforts keep their amounts."""
    contract = unchanged(work, command.contract_id, command.version)
    require_state(contract, *OPEN)
    _keep_confirmation(work, contract, command.reason)
    contract.state = ContractState.TO_CONFIRM
    contract.confirmed_on = None
    contract.repair_until = None
    work.note("reopen", "contracts", command.contract_id, {"reason": command.reason})
    clocks.refresh(work, contract)
    return command.contract_id


@action(Permission.EFFORT_REVIEW, ReopenEffort)
def reopen_effort(work: Work, command: ReopenEffort) -> int:
    """Take the approval of an effort back and give it to the contractor with the reason; return its id.

    It counts no more until it is handed in and approved again; the audit log keeps what was approved. Raises
    `Invalid` for an effort that is not approved, and on a contract that is settled or withdrawn.
    """
    effort, contract = hold_effort(work, command.effort_id, command.version, command)
    if effort.state is not EffortState.APPROVED:
        raise Invalid("effort_id", "Only an approved effort can be opened again.")
    effort.state = EffortState.SENT_BACK
    effort.approved_cents, effort.approved_explanation = 0, None
    effort.review_reason = command.reason
    effort.reviewed_at, effort.reviewed_by_id = clock.now(), work.actor.user_id
    totals.refresh(work, contract)
    return command.effort_id


def _keep_confirmation(work: Work, contract: Contract, reason: str) -> None:
    if contract.confirmed_on is None:
        return
    taken_back = ConfirmationTakenBack(
        region_id=contract.region_id,
        authority_id=contract.authority_id,
        employer_id=contract.employer_id,
        contract_id=key(contract),
        confirmed_on=contract.confirmed_on,
        obligation_cents=contract.obligation_cents,
        reason=reason,
        taken_back_at=clock.now(),
        taken_back_by_id=work.actor.user_id,
    )
    work.add(taken_back)
