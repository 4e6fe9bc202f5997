"""`/files/{id}`: evidence files, authorised at every request; not yours looks like not found."""

from __future__ import annotations

from mimetypes import guess_extension

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from crm.accounts.queries import actor_of_session
from crm.core import files
from crm.core.access import Permission
from crm.core.config import settings
from crm.core.errors import AppError, NotFound
from crm.core.i18n import N_, translate
from crm.core.work import work
from crm.sroi.records import Evidence
from crm.web import pages
from crm.web.gate import visitor_of


async def download(request: Request) -> Response:
    """Hand over one evidence file as a download with a neutral name."""
    visitor = visitor_of(request)
    asked = request.path_params["id"]
    try:
        if visitor is None or not (asked.isascii() and asked.isdigit() and len(asked) <= 15):
            raise NotFound()
        content, media_type = await run_in_threadpool(_content, visitor.session_id, int(asked))
    except AppError:
        return _not_found(visitor.language if visitor else settings().language)
    name = f"bewijs-{asked}{guess_extension(media_type) or ''}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=media_type, headers=headers)


def _content(session_id: int, evidence_id: int) -> tuple[bytes, str]:
    """Return the content and kind of a file, after writing down who took it."""
    actor = actor_of_session(session_id)
    actor.require(Permission.EVIDENCE_VIEW)
    with work(actor) as unit:
        evidence = unit.get(Evidence, evidence_id)
        if evidence.sha256 is None:
            raise NotFound()
        content = files.read(evidence.sha256)
        unit.intend("sroi.download_evidence")
        unit.note("view", "evidence", evidence_id)
        unit.commit()
    return content, evidence.media_type or "application/octet-stream"


def _not_found(language: str) -> Response:
    sentence = translate(language, NotFound().message)
    return pages.page(language, N_("Not found"), pages.sentence_body(language, sentence), status=404)
