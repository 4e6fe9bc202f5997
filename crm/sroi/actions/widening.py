"""Letting somebody in an employer's portal see more contracts: never more than who shows them sees."""

from __future__ import annotations

from collections.abc import Iterable

from crm.accounts.actions.everything import decide_all
from crm.accounts.queries import invitations
from crm.accounts.records import UserAuthority
from crm.accounts.records_access import HiddenContract
from crm.core.access import Permission, Role
from crm.core.actions import Command, action
from crm.core.errors import Forbidden
from crm.core.i18n import N_
from crm.core.work import Work, seeing_all
from crm.sroi.queries.colleagues import managed_employer, own_authorities
from crm.sroi.queries.widening import all_contracts, contracts_seen

LIMITED = N_("You see a part of the contracts yourself. Ask your contact person with the authority.")


class ShowContracts(Command):
    """Somebody who is to see more contracts of their employer."""

    employer_id: int
    user_id: int


@action(Permission.COLLEAGUE_MANAGE, ShowContracts)
def show_contracts(work: Work, command: ShowContracts) -> int:
    """Let a colleague see the contracts that the actor sees, also those that a merge put out of sight.

    By an administrator of the employer that takes away the limit to some authorities; by an officer their own
    authorities are added to it. Raises `Forbidden` for an administrator who is limited so.
    """
    managed_employer(work, command.employer_id)
    invitations.portal_user(work, command.employer_id, command.user_id)
    seen = {one.id for one in contracts_seen(work, command.employer_id)}
    if work.actor.role is Role.EMPLOYER:
        if work.actor.authorities:
            raise Forbidden(LIMITED)
        _lift_limits(work, command)
    else:
        _add_own_authorities(work, command)
    _uncover(work, command.user_id, seen)
    return command.user_id


def _lift_limits(work: Work, command: ShowContracts) -> None:
    """Take the limits away; what the actor does not see either stays out of sight, now by itself."""
    limits = invitations.limit_rows(work, command.user_id)
    if not limits:
        return
    known = {limit.authority_id for limit in limits}
    there = all_contracts(work, command.employer_id)
    unseen = {one for one in work.actor.hidden if one in there and there[one] not in known}
    for limit in limits:
        work.session.delete(limit)
    with seeing_all(work, Permission.COLLEAGUE_MANAGE):
        already = {row.contract_id for row in invitations.hidden_from(work, command.user_id)}
        for contract_id in sorted(unseen - already):
            work.add(HiddenContract(user_id=command.user_id, contract_id=contract_id))
        decide_all(work, command.user_id)


def _add_own_authorities(work: Work, command: ShowContracts) -> None:
    there = {limit.authority_id for limit in invitations.limit_rows(work, command.user_id)}
    if there:
        for authority_id in sorted(own_authorities(work, command.employer_id) - there):
            work.add(UserAuthority(user_id=command.user_id, authority_id=authority_id))


def _uncover(work: Work, user_id: int, seen: Iterable[int]) -> None:
    with seeing_all(work, Permission.COLLEAGUE_MANAGE):
        for hidden in invitations.hidden_from(work, user_id):
            if hidden.contract_id in set(seen):
                work.session.delete(hidden)
