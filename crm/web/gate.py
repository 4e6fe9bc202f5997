"""The gate: every request and websocket is somebody's, or goes no further than the sign-in page."""

from __future__ import annotations

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from crm.accounts.actions.sign_in import token_hash
from crm.accounts.queries import Visitor, visitor_of_token
from crm.core.access import ROLE_PERMISSIONS, Role
from crm.ui.registry import home_of
from crm.web import cookies

IDENTITY_HEADER = b"x-crm-user"
SIGN_IN_FILES = frozenset(
    f"/app/static/{name}"
    for name in (
        "sign-in.css",
        "icon.svg",
        "logo.svg",
        "fonts/source-sans-3-latin.woff2",
        "fonts/source-sans-3-latin-ext.woff2",
    )
)
OPEN_PATHS = (
    frozenset({"/auth/login", "/auth/logout", "/auth/demo", "/auth/uitnodiging", "/healthz", "/controle"})
    | {"/auth/oidc/start", "/auth/oidc/callback"}
    | SIGN_IN_FILES
)
# Whoever has such an address may open it: the secret is in the address itself.
OPEN_FOLDERS = ("/calendar/",)
ADMIN_PATHS = ("/_stcore/metrics",)
CLOSED_PATHS = ("/_stcore/agent",)
_POLICY_VIOLATION = 1008


class SessionGate:
    """ASGI middleware: replaces whatever identity came from outside by that of the session cookie."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through in its visitor's name, or answer it here."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        visitor = await _visitor(scope)
        answer = _answer(scope, visitor)
        if answer is None:
            await self.app(_identified(scope, visitor), receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        else:
            await answer(scope, receive, send)


def visitor_of(connection: HTTPConnection) -> Visitor | None:
    """Return who the gate found behind a request, or None on an open path without a session."""
    found: Visitor | None = connection.scope.get("crm.visitor")
    return found


async def _visitor(scope: Scope) -> Visitor | None:
    token = cookies.session_token(HTTPConnection(scope))
    if token is None or scope["path"] == "/healthz":
        return None
    return await run_in_threadpool(visitor_of_token, token_hash(token))


def _identified(scope: Scope, visitor: Visitor | None) -> Scope:
    headers = [(name, value) for name, value in scope["headers"] if name.lower() != IDENTITY_HEADER]
    if visitor:
        headers.append((IDENTITY_HEADER, str(visitor.session_id).encode()))
    return {**scope, "headers": headers, "crm.visitor": visitor}


def _answer(scope: Scope, visitor: Visitor | None) -> Response | None:
    """Return the gate's own answer, or None when the request may go on."""
    path: str = scope["path"]
    if visitor is None:
        is_open = scope["type"] == "http" and (path in OPEN_PATHS or path.startswith(OPEN_FOLDERS))
        return None if is_open else _to_sign_in(scope)
    if path.startswith(CLOSED_PATHS) or (path.startswith(ADMIN_PATHS) and visitor.role is not Role.ADMIN):
        return PlainTextResponse("Not found", 404)
    # Streamlit serves a role's first page at `/` only.
    if scope["type"] == "http" and path.strip("/") == home_of(ROLE_PERMISSIONS[visitor.role]).address:
        query = scope["query_string"].decode("latin-1")
        return RedirectResponse(f"/?{query}" if query else "/", 303)
    return None


def _to_sign_in(scope: Scope) -> Response:
    if scope["type"] == "websocket" or not _wants_page(scope):
        return PlainTextResponse("Sign in first", 401)
    query = scope["query_string"].decode("latin-1")
    asked = scope["path"] + (f"?{query}" if query else "")
    return RedirectResponse("/auth/login" if asked == "/" else f"/auth/login?next={quote(asked)}", 303)


def _wants_page(scope: Scope) -> bool:
    accepted = HTTPConnection(scope).headers.get("accept", "")
    return scope["method"] in {"GET", "HEAD"} and "text/html" in accepted
