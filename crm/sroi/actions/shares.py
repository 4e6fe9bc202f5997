"""Passing on a part of an obligation: proposed by one side, agreed only when both confirmed it."""

from __future__ import annotations

from datetime import date

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Invalid, NotFound
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.sroi import totals
from crm.sroi.life_commands import AnswerShare, ProposeShare, TakeBackShare
from crm.sroi.queries import shares
from crm.sroi.queries.parts import whole_contract
from crm.sroi.records import Authority, Contract, ObligationShare, ShareAnswer
from crm.sroi.records.share_numbers import ShareNumber
from crm.sroi.rules.sharing import share_cents
from crm.sroi.standing import OPEN


@action(Permission.EFFORT_SUBMIT, ProposeShare)
def propose_share(work: Work, command: ProposeShare) -> int:
    """Propose that another company takes over a part of the obligation; return the id of the proposal.

    A proposal of the main contractor is its own yes; of an officer, both companies have to confirm. The main
    contractor stays responsible. It names the other by KvK number and gets the same answer whether that is in
    the register or not. Raises `Invalid` for what does not fit, and for more than the obligation.
    """
    contract = totals.hold(work, command.contract_id)
    if contract.state not in OPEN:
        raise Invalid("contract_id", "That is not possible for a contract in this state.")
    other = _other(work, contract, command)
    amount = _amount(work, contract, command)
    share = ObligationShare(
        region_id=contract.region_id,
        authority_id=contract.authority_id,
        employer_id=contract.employer_id,
        contract_id=key(contract),
        other_employer_id=other,
        kind=command.kind,
        amount_cents=amount,
        percentage=command.percentage,
        starts_on=command.starts_on,
        ends_on=_end(contract, command),
        contract_title=contract.title,
        authority_name=work.get(Authority, contract.authority_id).name,
        note=command.note,
        proposed_at=clock.now(),
        proposed_by_id=work.actor.user_id,
    )
    if _is_main(work, contract):
        share.main_agrees, share.main_answered_at = True, clock.now()
    share_id = key(work.add(share))
    if command.other_employer_id is None and command.kvk_number is not None:
        work.add(_number(share, share_id, command.kvk_number))
    return share_id


@action(Permission.EFFORT_SUBMIT, AnswerShare)
def answer_own_share(work: Work, command: AnswerShare) -> int:
    """Answer as the main contractor to what an officer proposed; return the id of the proposal."""
    share = work.get(ObligationShare, command.share_id)
    contract = totals.hold(work, share.contract_id)
    if not _is_main(work, contract):
        raise NotFound()
    if share.main_agrees is not None or share.taken_back_on is not None:
        raise Invalid("share_id", "This was answered already. Look at it again.")
    if command.agrees:
        _refuse_too_much(work, contract)
    share.main_agrees, share.main_answered_at = command.agrees, clock.now()
    share.reason = command.reason or None
    return command.share_id


@action(Permission.EFFORT_SUBMIT, AnswerShare)
def answer_share(work: Work, command: AnswerShare) -> int:
    """Answer as the other company; return the id of the answer.

    The answer holds a copy of what was asked: that company never sees the contract itself. Raises `NotFound`
    for a part of others, and `Invalid` when the obligation became too low for the parts.
    """
    asked = shares.share_for_answer(work, command.share_id)
    answered = shares.answer_to(work, command.share_id) is not None
    if answered or asked.taken_back_on is not None or asked.main_agrees is False:
        raise Invalid("share_id", "This was answered already. Look at it again.")
    if command.agrees:
        with whole_contract(work):
            _refuse_too_much(work, totals.hold(work, asked.contract_id))
    told = ("region_id", "authority_id", "contract_title", "authority_name", "amount_cents")
    answer = ShareAnswer(
        **asked.model_dump(include={*told, "starts_on", "ends_on"}),
        employer_id=work.actor.employer_id or 0,
        share_id=command.share_id,
        agrees=command.agrees,
        reason=command.reason or None,
        answered_at=clock.now(),
        answered_by_id=work.actor.user_id,
    )
    return key(work.add(answer))


@action(Permission.EFFORT_SUBMIT, TakeBackShare)
def take_back_share(work: Work, command: TakeBackShare) -> int:
    """Take a part back: it counts for the main contractor again; return the id of the proposal."""
    share = work.edit(ObligationShare, command.share_id, command.version, {})
    if share.taken_back_on is not None:
        raise Invalid("share_id", "This was taken back already.")
    share.taken_back_on, share.reason = clock.today(), command.reason
    return command.share_id


def _refuse_too_much(work: Work, contract: Contract) -> None:
    """Raise `Invalid` when the obligation was lowered below its parts since they were proposed."""
    if shares.held_cents(work, key(contract)) > contract.obligation_cents:
        raise Invalid(
            "share_id",
            "The obligation of this contract was lowered: the parts are more than that now. Wait for a new "
            "split.",
        )


def _is_main(work: Work, contract: Contract) -> bool:
    return work.actor.employer_id == contract.employer_id


def _other(work: Work, contract: Contract, command: ProposeShare) -> int:
    """Return the company that a part is for; the main contractor itself while only a number is known."""
    main = work.get(Employer, contract.employer_id)
    if command.other_employer_id is not None:
        other: int | None = key(work.get(Employer, command.other_employer_id))
    elif command.kvk_number is not None:
        other = shares.employer_known_as(work, command.kvk_number)
    else:
        raise Invalid("kvk_number", "Fill in this field.")
    if other == key(main) or command.kvk_number == main.kvk_number is not None:
        raise Invalid("kvk_number", "This is the main contractor itself. Choose another company.")
    return other or key(main)


def _number(share: ObligationShare, share_id: int, kvk_number: str) -> ShareNumber:
    return ShareNumber(
        region_id=share.region_id,
        authority_id=share.authority_id,
        employer_id=share.employer_id,
        share_id=share_id,
        kvk_number=kvk_number,
    )


def _amount(work: Work, contract: Contract, command: ProposeShare) -> int:
    if (command.amount_cents is None) == (command.percentage is None):
        raise Invalid("amount_cents", "Fill in an amount or a percentage, one of the two.")
    amount = command.amount_cents
    if command.percentage is not None:
        amount = share_cents(contract.obligation_cents, command.percentage)
    rows = shares.shares_of(work, command.contract_id)
    passed_on = sum(row.amount_cents for row in rows if row.state in shares.HOLDING)
    if not amount or passed_on + amount > contract.obligation_cents:
        raise Invalid("amount_cents", "Together the parts would be more than the obligation. Choose less.")
    return amount


def _end(contract: Contract, command: ProposeShare) -> date:
    end = command.ends_on or max(contract.end_on, command.starts_on)
    if end < command.starts_on:
        raise Invalid("ends_on", "The last day lies before the first day. Choose a later day.")
    return end
