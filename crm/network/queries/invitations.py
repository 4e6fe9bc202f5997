"""Which employers the account holders are to invite."""

from __future__ import annotations

from sqlmodel import select

from crm.core.work import Work
from crm.network.records_parties import NetworkInvitation


def invitation_of(work: Work, employer_id: int) -> NetworkInvitation | None:
    """Return the invitation that was made for an employer, open or done."""
    found = select(NetworkInvitation).where(NetworkInvitation.employer_id == employer_id)
    return work.session.exec(found).first()
