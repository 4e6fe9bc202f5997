"""Portal access at a merge: who had the portal of who goes does not get into that of who stays by it.

Letting somebody in takes `COLLEAGUE_MANAGE` (docs/decisions/0014). So a merge ends the access, the same way
as people who decide about it end it, and they give it back.
"""

from __future__ import annotations

from datetime import datetime

from crm.accounts.actions.checks import end_sessions
from crm.accounts.actions.invitations import withdraw_those_of
from crm.accounts.queries.portals import ended_here, of_portal_users, open_links, with_access
from crm.accounts.records import User
from crm.accounts.records_access import EndedAccess
from crm.core.records import key
from crm.core.work import Work
from crm.employers.moving import Moved, change
from crm.employers.records import Employer


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
