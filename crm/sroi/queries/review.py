"""One effort as its reviewer sees it: claim, evidence, explanation and what to look at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from crm.core import clock
from crm.core.errors import NotFound
from crm.core.money import cents
from crm.core.work import Work
from crm.placements.records import Placement
from crm.sroi import claims, earlier
from crm.sroi.commands import EffortClaim
from crm.sroi.queries.checks import Check, checks
from crm.sroi.queries.contracts import contract_page
from crm.sroi.queries.efforts import evidence_under
from crm.sroi.queries.parts import contract_for_efforts
from crm.sroi.queries.persons import DoubleCount, double_counts
from crm.sroi.queries.rows import ContractPage, EffortRow, EvidenceRow
from crm.sroi.queries.submitting import who_is_claimed
from crm.sroi.records import Effort
from crm.sroi.rules import Explanation, RuleSet
from crm.sroi.states import EffortState


@dataclass(frozen=True)
class ReviewPage:
    """Everything that is needed to decide on one effort."""

    effort: EffortRow
    contract: ContractPage
    evidence: list[EvidenceRow]
    checks: list[Check]
    doubles: tuple[DoubleCount, ...] = ()


def review_page(work: Work, effort_id: int) -> ReviewPage:
    """Return an effort with what belongs to it, valued as it would be approved now.

    Raises `NotFound` when it is not the actor's.
    """
    on_record = work.get(Effort, effort_id)
    contract = contract_page(work, on_record.contract_id)
    effort = next((effort for effort in contract.efforts if effort.id == effort_id), None)
    if effort is None:
        raise NotFound()
    changed_at = _hours_changed_at(work, effort)
    effort = _as_it_counts_now(work, effort, on_record, contract.rule_set)
    found = checks(contract, effort, clock.today(), work.actor.user_id, changed_at)
    evidence = evidence_under(work, effort_id, contract.rule_set)
    return ReviewPage(effort, contract, evidence, found, double_counts(work, effort_id))


def preview_effort(
    work: Work, contract_id: int, ruleset: RuleSet, claim: EffortClaim, effort_id: int | None = None
) -> Explanation:
    """Return what an effort would be worth on a contract; zero, with what is missing, when incomplete.

    `effort_id` is the effort that the claim changes.
    """
    contract, _part = contract_for_efforts(work, contract_id)
    facts = claims.facts_of(claim, contract, ruleset)
    if earlier.is_limited(facts, ruleset):
        who = who_is_claimed(work, contract, ruleset, claim, effort_id)
        facts = earlier.beforehand(work, facts, ruleset, who, effort_id)
    return claims.draft_value(facts, ruleset)


def _as_it_counts_now(work: Work, row: EffortRow, effort: Effort, ruleset: RuleSet) -> EffortRow:
    """Return an effort that waits with the value that approving would give it now."""
    if row.state is not EffortState.SUBMITTED or not earlier.is_limited(row.facts, ruleset):
        return row
    facts = earlier.as_it_counts_now(work, effort, ruleset)
    value = claims.draft_value(facts, ruleset)
    return replace(row, facts=facts, value_cents=cents(value.amount), explanation=value)


def _hours_changed_at(work: Work, effort: EffortRow) -> datetime | None:
    if effort.placement_id is None:
        return None
    placement = work.session.get(Placement, effort.placement_id)
    return placement.hours_changed_at if placement else None
