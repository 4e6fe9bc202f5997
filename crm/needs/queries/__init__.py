"""Questions about needs and vacancies, always for an actor."""

from crm.needs.queries.listing import (
    MOST_COUNTED,
    PAGE_SIZE,
    NeedFilter,
    NeedList,
    NeedRow,
    need_row,
    needs_at,
    needs_from,
    needs_list,
    waiting_for,
)
from crm.needs.queries.vacancies import VacancyRow, open_vacancies, vacancy_row

__all__ = [
    "MOST_COUNTED",
    "PAGE_SIZE",
    "NeedFilter",
    "NeedList",
    "NeedRow",
    "VacancyRow",
    "need_row",
    "needs_at",
    "needs_from",
    "needs_list",
    "open_vacancies",
    "vacancy_row",
    "waiting_for",
]
