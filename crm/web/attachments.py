"""`/attachments/{id}`: a file that came with a contact, authorised at every request."""

from __future__ import annotations

from mimetypes import guess_extension

from starlette.requests import Request
from starlette.responses import Response

from crm.accounts.queries import actor_of_session
from crm.core import files
from crm.core.access import Permission
from crm.core.work import work
from crm.visits.records_files import MomentFile
from crm.web.handing import Handed, hand_over


async def download_attachment(request: Request) -> Response:
    """Hand over an attachment under a neutral name; not yours looks like not found."""
    return await hand_over(request, _content)


def _content(session_id: int, file_id: int, _language: str) -> Handed:
    actor = actor_of_session(session_id)
    actor.require(Permission.VISIT_VIEW)
    with work(actor) as unit:
        found = unit.get(MomentFile, file_id)
        content = files.read(found.sha256)
        unit.intend("visits.download_attachment")
        unit.note("view", "moment_files", file_id)
        unit.commit()
    return Handed(content, f"bijlage-{file_id}{guess_extension(found.media_type) or ''}", found.media_type)
