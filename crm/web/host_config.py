"""Keeps Streamlit from covering the page when the line drops.

Its dialog is in English, and takes the keyboard away from who is typing a visit on a train. Without it the
page stays as it is, Streamlit goes on trying, and the field says itself that there is no connection.
"""

from __future__ import annotations

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

PATH = "/_stcore/host-config"
_ANSWER = {
    "allowedOrigins": [],
    "useExternalAuthToken": False,
    "enableCustomParentMessages": False,
    "enforceDownloadInNewTab": False,
    "metricsUrl": "",
    "blockErrorDialogs": True,
    "resourceCrossOriginMode": None,
}


class HostConfig:
    """ASGI middleware: answers what the browser asks before it opens its websocket."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the one question, and pass everything else on."""
        if scope["type"] == "http" and scope["path"] == PATH:
            answer = JSONResponse(_ANSWER, headers={"Cache-Control": "no-cache"})
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)
