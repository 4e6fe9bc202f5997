"""With which partner organisations an employer is shared."""

from __future__ import annotations

from sqlmodel import select

from crm.accounts.records import Partner, PartnerEmployer
from crm.core.work import Work


def partners_of(work: Work, employer_id: int) -> dict[int, str]:
    """Return the names of the partners that see an employer, by id."""
    found = (
        select(Partner.id, Partner.name)
        .join(PartnerEmployer)
        .where(PartnerEmployer.employer_id == employer_id)
        .order_by(Partner.name)
    )
    return {int(partner_id or 0): name for partner_id, name in work.session.exec(found)}


def share_of(work: Work, employer_id: int, partner_id: int) -> PartnerEmployer | None:
    """Return the record that shares an employer with a partner."""
    found = select(PartnerEmployer).where(
        PartnerEmployer.employer_id == employer_id, PartnerEmployer.partner_id == partner_id
    )
    return work.session.exec(found).first()
