"""The cookies we set: the session, and the mark of a browser that signed in before."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response

from crm.accounts.actions.sign_in import Ticket
from crm.accounts.rules import SESSION_LENGTH

SESSION = "crm_session"
DEVICE = "crm_device"
_DEVICE_DAYS = 180


def session_token(connection: HTTPConnection) -> str | None:
    """Return the session cookie of a request or websocket, or None without a usable one."""
    found = connection.cookies.get(SESSION, "")
    return found if 20 <= len(found) <= 100 else None


def give(response: Response, request: HTTPConnection, ticket: Ticket) -> None:
    """Put a fresh sign-in on the response."""
    secure = request.url.scheme == "https"
    response.set_cookie(
        SESSION,
        ticket.token,
        max_age=int(SESSION_LENGTH.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=secure,
    )
    if ticket.device:
        age = _DEVICE_DAYS * 24 * 3600
        response.set_cookie(
            DEVICE, ticket.device, max_age=age, path="/auth", httponly=True, samesite="lax", secure=secure
        )


def take(response: Response) -> None:
    """Remove the session cookie; the mark of a known browser stays."""
    response.delete_cookie(SESSION, httponly=True, samesite="lax")
