"""Which employers a partner organisation sees: those that are shared with it, as long as they are."""

from __future__ import annotations

from crm.accounts.records import Partner, PartnerEmployer
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.records import key
from crm.core.work import Work
from crm.employers.queries.sharing import share_of
from crm.employers.records import Employer


class ShareEmployer(Command):
    """A partner organisation may see an employer from now on."""

    employer_id: int
    partner_id: int


class StopSharing(Command):
    """A partner organisation no longer sees an employer."""

    employer_id: int
    partner_id: int


@action(Permission.EMPLOYER_EDIT, ShareEmployer)
def share_employer(work: Work, command: ShareEmployer) -> int:
    """Share an employer with a partner; twice changes nothing."""
    employer = work.get(Employer, command.employer_id)
    partner = work.get(Partner, command.partner_id)
    if share_of(work, key(employer), key(partner)) is None:
        work.add(PartnerEmployer(partner_id=key(partner), employer_id=key(employer)))
    return command.employer_id


@action(Permission.EMPLOYER_EDIT, StopSharing)
def stop_sharing(work: Work, command: StopSharing) -> int:
    """Take an employer away from a partner; at the partner's next click it is gone."""
    employer = work.get(Employer, command.employer_id)
    if shared := share_of(work, key(employer), command.partner_id):
        work.session.delete(shared)
    return command.employer_id
