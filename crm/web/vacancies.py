"""Vacancies in the words of the VUM data standard: one, or all that are open in a region."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from crm.accounts.queries import actor_of_session
from crm.core.access import Permission
from crm.core.errors import NotFound
from crm.core.work import work
from crm.exchange.words import harmless
from crm.needs.queries import VacancyRow, open_vacancies, vacancy_row
from crm.needs.vum import as_vum, document, flat
from crm.web.handing import CSV, Handed, hand_over

JSON = "application/json"


async def download_vacancy(request: Request) -> Response:
    """Hand over the vacancy of one need as JSON."""
    return await hand_over(request, _one)


async def download_region(request: Request) -> Response:
    """Hand over the open vacancies of a region as JSON."""
    return await hand_over(request, _region)


async def download_region_table(request: Request) -> Response:
    """Hand over the open vacancies of a region as a table."""
    return await hand_over(request, _region_table)


def _one(session_id: int, need_id: int, _language: str) -> Handed:
    actor = actor_of_session(session_id)
    actor.require(Permission.VISIT_VIEW)
    with work(actor) as unit:
        found = vacancy_row(unit, need_id)
        if found is None:
            raise NotFound()
        unit.intend("needs.download_vacancy")
        unit.note("export", "vacancies", need_id)
        unit.commit()
    return Handed(_written(as_vum(found)), f"vacature-{need_id}.json", JSON)


def _region(session_id: int, region_id: int, _language: str) -> Handed:
    content = _written(document(_noted(session_id, region_id)))
    return Handed(content, f"vacatures-{region_id}.json", JSON)


def _region_table(session_id: int, region_id: int, _language: str) -> Handed:
    """Return the table; the mark in front tells Excel that it is UTF-8."""
    rows = [flat(row) for row in _noted(session_id, region_id)]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO(newline="")
    table = csv.writer(written, delimiter=";")
    table.writerow(columns)
    table.writerows([harmless(row.get(name, "")) for name in columns] for row in rows)
    return Handed(written.getvalue().encode("utf-8-sig"), f"vacatures-{region_id}.csv", CSV)


def _noted(session_id: int, region_id: int) -> Sequence[VacancyRow]:
    """Return the open vacancies of a region, after writing down who took them."""
    actor = actor_of_session(session_id)
    actor.require(Permission.VISIT_VIEW)
    if region_id not in actor.regions:
        raise NotFound()
    with work(actor) as unit:
        found = open_vacancies(unit, region_id)
        unit.intend("needs.download_vacancies")
        unit.note("export", "vacancies", region_id, {"count": len(found)})
        unit.commit()
    return found


def _written(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode()
