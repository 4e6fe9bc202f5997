"""`/imports/{id}.csv`: what became of the lines of a file, for who brought it in."""

from __future__ import annotations

import csv
import io

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from crm.accounts.queries import actor_of_session
from crm.core.access import Permission
from crm.core.errors import AppError, NotFound
from crm.core.i18n import in_language, translate
from crm.core.work import work
from crm.exchange import queries
from crm.exchange.words import table_of
from crm.web.gate import visitor_of


async def download_verdicts(request: Request) -> Response:
    """Hand over the verdicts on a file as a table for a spreadsheet; not yours looks like not found."""
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
        "Content-Disposition": f'attachment; filename="import-{asked}.csv"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def _content(session_id: int, run_id: int, language: str) -> bytes:
    """Return the table, after writing down who took it; the mark in front tells Excel that it is UTF-8."""
    actor = actor_of_session(session_id)
    actor.require(Permission.IMPORT_RUN)
    with work(actor) as unit:
        queries.run(unit, run_id)
        unit.intend("exchange.download_verdicts")
        unit.note("export", "import_runs", run_id)
        written = io.StringIO(newline="")
        rows = table_of(in_language(language), queries.every_verdict(unit, run_id), with_names=True)
        csv.writer(written, delimiter=";").writerows(rows)
        unit.commit()
    return written.getvalue().encode("utf-8-sig")
