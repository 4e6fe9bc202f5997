"""Accounts that see the contracts of every authority: limiting those of earlier versions, or leaving them.

Until officers let in no more than they see themselves (docs/decisions/0014), an account that came in by their
link saw everything. Only the central administrator decides about those, one by one or all at once.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from crm.accounts.actions.assignments import count_change
from crm.accounts.queries.unlimited import all_contracts_of, unlimited_accounts
from crm.accounts.records import User, UserAuthority
from crm.accounts.records_access import AllContracts
from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import NotFound
from crm.core.work import Work


class LimitAccounts(Command):
    """Accounts that are to see the contracts of the authorities of who let them in, and no others."""

    user_ids: Annotated[frozenset[int], Field(min_length=1)]


class LeaveUnlimited(Command):
    """An account that may go on seeing every contract of its employer."""

    user_id: int


@action(Permission.USER_MANAGE, LimitAccounts)
def limit_accounts(work: Work, command: LimitAccounts) -> int:
    """Limit accounts to what the officer who let them in works for; return how many were.

    An account that is not among `unlimited_accounts` (any more) stays as it is, and so does one whose officer
    works for nobody by now: without a limit it would see everything all the same.
    """
    limited = 0
    for account in unlimited_accounts(work):
        if account.user_id not in command.user_ids or not account.authority_ids:
            continue
        for authority_id in sorted(account.authority_ids):
            work.add(UserAuthority(user_id=account.user_id, authority_id=authority_id))
        count_change(work, work.get(User, account.user_id))
        limited += 1
    return limited


@action(Permission.USER_MANAGE, LeaveUnlimited)
def leave_unlimited(work: Work, command: LeaveUnlimited) -> int:
    """Decide that an account sees every contract on purpose; raises `NotFound` when it is not in question."""
    if command.user_id not in {account.user_id for account in unlimited_accounts(work)}:
        raise NotFound()
    decide_all(work, command.user_id)
    return command.user_id


def decide_all(work: Work, user_id: int) -> None:
    """Note in the actor's name that an account sees every contract of its employer on purpose."""
    if all_contracts_of(work, user_id) is None:
        work.add(AllContracts(user_id=user_id, decided_by_id=work.actor.user_id, decided_at=clock.now()))
