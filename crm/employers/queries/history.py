"""What was changed at an employer, by whom and when."""

from __future__ import annotations

from sqlmodel import select

from crm.core.access import Permission
from crm.core.history import Change, history_of
from crm.core.work import Work
from crm.employers.records import AccountTeamMember, ContactPerson, Employer, Establishment


def employer_history(
    work: Work, employer_id: int, limit: int = 20, before: int | None = None
) -> list[Change]:
    """Return the changes of an employer, its people, places and account team, newest first.

    Only for whoever may change employers or read the audit; raises `Forbidden` for others and `NotFound`
    when the employer is not yours.
    """
    if not work.actor.may(Permission.AUDIT_VIEW):
        work.actor.require(Permission.EMPLOYER_EDIT)
    records = [
        work.get(Employer, employer_id),
        *work.session.exec(select(ContactPerson).where(ContactPerson.employer_id == employer_id)),
        *work.session.exec(select(Establishment).where(Establishment.employer_id == employer_id)),
        *work.session.exec(select(AccountTeamMember).where(AccountTeamMember.employer_id == employer_id)),
    ]
    return history_of(work, records, limit, before)
