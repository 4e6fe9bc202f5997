"""A new split of an obligation over companies, when it changed after parts of it were passed on."""

from __future__ import annotations

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.sroi import totals
from crm.sroi.life_commands import SplitAgain
from crm.sroi.queries import shares
from crm.sroi.records import Contract, ObligationShare
from crm.sroi.records.share_numbers import ShareNumber
from crm.sroi.rules.sharing import share_cents, split_of
from crm.sroi.standing import OPEN

COPIED = frozenset(
    (
        "region_id",
        "authority_id",
        "employer_id",
        "contract_id",
        "other_employer_id",
        "kind",
        "starts_on",
        "ends_on",
        "contract_title",
        "authority_name",
        "note",
    )
)


@action(Permission.EFFORT_SUBMIT, SplitAgain)
def split_again(work: Work, command: SplitAgain) -> int:
    """End the parts that do not fit the obligation any more and propose each anew; return how many.

    A part of which nothing is left is only ended. Both companies confirm the new parts like any other; what
    was handed in on the old ones stays. Raises `Invalid` when all parts fit.
    """
    contract = totals.hold(work, command.contract_id)
    if contract.state not in OPEN:
        raise Invalid("contract_id", "That is not possible for a contract in this state.")
    rows = shares.shares_of(work, command.contract_id)
    split = split_of(contract.obligation_cents, shares.given_out(rows))
    if split.fits:
        raise Invalid("contract_id", "The parts fit the obligation. There is nothing to split again.")
    for share_id in sorted(split.moved):
        old = work.get(ObligationShare, share_id)
        old.taken_back_on, old.reason = clock.today(), command.reason
        if split.wanted[share_id]:
            _propose_anew(work, contract, old, split.wanted[share_id])
    return len(split.moved)


def _propose_anew(work: Work, contract: Contract, old: ObligationShare, amount_cents: int) -> None:
    follows = old.percentage is not None and amount_cents == share_cents(
        contract.obligation_cents, old.percentage
    )
    share = ObligationShare(
        **old.model_dump(include=set(COPIED)),
        amount_cents=amount_cents,
        # A part that was lowered to what fits is an amount from now on: its percentage does not fit either.
        percentage=old.percentage if follows else None,
        proposed_at=clock.now(),
        proposed_by_id=work.actor.user_id,
    )
    if work.actor.employer_id == contract.employer_id:
        share.main_agrees, share.main_answered_at = True, clock.now()
    share_id = key(work.add(share))
    number = shares.number_of(work, key(old))
    if number is not None:
        told = number.model_dump(include={"region_id", "authority_id", "employer_id", "kvk_number"})
        work.add(ShareNumber(**told, share_id=share_id))
