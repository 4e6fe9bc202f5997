"""`/files/{id}` and `/certificates/{id}`: evidence files, authorised at every request.

Not yours looks like not found.
"""

from __future__ import annotations

from mimetypes import guess_extension

from starlette.requests import Request
from starlette.responses import Response

from crm.accounts.queries import actor_of_session
from crm.core import files
from crm.core.access import Permission
from crm.core.errors import NotFound
from crm.core.work import work
from crm.sroi.records import CertificateOffer, Evidence
from crm.web.handing import Handed, hand_over


async def download(request: Request) -> Response:
    """Hand over one evidence file as a download with a neutral name."""
    return await hand_over(request, _content)


async def download_certificate(request: Request) -> Response:
    """Hand over a certificate that was handed in and waits for an answer."""
    return await hand_over(request, _certificate)


def _certificate(session_id: int, offer_id: int, _language: str) -> Handed:
    actor = actor_of_session(session_id)
    actor.require(Permission.EVIDENCE_VIEW)
    with work(actor) as unit:
        offer = unit.get(CertificateOffer, offer_id)
        if offer.sha256 is None:
            raise NotFound()
        content = files.read(offer.sha256)
        unit.intend("sroi.download_certificate")
        unit.note("view", "certificate_offers", offer_id)
        unit.commit()
    media_type = offer.media_type or "application/octet-stream"
    return Handed(content, f"certificaat-{offer_id}{guess_extension(media_type) or ''}", media_type)


def _content(session_id: int, evidence_id: int, _language: str) -> Handed:
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
    media_type = evidence.media_type or "application/octet-stream"
    return Handed(content, f"bewijs-{evidence_id}{guess_extension(media_type) or ''}", media_type)
