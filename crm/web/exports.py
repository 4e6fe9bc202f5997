"""`/exports/…`: lists as files with the filters in force, and everything for the administrator."""

from __future__ import annotations

import tempfile

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from crm.accounts.queries import actor_of_session
from crm.core.access import Permission
from crm.core.errors import AppError, NotFound
from crm.core.i18n import in_language
from crm.core.work import work
from crm.exchange.everything import write_everything
from crm.exchange.exporting import FORMATS, exported
from crm.ui.export_words import words_for
from crm.web.gate import visitor_of
from crm.web.handing import CSV, XLSX, Handed, answer, not_found

ZIP = "application/zip"


async def download_list(request: Request) -> Response:
    """Hand over a list as CSV or XLSX; not yours looks like not found."""
    visitor = visitor_of(request)
    name, kind = request.path_params["name"], request.path_params["kind"]
    try:
        if visitor is None or kind not in FORMATS:
            raise NotFound()
        asked = dict(request.query_params)
        file = await run_in_threadpool(_list, visitor.session_id, name, kind, asked, visitor.language)
    except AppError:
        return not_found(visitor)
    return answer(file)


async def download_everything(request: Request) -> Response:
    """Hand over everything the organisation owns as one archive, to the administrator."""
    visitor = visitor_of(request)
    try:
        if visitor is None:
            raise NotFound()
        file = await run_in_threadpool(_everything, visitor.session_id)
    except AppError:
        return not_found(visitor)
    return answer(file)


def _list(session_id: int, name: str, kind: str, asked: dict[str, str], language: str) -> Handed:
    """Return the list, after writing down who took it."""
    actor = actor_of_session(session_id)
    with work(actor) as unit:
        content = exported(unit, name, kind, asked, in_language(language), words_for(language))
        unit.intend("exchange.export_list")
        unit.note("export", name, 0)
        unit.commit()
    return Handed(content, f"{name}.{kind}", XLSX if kind == "xlsx" else CSV)


def _everything(session_id: int) -> Handed:
    actor = actor_of_session(session_id)
    actor.require(Permission.USER_MANAGE)
    with work(actor) as unit:
        unit.intend("exchange.export_everything")
        unit.note("export", "everything", 0)
        unit.commit()
    with tempfile.TemporaryFile() as file:
        write_everything(actor, file)
        file.seek(0)
        return Handed(file.read(), "alles.zip", ZIP)
