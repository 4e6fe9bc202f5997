"""Vacancies as they are read, changed and handed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from crm.core.errors import NotFound
from crm.core.work import Work
from crm.employers.records import ContactPerson, Employer
from crm.needs.records import Need, Vacancy

MOST_HANDED_ON = 5000


@dataclass(frozen=True)
class VacancyRow:
    """A vacancy with the employer it is at, and whom to ask about it."""

    vacancy: Vacancy
    employer: Employer
    contact: ContactPerson | None


def vacancy_row(work: Work, need_id: int) -> VacancyRow | None:
    """Return the vacancy of a need, or None while it is not described; `NotFound` when it is not yours."""
    found = work.session.exec(_rows().where(Vacancy.need_id == need_id)).first()
    if found is None:
        if work.session.exec(select(col(Need.id)).where(Need.id == need_id)).first() is None:
            raise NotFound()
        return None
    return VacancyRow(*found)


def open_vacancies(work: Work, region_id: int) -> list[VacancyRow]:
    """Return the vacancies in a region whose needs have not ended; the first closing first."""
    found = _rows().join(Need, col(Need.id) == Vacancy.need_id)
    found = found.where(Vacancy.region_id == region_id, col(Need.closed_on).is_(None))
    order = col(Vacancy.closes_on).asc().nulls_last(), col(Vacancy.id)
    return [VacancyRow(*row) for row in work.session.exec(found.order_by(*order).limit(MOST_HANDED_ON))]


def _rows() -> Any:
    return (
        select(Vacancy, Employer, ContactPerson)
        .join(Employer, col(Employer.id) == Vacancy.employer_id)
        .outerjoin(ContactPerson, col(ContactPerson.id) == Vacancy.contact_person_id)
    )
