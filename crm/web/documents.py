"""Final statements and letters: authorised at every request; not yours looks like not found."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from crm.accounts.queries import actor_of_session
from crm.core.access import Permission
from crm.core.config import settings
from crm.core.errors import AppError, NotFound
from crm.core.i18n import LANGUAGES, N_, translate
from crm.core.work import reading, work
from crm.exchange import effort_sheet
from crm.sroi.actions.settlement import note_copy
from crm.sroi.documents.letters import letter_pdf
from crm.sroi.documents.statement import statement_csv, statement_pdf
from crm.sroi.queries.contracts import ruleset_of
from crm.sroi.queries.letters import stored_letter
from crm.sroi.queries.statements import statement
from crm.web import pages
from crm.web.gate import visitor_of

PDF, CSV = "application/pdf", "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Make = Callable[[int, int, str], bytes]


async def download_statement(request: Request) -> Response:
    """Hand over a final statement as a PDF, in the language asked for with `?language=`."""
    return await _hand_over(request, _statement_pdf, "eindafrekening-{id}-{language}.pdf", PDF)


async def download_statement_table(request: Request) -> Response:
    """Hand over a final statement as a table for a spreadsheet."""
    return await _hand_over(request, _statement_csv, "eindafrekening-{id}-{language}.csv", CSV)


async def download_letter(request: Request) -> Response:
    """Hand over a letter as a PDF, in the language it was made in."""
    return await _hand_over(request, _letter_pdf, "brief-{id}.pdf", PDF)


async def download_sheet(request: Request) -> Response:
    """Hand over the spreadsheet in which efforts on a contract are filled in."""
    return await _hand_over(request, _sheet, "inspanningen-{id}.xlsx", XLSX)


async def _hand_over(request: Request, make: Make, name: str, media_type: str) -> Response:
    visitor, asked = visitor_of(request), request.path_params["id"]
    try:
        if visitor is None or not (asked.isascii() and asked.isdigit() and len(asked) <= 15):
            raise NotFound()
        language = request.query_params.get("language", visitor.language)
        if language not in LANGUAGES:
            raise NotFound()
        content = await run_in_threadpool(make, visitor.session_id, int(asked), language)
    except AppError:
        return _not_found(visitor.language if visitor else settings().language)
    headers = {
        "Content-Disposition": f'attachment; filename="{name.format(id=asked, language=language)}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=media_type, headers=headers)


def _statement_pdf(session_id: int, statement_id: int, language: str) -> bytes:
    """Return a statement's PDF, after writing down who took it and what its bytes are."""
    actor = actor_of_session(session_id)
    actor.require(Permission.STATEMENT_VIEW)
    with reading(actor) as unit:
        row = statement(unit, statement_id)
    content = statement_pdf(row.paper, row.code, language)
    with work(actor) as unit:
        unit.intend("sroi.download_statement")
        unit.note("view", "statements", statement_id)
        note_copy(unit, statement_id, language, hashlib.sha256(content).hexdigest())
        unit.commit()
    return content


def _statement_csv(session_id: int, statement_id: int, language: str) -> bytes:
    """Return a statement's table; the mark in front tells Excel that it is UTF-8."""
    actor = actor_of_session(session_id)
    actor.require(Permission.STATEMENT_VIEW)
    with work(actor) as unit:
        row = statement(unit, statement_id)
        unit.intend("sroi.download_statement")
        unit.note("export", "statements", statement_id)
        unit.commit()
    return statement_csv(row.paper, row.code, language).encode("utf-8-sig")


def _letter_pdf(session_id: int, letter_id: int, _language: str) -> bytes:
    actor = actor_of_session(session_id)
    actor.require(Permission.STATEMENT_VIEW)
    with work(actor) as unit:
        inputs = stored_letter(unit, letter_id)
        unit.intend("sroi.download_letter")
        unit.note("view", "letters", letter_id)
        unit.commit()
    return letter_pdf(inputs)


def _sheet(session_id: int, contract_id: int, language: str) -> bytes:
    actor = actor_of_session(session_id)
    actor.require(Permission.EFFORT_SUBMIT)
    with reading(actor) as unit:
        ruleset = ruleset_of(unit, contract_id)
    return effort_sheet.template(ruleset, language)


def _not_found(language: str) -> Response:
    sentence = translate(language, NotFound().message)
    return pages.page(language, N_("Not found"), pages.sentence_body(language, sentence), status=404)
