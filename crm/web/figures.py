"""`/figures/{id}.csv`: a published council figure as a table, for who may see it."""

from __future__ import annotations

import csv
import io

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from crm.accounts.queries import actor_of_session
from crm.core.access import Permission
from crm.core.errors import AppError, NotFound
from crm.core.i18n import translate
from crm.core.work import work
from crm.exchange.words import harmless
from crm.sroi.figure_table import table_of
from crm.sroi.queries.published import snapshot
from crm.web.gate import visitor_of


async def download_figure(request: Request) -> Response:
    """Hand over a published figure as it was frozen; not yours looks like not found."""
    visitor = visitor_of(request)
    asked = request.path_params["id"]
    if visitor is None:
        return PlainTextResponse("", status_code=404)
    try:
        if not (asked.isascii() and asked.isdigit() and len(asked) <= 15):
            raise NotFound()
        content = await run_in_threadpool(_content, visitor.session_id, int(asked), visitor.language)
    except AppError:
        sentence = translate(visitor.language, NotFound().message)
        return PlainTextResponse(sentence, status_code=404)
    headers = {
        "Content-Disposition": f'attachment; filename="raadscijfers-{asked}.csv"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def _content(session_id: int, snapshot_id: int, language: str) -> bytes:
    """Return the table, after writing down who took it; the mark in front tells Excel that it is UTF-8."""
    actor = actor_of_session(session_id)
    actor.require(Permission.FIGURES_VIEW)
    with work(actor) as unit:
        found = snapshot(unit, snapshot_id)
        unit.intend("sroi.download_figure")
        unit.note("export", "figure_snapshots", snapshot_id)
        written = io.StringIO(newline="")
        rows = table_of(found.document, language, found.number)
        csv.writer(written, delimiter=";").writerows([harmless(cell) for cell in row] for row in rows)
        unit.commit()
    return written.getvalue().encode("utf-8-sig")
