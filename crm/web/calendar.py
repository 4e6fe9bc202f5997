"""`/calendar/{token}.ics`: somebody's private calendar; unknown and taken away look the same."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from crm.agenda.feed import calendar_of
from crm.core.errors import AppError

LONGEST = 100


async def show_calendar(request: Request) -> Response:
    """Hand over a calendar by its secret address: there is no session here, only the address."""
    token = request.path_params["token"]
    try:
        content = await run_in_threadpool(calendar_of, token[:LONGEST])
    except AppError:
        return PlainTextResponse("Not found", 404, {"Cache-Control": "no-store"})
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": 'inline; filename="vliegwiel.ics"',
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)
