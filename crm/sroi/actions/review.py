"""What an SROI officer decides about an effort: approved, approved in part, or sent back."""

from __future__ import annotations

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.money import cents, euros
from crm.core.records import key
from crm.core.work import Work
from crm.sroi import claims, earlier, rulebook, totals
from crm.sroi.actions.efforts import hold_effort
from crm.sroi.commands import ApproveEffort, SendBack
from crm.sroi.queries.persons import double_counts
from crm.sroi.records import DoubleCountDecision, Effort
from crm.sroi.rules import Explanation
from crm.sroi.states import EffortState

IN_PART = N_("Approved in part by the officer: {reason}")


@action(Permission.EFFORT_REVIEW, ApproveEffort)
def approve_effort(work: Work, command: ApproveEffort) -> int:
    """Approve an effort; the amount is frozen with its explanation and its rule set's hash.

    The value is computed once more with the contract's own rule set, less what other work of the same person
    used of the time that may count: what starts earlier or was approved before goes first. Raises `Invalid`
    for an amount above the value or of nothing, for a part without a reason, and for a person whose time is
    claimed elsewhere as well when nobody says why both may count.
    """
    effort, contract = hold_effort(work, command.effort_id, command.version, command)
    _require_submitted(effort)
    ruleset = rulebook.of_contract(work, contract)
    effort.facts = earlier.as_it_counts_now(work, effort, ruleset, writing=True)
    value = claims.value_of(effort.facts, ruleset)
    frozen = _approved(value, command)
    _decide_double(work, effort, command.double_reason)
    effort.value_cents, effort.explanation = cents(value.amount), value.to_json()
    effort.approved_cents, effort.approved_explanation = cents(frozen.amount), frozen.to_json()
    effort.rule_set_hash = ruleset.hash
    _decide(work, effort, EffortState.APPROVED, command.reason or None)
    totals.refresh(work, contract)
    return command.effort_id


@action(Permission.EFFORT_REVIEW, SendBack)
def send_back(work: Work, command: SendBack) -> int:
    """Send an effort back to the contractor with what has to change."""
    effort, contract = hold_effort(work, command.effort_id, command.version, command)
    _require_submitted(effort)
    _decide(work, effort, EffortState.SENT_BACK, command.reason)
    totals.refresh(work, contract)
    return command.effort_id


def _approved(value: Explanation, command: ApproveEffort) -> Explanation:
    most = cents(value.amount)
    amount = most if command.approved_cents is None else command.approved_cents
    if amount > most:
        raise Invalid("approved_cents", "You cannot approve more than the effort is worth.")
    if amount == 0:
        raise Invalid("approved_cents", "There is nothing to approve. Send it back with the reason.")
    if amount == most:
        return value
    if not command.reason:
        raise Invalid("reason", "Say why you approve a part; the contractor reads it.")
    return claims.partly_approved(value, euros(amount), IN_PART, command.reason)


def _decide_double(work: Work, effort: Effort, reason: str | None) -> None:
    if not double_counts(work, key(effort)):
        return
    if not reason:
        raise Invalid("double_reason", "This person's time is claimed elsewhere too. Say why both may count.")
    decision = DoubleCountDecision(
        region_id=effort.region_id,
        authority_id=effort.authority_id,
        employer_id=effort.employer_id,
        effort_id=key(effort),
        reason=reason,
        decided_by_id=work.actor.user_id,
        decided_at=clock.now(),
    )
    work.add(decision)


def _require_submitted(effort: Effort) -> None:
    if effort.state is not EffortState.SUBMITTED:
        raise Invalid("effort_id", "This effort does not wait for review any more.")


def _decide(work: Work, effort: Effort, state: EffortState, reason: str | None) -> None:
    effort.state = state
    effort.review_reason = reason
    effort.reviewed_at = clock.now()
    effort.reviewed_by_id = work.actor.user_id
