"""A confirmed obligation that is taken back, to be confirmed anew."""

from __future__ import annotations

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.records import key
from crm.core.work import Work
from crm.sroi import clocks
from crm.sroi.actions.contracts import require_state, unchanged
from crm.sroi.commands import ReopenObligation
from crm.sroi.records import ConfirmationTakenBack, Contract
from crm.sroi.standing import OPEN
from crm.sroi.states import ContractState


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
