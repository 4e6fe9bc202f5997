"""Asks our ASGI application questions in process, as a server would: no port, no browser."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from crm.accounts.actions.sign_in import token_hash
from crm.accounts.records import SignInSession, User
from crm.core import clock
from crm.core.records import key
from crm.web.server import MIDDLEWARE, ROUTES
from tests.factories import save

HOST = "crm.example.nl"
TOKEN = "a-token-of-a-browser-in-a-test-{}"
TYPED = ("secret@example.nl", "typed", "this")


async def _echo(request: Request) -> Response:
    return JSONResponse({"ident": request.headers.getlist("x-crm-user")})


async def _fail(_request: Request) -> Response:
    raise RuntimeError(" ".join(TYPED))


async def _break_off(_request: Request) -> Response:
    async def half() -> AsyncIterator[bytes]:
        yield b"half of"
        raise RuntimeError("gone")

    return StreamingResponse(half())


async def _listen(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_json(websocket.headers.getlist("x-crm-user"))
    await websocket.close()


APP = Starlette(
    routes=[
        *ROUTES,
        Route("/fail", _fail),
        Route("/break-off", _break_off),
        WebSocketRoute("/_stcore/stream", _listen),
        WebSocketRoute("/auth/login", _listen),
        Route("/{path:path}", _echo, methods=["GET", "POST"]),
    ],
    middleware=MIDDLEWARE,
)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """The first header of this name, or nothing."""
        return next((value for found, value in self.headers if found == name), "")

    @property
    def cookies(self) -> list[str]:
        """The cookies that are set."""
        return [value for name, value in self.headers if name == "set-cookie"]

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


def signed_in(user: User, **values: Any) -> str:
    """Start a session for a user and return its cookie."""
    token = TOKEN.format(f"{user.email}-{len(values)}")
    session = {"created_at": clock.now(), "expires_at": clock.now() + timedelta(hours=8), **values}
    save(SignInSession(token_hash=token_hash(token), user_id=key(user), **session))
    return f"crm_session={token}"


def get(path: str, cookie: str = "", page: bool = False, **more: Any) -> Answer:
    """Ask for something; with `page` as a browser that opens a page."""
    accept = {"accept": "text/html,*/*"} if page else {}
    return ask("GET", path, cookie=cookie, headers={**accept, **more.pop("headers", {})}, **more)


def post(path: str, fields: Mapping[str, str], cookie: str = "", **headers: str) -> Answer:
    """Send a form from our own page."""
    given = {
        "origin": f"https://{HOST}",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return ask("POST", path, cookie=cookie, headers=given, body=urlencode(fields).encode())


def ask(
    method: str,
    path: str,
    *,
    cookie: str = "",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    scheme: str = "https",
) -> Answer:
    """Send one request and return the whole answer."""
    started: dict[str, Any] = {}
    chunks: list[bytes] = []

    asked = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> dict[str, Any]:
        """Give the request once; after that the browser only waits."""
        for request in asked:
            return request
        return await asyncio.Future()

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            started.update(message)
        else:
            chunks.append(message.get("body", b""))

    scope = {**_scope("http", path, cookie, headers or {}), "method": method, "scheme": scheme}
    asyncio.run(APP(scope, receive, send))
    given = [(name.decode(), value.decode()) for name, value in started["headers"]]
    return Answer(started["status"], given, b"".join(chunks))


def connect(path: str = "/_stcore/stream", cookie: str = "", headers: Mapping[str, str] | None = None) -> Any:
    """Open a websocket; returns what it said first, or None when it was refused."""
    said: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        said.append(message)

    asyncio.run(APP(_scope("websocket", path, cookie, headers or {}), receive, send))
    return next((message["text"] for message in said if message["type"] == "websocket.send"), None)


def _scope(kind: str, path: str, cookie: str, headers: Mapping[str, str]) -> dict[str, Any]:
    path, _, query = path.partition("?")
    given = {"host": HOST, **headers} | ({"cookie": cookie} if cookie else {})
    return {
        "type": kind,
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "wss" if kind == "websocket" else "https",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": ("127.0.0.1", 50000),
        "server": (HOST, 443),
        "subprotocols": [],
        "state": {},
    }
