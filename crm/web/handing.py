"""Handing over a file as a download: authorised at every request; not yours looks like not found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from crm.accounts.queries import Visitor
from crm.core.config import settings
from crm.core.errors import AppError, NotFound
from crm.core.i18n import LANGUAGES, N_, translate
from crm.web import pages
from crm.web.gate import visitor_of

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Handed:
    """A file on its way out: what is in it, under which neutral name, and of what kind."""

    content: bytes
    name: str
    media_type: str


Make = Callable[[int, int, str], Handed]
"""Gives a file to a sign-in session, of a record, in a language; raises an `AppError` for whom it is not."""


async def hand_over(request: Request, make: Make) -> Response:
    """Return the file of the record in the address, in the visitor's language or that of `?language=`."""
    visitor, asked = visitor_of(request), request.path_params["id"]
    try:
        if visitor is None or not (asked.isascii() and asked.isdigit() and len(asked) <= 15):
            raise NotFound()
        language = request.query_params.get("language", visitor.language)
        if language not in LANGUAGES:
            raise NotFound()
        file = await run_in_threadpool(make, visitor.session_id, int(asked), language)
    except AppError:
        return not_found(visitor)
    return answer(file)


def answer(file: Handed) -> Response:
    """Return a file as a download that a browser keeps nowhere and runs nothing of."""
    headers = {
        "Content-Disposition": f'attachment; filename="{file.name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
    }
    return Response(file.content, media_type=file.media_type, headers=headers)


def not_found(visitor: Visitor | None) -> Response:
    """Return the page for what is not there, or not the visitor's."""
    language = visitor.language if visitor else settings().language
    sentence = translate(language, NotFound().message)
    return pages.page(language, N_("Not found"), pages.sentence_body(language, sentence), status=404)
