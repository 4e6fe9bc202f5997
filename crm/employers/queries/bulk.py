"""What a change for many employers at once would do, and the last one that can be undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select

from crm.accounts.records import User
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.employers.records_bulk import BulkChange, BulkStep, EmployerTag
from crm.employers.rules_bulk import BulkKind, BulkRow, LastBulk

MOST_TAGS = 60


def preview(work: Work, kind: BulkKind, value: str, employer_ids: Collection[int]) -> list[BulkRow]:
    """Return what the change would do to each employer in view, by name; in at most two questions."""
    found = select(Employer).where(col(Employer.id).in_(employer_ids)).order_by(col(Employer.search_key))
    tagged = employers_tagged(work, value, employer_ids) if kind in (BulkKind.TAG, BulkKind.UNTAG) else set()
    after = None if kind is BulkKind.UNTAG else value
    return [
        BulkRow(key(row), row.name, value_now(row, kind, value, tagged), after)
        for row in work.session.exec(found)
    ]


def value_now(employer: Employer, kind: BulkKind, value: str, tagged: Collection[int]) -> str | None:
    """Return what an employer has now of what a change is about, as it is kept."""
    if kind is BulkKind.HOLDER:
        return None if employer.holder_id is None else str(employer.holder_id)
    if kind is BulkKind.SEGMENT:
        return employer.segment.value
    return value if employer.id in tagged else None


def employers_tagged(work: Work, tag: str, employer_ids: Collection[int]) -> set[int]:
    """Return which of these employers have a tag."""
    found = select(EmployerTag.employer_id).where(
        EmployerTag.tag == tag, col(EmployerTag.employer_id).in_(employer_ids)
    )
    return set(work.session.exec(found))


def tags_in_use(work: Work) -> list[str]:
    """Return the tags that employers have, by name."""
    found = select(EmployerTag.tag).distinct().order_by(col(EmployerTag.tag)).limit(MOST_TAGS)
    return list(work.session.exec(found))


def tags_of(work: Work, employer_ids: Collection[int]) -> Mapping[int, list[str]]:
    """Return the tags of these employers, by employer; in one question."""
    found = select(EmployerTag.employer_id, EmployerTag.tag).where(
        col(EmployerTag.employer_id).in_(employer_ids)
    )
    tags: dict[int, list[str]] = defaultdict(list)
    for employer_id, tag in work.session.exec(found.order_by(col(EmployerTag.tag))):
        tags[employer_id].append(tag)
    return tags


def has_tag(tag: str) -> ColumnElement[bool]:
    """Return the condition that an employer has a tag."""
    return col(Employer.id).in_(select(EmployerTag.employer_id).where(EmployerTag.tag == tag))


def last_bulk(work: Work) -> LastBulk[BulkKind] | None:
    """Return the actor's last change for many employers, unless it was undone."""
    steps = select(func.count()).where(BulkStep.bulk_id == BulkChange.id).scalar_subquery()
    found = select(BulkChange, steps).where(BulkChange.made_by_id == work.actor.user_id)
    row = work.session.exec(found.order_by(col(BulkChange.id).desc()).limit(1)).first()
    if row is None or row[0].undone_at is not None:
        return None
    change, count = row
    return LastBulk(key(change), change.version, change.kind, change.made_at, int(count))


def names_of_colleagues(work: Work) -> dict[str, str]:
    """Return the names of the users in view, by their id as a change keeps it."""
    return {str(user_id): name for user_id, name in work.session.exec(select(User.id, User.name))}


def steps_of(work: Work, bulk_id: int) -> list[BulkStep]:
    """Return what a bulk change did, employer by employer."""
    return list(work.session.exec(select(BulkStep).where(BulkStep.bulk_id == bulk_id)))


def tags_worn(work: Work, employer_id: int, tag: str) -> list[EmployerTag]:
    """Return the records that say that an employer wears a tag."""
    worn = select(EmployerTag).where(col(EmployerTag.employer_id) == employer_id, col(EmployerTag.tag) == tag)
    return list(work.session.exec(worn))
