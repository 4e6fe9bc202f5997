"""Inviting the new employer of a former participant: a follow-up of the account holder, never a mail."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from crm.core import clock
from crm.core.config import settings as installation
from crm.core.i18n import N_, translate
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.network.queries.invitations import invitation_of
from crm.network.queries.members import membership_record
from crm.network.records_parties import NetworkInvitation
from crm.network.rules import invitation_due
from crm.network.settings import settings
from crm.visits.records import FollowUp

_WHAT = N_("Invite to the business network: a former participant works here now.")


def invite(work: Work, employer: Employer, placement_id: int, started_on: date) -> int | None:
    """Let the account holder invite an employer where a former participant started; return the follow-up.

    An employer is invited once, and not when it is or was a member, nor for somebody who started long ago.
    """
    today, owner_id = clock.today(), employer.holder_id or work.actor.user_id
    long_ago = started_on < today - timedelta(days=settings().invite_until_days)
    if long_ago or owner_id is None or membership_record(work, key(employer)) is not None:
        return None
    if invitation_of(work, key(employer)) is not None:
        return None
    belongs: dict[str, Any] = {"region_id": employer.region_id, "employer_id": key(employer)}
    follow_up = work.add(
        FollowUp(
            **belongs,
            what=translate(installation().language, _WHAT),
            owner_id=owner_id,
            due_on=invitation_due(started_on, today, settings().invite_after_weeks),
        )
    )
    made = NetworkInvitation(**belongs, follow_up_id=key(follow_up), placement_id=placement_id, made_on=today)
    work.add(made)
    return key(follow_up)


def settle_invitation(work: Work, employer_id: int) -> None:
    """Mark the invitation of an employer as done: it joined."""
    invitation = invitation_of(work, employer_id)
    if invitation is None:
        return
    follow_up = work.get(FollowUp, invitation.follow_up_id)
    if follow_up.done_on is None:
        follow_up.done_on, follow_up.done_by_id = clock.today(), work.actor.user_id


def withdraw_invitation(work: Work, employer_id: int, placement_id: int) -> None:
    """Take an invitation back that was made for a placement which never came to work, if it is still open."""
    invitation = invitation_of(work, employer_id)
    if invitation is None or invitation.placement_id != placement_id:
        return
    follow_up = work.get(FollowUp, invitation.follow_up_id)
    if follow_up.done_on is None:
        work.session.delete(invitation)
        work.flush()
        work.session.delete(follow_up)
