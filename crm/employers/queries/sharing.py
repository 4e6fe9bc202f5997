"""With which partner organisations an employer is shared, and was shared before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.accounts.records import Partner, PartnerEmployer
from crm.core.audit import AuditEntry
from crm.core.work import Work
from crm.employers.records import Employer


@dataclass(frozen=True)
class Shared:
    """From when until when a partner organisation saw an employer; `until` is None while it does.

    `since` is None when that is from before the log.
    """

    partner_id: int
    partner: str
    since: datetime | None
    until: datetime | None


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


def sharing_of(work: Work, employer_id: int) -> list[Shared]:
    """Return with whom an employer is shared, by name, and then with whom it was, the longest ago in front.

    When that began and ended is in the audit, which knows no scope; so the employer is looked up first:
    raises `NotFound` when it is not yours.
    """
    work.get(Employer, employer_id)
    of_this = col(PartnerEmployer.employer_id) == employer_id
    shared = and_(col(PartnerEmployer.partner_id) == Partner.id, of_this)
    found = select(Partner.id, Partner.name, PartnerEmployer.id).outerjoin(PartnerEmployer, shared)
    partners = work.session.exec(found.order_by(Partner.name)).all()
    names = {int(partner_id or 0): name for partner_id, name, _share in partners}
    spells = sorted(_spells(work, employer_id), key=lambda spell: spell[1])
    began = {one: since for one, since, until in spells if until is None}
    sees = [int(partner_id or 0) for partner_id, _name, share in partners if share is not None]
    return [
        *(Shared(one, names[one], began.get(one), None) for one in sees),
        *(Shared(one, names[one], since, until) for one, since, until in spells if until and one in names),
    ]


def _entries_about(employer_id: int) -> SelectOfScalar[AuditEntry]:
    """Return the question for what the audit holds of sharing this employer, in the order it was written."""
    said = (f'"employer_id":{employer_id}{end}' for end in ",}")
    about = [
        column.contains(text) for text in said for column in (col(AuditEntry.before), col(AuditEntry.after))
    ]
    shared = AuditEntry.object_type == str(PartnerEmployer.__tablename__)
    return select(AuditEntry).where(shared, or_(*about)).order_by(col(AuditEntry.id))


def _spells(work: Work, employer_id: int) -> Iterator[tuple[int, datetime, datetime | None]]:
    """Yield who saw an employer from when until when; a merge can bring a share from another employer."""
    began: dict[str, datetime] = {}
    partner: dict[str, int] = {}
    for entry in work.session.exec(_entries_about(employer_id)):
        before, after = json.loads(entry.before), json.loads(entry.after)
        partner[entry.object_id] = {**before, **after}.get("partner_id", partner.get(entry.object_id, 0))
        if after.get("employer_id") == employer_id:
            began.setdefault(entry.object_id, entry.at)
        elif before.get("employer_id") == employer_id and entry.object_id in began:
            yield partner[entry.object_id], began.pop(entry.object_id), entry.at
    for object_id, since in began.items():
        yield partner[object_id], since, None
