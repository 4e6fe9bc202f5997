"""What the browser asks before it opens its websocket; everything else goes on as it came."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message
from streamlit.web.server.starlette.starlette_routes import create_host_config_routes

from crm.web.host_config import PATH, HostConfig


def streamlit() -> ASGIApp:
    page = Route("/pagina", lambda _request: PlainTextResponse("pagina"))
    return Starlette(routes=[page, *create_host_config_routes(None)])


def body(app: ASGIApp, path: str) -> str:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": path,
        "headers": [],
        "query_string": b"",
    }
    asyncio.run(app(scope, receive, send))
    return b"".join(message.get("body", b"") for message in sent).decode()


def test_no_dialog_covers_the_page_and_no_other_site_may_embed_it() -> None:
    answer = json.loads(body(HostConfig(streamlit()), PATH))
    assert answer["blockErrorDialogs"] is True
    assert answer["allowedOrigins"] == []


def test_it_answers_every_question_that_streamlit_answers() -> None:
    ours = json.loads(body(HostConfig(streamlit()), PATH))
    assert ours.keys() == json.loads(body(streamlit(), PATH)).keys()


def test_everything_else_goes_on() -> None:
    assert body(HostConfig(streamlit()), "/pagina") == "pagina"
