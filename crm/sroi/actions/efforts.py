"""What a contractor, or somebody for them, does with an effort: hand in, change, take back, offer."""

from __future__ import annotations

from datetime import date, timedelta

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Conflict, Invalid
from crm.core.money import cents
from crm.core.records import key
from crm.core.work import Work
from crm.placements.records import Placement
from crm.placements.rules import ContractForm
from crm.sroi import claims, earlier, parts, persons, rulebook, totals
from crm.sroi.commands import (
    CopyEffort,
    EditEffort,
    EffortClaim,
    OfferPlacement,
    SubmitEffort,
    TakeBackOffer,
    WithdrawEffort,
)
from crm.sroi.persons import Mark
from crm.sroi.queries import deciding
from crm.sroi.records import Contract, Effort
from crm.sroi.rules import RuleSet
from crm.sroi.rules.following import following_period
from crm.sroi.standing import last_day
from crm.sroi.states import EffortState

CHANGEABLE = (EffortState.DRAFT, EffortState.SENT_BACK, EffortState.SUBMITTED)


@action(Permission.EFFORT_SUBMIT, SubmitEffort)
def submit_effort(work: Work, command: SubmitEffort) -> int:
    """Hand in an effort on an open contract, or keep it as a draft; return its id.

    Raises `Invalid` for a fact that is missing or does not fit, and for days of a placement that count
    already, `NotFound` for a contract or placement of others.
    """
    contract = parts.hold_open(work, command.contract_id)
    effort = _new_effort(work, contract)
    if command.placement_id is not None:
        effort.placement_id = key(_placement_of(work, command.placement_id, contract))
    _claim(work, effort, contract, rulebook.of_contract(work, contract), command)
    parts.count_again(work, contract, with_clocks=True)
    return key(effort)


@action(Permission.EFFORT_SUBMIT, EditEffort)
def edit_effort(work: Work, command: EditEffort) -> int:
    """Change an effort that is not approved, and hand it in again or keep it as a draft."""
    effort, contract = hold_effort(work, command.effort_id, command.version, command)
    _require(effort, *CHANGEABLE)
    _claim(work, effort, contract, rulebook.of_contract(work, contract), command)
    parts.count_again(work, contract, with_clocks=True)
    return command.effort_id


@action(Permission.EFFORT_SUBMIT, CopyEffort)
def copy_effort(work: Work, command: CopyEffort) -> int:
    """Make a draft with the same facts and person for the period that follows; return its id.

    The draft ends with the placement or the contract when those end first. Asked again, it is the draft that
    is there already. Raises `Invalid` for an effort without a period, and when no days are left.
    """
    found = work.get(Effort, command.effort_id)
    contract = parts.hold_open(work, found.contract_id)
    placement = work.get(Placement, found.placement_id) if found.placement_id is not None else None
    start, end = _following(found, contract, placement)
    if made := deciding.copy_of(work, found, start):
        return key(made)
    effort = _new_effort(work, contract)
    effort.placement_id = found.placement_id
    hours = deciding.hours_of(work, key(placement)) if placement else ()
    claim = claims.claim_again(found, start, end, hours)
    ruleset = rulebook.of_contract(work, contract)
    _claim(work, effort, contract, ruleset, claim, persons.marks_on(work, found))
    parts.count_again(work, contract)
    return key(effort)


@action(Permission.EFFORT_SUBMIT, WithdrawEffort)
def withdraw_effort(work: Work, command: WithdrawEffort) -> int:
    """Take back an effort that is not approved."""
    effort, contract = hold_effort(work, command.effort_id, command.version, command)
    _require(effort, *CHANGEABLE)
    effort.state = EffortState.WITHDRAWN
    persons.forget_person(work, effort)
    parts.count_again(work, contract)
    return command.effort_id


@action(Permission.EFFORT_OFFER, OfferPlacement)
def offer_placement(work: Work, command: OfferPlacement) -> int:
    """Offer a placement on one of its employer's contracts as a draft effort; return its id.

    The period starts where earlier efforts for this placement, on any contract, left off, and ends with the
    placement, or with the contract and its repair period. Offering again brings an unsent draft up to date.
    Raises `Invalid` when the block is not for this group or no period is left, `NotFound` when contract and
    placement do not match.
    """
    contract = totals.hold_open(work, command.contract_id)
    placement = _placement_of(work, command.placement_id, contract)
    ruleset = rulebook.of_contract(work, contract)
    if placement.group not in claims.block_of(ruleset, command.block).groups:
        raise Invalid("block", "This block is not meant for the group of this placement. Choose another.")
    effort = deciding.unsent_effort(work, key(placement), key(contract)) or _new_effort(work, contract)
    claim = _placement_claim(work, command, placement, contract, effort)
    effort.placement_id = key(placement)
    _claim(work, effort, contract, ruleset, claim)
    parts.count_again(work, contract)
    return key(effort)


@action(Permission.EFFORT_OFFER, TakeBackOffer)
def take_back_offer(work: Work, command: TakeBackOffer) -> int:
    """Take back a placement that was offered; return the effort's id.

    Raises `Invalid` once the contractor handed it in, and for whoever neither offered it nor may hand in.
    """
    effort, contract = hold_effort(work, command.effort_id, command.version, command)
    _require(effort, EffortState.DRAFT)
    if not work.actor.may(Permission.EFFORT_SUBMIT) and not deciding.was_offered_by(
        work, command.effort_id, work.actor.user_id
    ):
        raise Invalid("effort_id", "Somebody else put this draft here. Ask them to take it back.")
    effort.state = EffortState.WITHDRAWN
    persons.forget_person(work, effort)
    parts.count_again(work, contract)
    return command.effort_id


def hold_effort(
    work: Work, effort_id: int, version: int, command: object, *, on_open_contract: bool = True
) -> tuple[Effort, Contract]:
    """Return an effort prepared on `version`, and its contract, held until this transaction ends.

    When it was changed since: raises `Conflict` for a change of its facts, and `Invalid` for a decision,
    which has to be taken anew. Raises `Invalid` as well when the contract takes no efforts any more.
    """
    found = work.get(Effort, effort_id)
    contract = (parts.hold_open if on_open_contract else totals.hold)(work, found.contract_id)
    work.session.refresh(found)
    if found.version == version:
        return found, contract
    if isinstance(command, EffortClaim):
        raise Conflict(*_compared(found, command), found.version)
    raise Invalid("effort_id", "Somebody changed this effort meanwhile. Look at it again and decide.")


def _compared(effort: Effort, command: EffortClaim) -> tuple[dict[str, object], dict[str, object]]:
    names = ("block", "description", "subject")
    stored = {name: getattr(effort, name) for name in names}
    yours = {name: getattr(command, name) for name in names}
    dates = {"start": effort.starts_on, "end": effort.ends_on}
    return {**stored, **dates}, {**yours, "start": command.start, "end": command.end}


def _require(effort: Effort, *states: EffortState) -> None:
    if effort.state not in states:
        raise Invalid("effort_id", "That is not possible for an effort in this state.")


def _new_effort(work: Work, contract: Contract) -> Effort:
    return Effort(
        region_id=contract.region_id,
        authority_id=contract.authority_id,
        employer_id=parts.company_of(work, contract),
        contract_id=key(contract),
        block="",
        facts={},
        state=EffortState.DRAFT,
        value_cents=0,
        explanation={},
        rule_set_hash="",
    )


def _placement_of(work: Work, placement_id: int, contract: Contract) -> Placement:
    placement = work.get(Placement, placement_id)
    if placement.employer_id != parts.company_of(work, contract):
        raise Invalid(
            "contract_id", "This contract belongs to another employer. Choose one of this employer."
        )
    return placement


def _claim(
    work: Work,
    effort: Effort,
    contract: Contract,
    ruleset: RuleSet,
    claim: EffortClaim,
    person: frozenset[Mark] = frozenset(),
) -> None:
    person = person or persons.told(claim)
    if claim.submit:
        _refuse_double(work, effort, claim)
    effort.description, effort.subject = claim.description, claim.subject
    told = claims.facts_of(claim, contract, ruleset)
    marks = persons.marks_of(work, effort, claims.block_of(ruleset, claim.block), person)
    facts = earlier.for_effort(work, effort, told, ruleset, marks, counts=claim.submit)
    explanation = (claims.value_of if claim.submit else claims.draft_value)(facts, ruleset)
    effort.block, effort.facts = claim.block, facts
    effort.starts_on, effort.ends_on = claim.start, claim.end
    effort.value_cents, effort.explanation = cents(explanation.amount), explanation.to_json()
    effort.rule_set_hash = ruleset.hash
    effort.state = EffortState.SUBMITTED if claim.submit else EffortState.DRAFT
    effort.submitted_at = clock.now() if claim.submit else None
    effort.submitted_by_id = work.actor.user_id if claim.submit else None
    work.add(effort)
    persons.write_claims(work, effort, ruleset, person)


def _placement_claim(
    work: Work, command: OfferPlacement, placement: Placement, contract: Contract, effort: Effort
) -> EffortClaim:
    # Also on contracts of authorities that this actor does not work for: an hour counts once.
    claimed = deciding.claimed_until(work, key(placement), but=effort.id)
    start = placement.started_on
    if claimed is not None and claimed >= start:
        start = claimed + timedelta(days=1)
    last = last_day(contract)
    end = min(placement.ended_on or placement.planned_end_on or last, last)
    if end < start:
        raise Invalid("placement_id", "No days of this placement are left to count on this contract.")
    return EffortClaim(
        block=command.block,
        start=start,
        end=end,
        hours_history=deciding.hours_of(work, key(placement)),
        permanent=placement.contract_form is ContractForm.PERMANENT,
        description=placement.job_title,
        subject=placement.candidate_reference,
        submit=False,
    )


def _following(effort: Effort, contract: Contract, placement: Placement | None) -> tuple[date, date]:
    if effort.starts_on is None or effort.ends_on is None:
        raise Invalid("effort_id", "Fill in the first and the last day first.")
    start, end = following_period(effort.starts_on, effort.ends_on)
    last = last_day(contract)
    if placement and placement.ended_on:
        last = min(last, placement.ended_on)
    if start > last:
        raise Invalid("effort_id", "No days are left after this period: the contract or the work has ended.")
    return start, min(end, last)


def _refuse_double(work: Work, effort: Effort, claim: EffortClaim) -> None:
    # Days of one placement count once, also when the other effort is with another authority.
    if effort.placement_id is None or claim.start is None or claim.end is None:
        return
    if deciding.days_count_already(work, effort.placement_id, claim.start, claim.end, but=effort.id):
        raise Invalid("start", "Some of these days count already for this placement. Choose other days.")
