"""Portal access at a merge: who had the portal of who goes does not get into that of who stays by it.

Letting somebody in takes `COLLEAGUE_MANAGE` (docs/decisions/0014). So a merge ends the access, the same way
as people who decide about it end it, and they give it back. And nobody sees more by it: the contracts of each
are hidden from the people of the other until somebody who sees them shows them (docs/decisions/0017).
"""

from __future__ import annotations

from datetime import datetime

from crm.accounts.actions.checks import end_sessions
from crm.accounts.actions.invitations import withdraw_those_of
from crm.accounts.queries.portals import ended_here, of_portal, of_portal_users, open_links, with_access
from crm.accounts.records import User, UserAuthority
from crm.accounts.records_access import EndedAccess, HiddenContract
from crm.accounts.rules import narrowest
from crm.core.records import key
from crm.core.work import Work
from crm.employers.moving import Moved, change
from crm.employers.queries import walls
from crm.employers.records import Employer
from crm.employers.records_merging import EmployerMerge, FormerLimits


def close(work: Work, gone: Employer, kept: Employer, moment: datetime, moved: Moved) -> None:
    """End who has access to the portal of who goes, with their sessions, and its open invitations."""
    # Whoever is being let in at this moment is in before this, or not at all.
    work.session.get(Employer, key(gone), with_for_update=True)
    for invitation in open_links(work, key(gone)):
        change(invitation, "ended_at", moment, moved)
    for user in with_access(work, key(gone)):
        end_sessions(work, key(user))
        user.active = False
        ended = EndedAccess(
            region_id=kept.region_id, employer_id=key(kept), user_id=key(user), ended_at=moment
        )
        ended.ended_by_id = work.actor.user_id
        work.add(ended)
    work.flush()


def divide(work: Work, gone: int, kept: int) -> None:
    """Hide the contracts of each of two employers from who has or had the portal of the other."""
    ours, theirs = walls.contracts_of(work, kept), walls.contracts_of(work, gone)
    _hide(work, of_portal(work, kept), ours.new_in(theirs))
    _hide(work, of_portal(work, gone), theirs.new_in(ours))


def remember(work: Work, merge: EmployerMerge) -> None:
    """Note to which authorities everybody in the portal of who stays was limited before a merge."""
    users = of_portal(work, merge.kept)
    limits = walls.limits_of(work, users)
    for user_id in sorted(users):
        was = sorted(limits.get(user_id, ()))
        work.add(FormerLimits(merge_id=key(merge), user_id=user_id, authority_ids=was))


def part(work: Work, kept: int, back: int) -> None:
    """Let what says who decides and whose access ended go back with the users; end what they opened here."""
    for record in of_portal_users(work, back, kept):
        record.employer_id = back
    for user in with_access(work, back):
        withdraw_those_of(work, kept, user_id=key(user))
    work.flush()


def reopen(work: Work, back: int, moment: datetime, by: int | None) -> None:
    """Give back the access that a merge ended, unless somebody decided about it since."""
    for ended in ended_here(work, back, moment, by):
        work.get(User, ended.user_id).active = True
        work.session.delete(ended)
    work.flush()


def restore(work: Work, merge: EmployerMerge, back: int) -> None:
    """Give everybody the limits from before a merge; where somebody narrowed them since, those stay too.

    What is of the other employer again is no longer hidden apart.
    """
    formers = walls.former_limits(work, key(merge))
    now = walls.limits_of(work, [former.user_id for former in formers])
    for former in formers:
        there = frozenset(now.get(former.user_id, ()))
        _limit(work, former.user_id, there, narrowest(frozenset(former.authority_ids), there))
        work.session.delete(former)
    ours, theirs = walls.contracts_of(work, merge.kept), walls.contracts_of(work, back)
    for employer_id, seen in (
        (merge.kept, ours.apart_from(theirs)),
        (back, theirs.apart_from(ours)),
    ):
        for hidden in walls.hidden_rows(work, of_portal(work, employer_id)):
            if hidden.contract_id not in seen:
                work.session.delete(hidden)
    work.flush()


def _hide(work: Work, users: set[int], contracts: frozenset[int]) -> None:
    already = walls.hidden_by_user(work, users)
    for user_id in sorted(users):
        for contract_id in sorted(contracts - already.get(user_id, set())):
            work.add(HiddenContract(user_id=user_id, contract_id=contract_id))


def _limit(work: Work, user_id: int, now: frozenset[int], wanted: frozenset[int]) -> None:
    for row in walls.limit_rows(work, [user_id]):
        if row.authority_id not in wanted:
            work.session.delete(row)
    for authority_id in sorted(wanted - now):
        work.add(UserAuthority(user_id=user_id, authority_id=authority_id))
