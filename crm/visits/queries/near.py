"""The employers in the places around somebody."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import case
from sqlmodel import col, select

from crm.core.work import Work
from crm.employers.queries import FoundEmployer
from crm.employers.queries.archive import not_archived
from crm.employers.records import Employer


def employers_in(work: Work, places: Sequence[str], user_id: int, limit: int = 8) -> list[FoundEmployer]:
    """Return working employers in these places: one's own accounts first, then those spoken with last."""
    own_first = case((col(Employer.holder_id) == user_id, 0), else_=1)
    nearest = case({name: place for place, name in enumerate(places)}, value=Employer.city, else_=len(places))
    found = (
        select(Employer.id, Employer.name, Employer.city, Employer.kvk_number)
        .where(col(Employer.city).in_(places), col(Employer.ceased_on).is_(None), not_archived())
        .order_by(own_first, nearest, col(Employer.last_contact_on).desc().nulls_last(), col(Employer.id))
        .limit(limit)
    )
    return [
        FoundEmployer(int(one or 0), name, city, number)
        for one, name, city, number in work.session.exec(found)
    ]
