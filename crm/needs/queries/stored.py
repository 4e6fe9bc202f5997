"""Stored needs and vacancies, for actions that change them."""

from __future__ import annotations

from sqlmodel import select

from crm.core.work import Work
from crm.needs.records import Vacancy


def vacancy_of(work: Work, need_id: int) -> Vacancy | None:
    """Return the vacancy that describes a need, if there is one."""
    return work.session.exec(select(Vacancy).where(Vacancy.need_id == need_id)).first()
