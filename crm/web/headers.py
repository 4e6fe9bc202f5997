"""Security headers on every answer, and a plain page for what went wrong unexpectedly."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crm.core.config import settings
from crm.core.i18n import N_, translate
from crm.core.unexpected import log_unexpected
from crm.web import pages

# Streamlit sets styles and runs its charts and own parts from scripts made on the spot.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' blob: data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": _POLICY,
}
_SENTENCE = N_("Something went wrong. Try again, or give your administrator this number: {reference}.")


class SecurityHeaders:
    """ASGI middleware: headers on every answer; an unexpected error becomes a sentence."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and put the headers on its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _add_headers(message, secure=scope["scheme"] == "https")
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception as error:
            reference = log_unexpected(error)
            if started:
                raise
            await _sorry(reference)(scope, receive, send_with_headers)


def _add_headers(message: Message, *, secure: bool) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    if secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")


def _sorry(reference: str) -> ASGIApp:
    language = settings().language
    sentence = translate(language, _SENTENCE, reference=reference)
    body = pages.sentence_body(language, sentence)
    return pages.page(language, N_("Something went wrong"), body, status=500)
