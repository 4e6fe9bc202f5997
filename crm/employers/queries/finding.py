"""Finding an employer while somebody types."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case
from sqlmodel import col, select

from crm.core import search
from crm.core.work import Work
from crm.employers.queries.archive import not_archived
from crm.employers.records import Employer
from crm.employers.rules import folded


@dataclass(frozen=True)
class FoundEmployer:
    """An employer as a choice: enough to tell two of the same name apart."""

    id: int
    name: str
    city: str | None
    kvk_number: str | None


def find_employers(work: Work, text: str, limit: int = 20) -> list[FoundEmployer]:
    """Return working employers whose name, place or KvK number holds every word typed.

    Those that start with the text come first, then by name; without text the first by name.
    """
    wanted = select(Employer.id, Employer.name, Employer.city, Employer.kvk_number).where(
        col(Employer.ceased_on).is_(None), not_archived()
    )
    if typed := folded(text):
        wanted = wanted.where(holds(work, typed))
    if not search.too_short(typed):
        starts = col(Employer.search_key).startswith(typed, autoescape=True)
        wanted = wanted.order_by(case((starts, 0), else_=1))
    rows = work.session.exec(wanted.order_by(col(Employer.search_key)).limit(limit))
    return [FoundEmployer(int(found or 0), name, city, number) for found, name, city, number in rows]


def found_employer(work: Work, employer_id: int) -> FoundEmployer:
    """Return one employer as a choice; raises `NotFound` when it is not yours."""
    employer = work.get(Employer, employer_id)
    return FoundEmployer(employer_id, employer.name, employer.city, employer.kvk_number)


def employer_names(work: Work, ids: Iterable[int]) -> dict[int, str]:
    """Return the names of employers, by id; those that the actor does not see are left out."""
    found = select(Employer.id, Employer.name).where(col(Employer.id).in_(set(ids)))
    return {int(employer_id or 0): name for employer_id, name in work.session.exec(found)}


def employer_with_kvk(work: Work, kvk_number: str) -> Employer | None:
    """Return the employer with a KvK number, or None when there is none that the actor sees."""
    return work.session.exec(select(Employer).where(Employer.kvk_number == kvk_number)).first()


def holds(work: Work, typed: str) -> ColumnElement[bool]:
    """Return the condition that an employer is found by what was typed (already folded)."""
    return search.matches(
        work, typed, index="employer_search", record_id=col(Employer.id), search_key=col(Employer.search_key)
    )
