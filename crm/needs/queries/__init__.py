"""Questions about needs and vacancies, always for an actor."""

from crm.needs.queries.listing import (
    MOST_COUNTED,
    PAGE_SIZE,
    NeedFilter,
    NeedList,
    NeedOrder,
    NeedRow,
    need_ids,
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
    "NeedOrder",
    "NeedRow",
    "VacancyRow",
    "need_ids",
    "need_row",
    "needs_at",
    "needs_from",
    "needs_list",
    "open_vacancies",
    "vacancy_row",
    "waiting_for",
]
