"""`/auth/oidc/...`: signing in with the account of the organisation itself, where that is set up.

It ends in the same revocable session as a password does. What a browser was sent away with stands in a signed
cookie of its own for ten minutes, so that no other browser's answer is taken for its own.
"""

from __future__ import annotations

import base64
import hmac
import json
import logging
import secrets
from dataclasses import asdict

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from crm.accounts.actions import sign_in as actions
from crm.accounts.actions.tries import keyed
from crm.core import clock
from crm.core.config import settings
from crm.core.errors import AppError
from crm.core.i18n import LANGUAGES, N_, translate
from crm.web import pages
from crm.web.provider import NoAnswer, NotBelieved, Question, Why, address_for, vouched_email
from crm.web.sign_in import go_on, local_path

START = "/auth/oidc/start"
CALLBACK = "/auth/oidc/callback"
_COOKIE = "crm_oidc"
_FOLDER = "/auth/oidc"
_SECONDS = 600
# A provider that answers slowly keeps its own visitors waiting, and nobody else.
_AWAY = CapacityLimiter(8)
_log = logging.getLogger(__name__)


async def start(request: Request) -> Response:
    """Send a visitor to the provider, with a question that only this browser can have answered."""
    if not settings().has_oidc:
        return RedirectResponse("/auth/login", 303)
    question = Question(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        redirect_uri=_here(request) + CALLBACK,
    )
    kept = {
        **asdict(question),
        "next": local_path(request.query_params.get("next")),
        "language": request.query_params.get("language", ""),
        "until": int(clock.now().timestamp()) + _SECONDS,
    }
    try:
        address = await to_thread.run_sync(address_for, question, limiter=_AWAY)
    except AppError as fault:
        return _refusal(kept, fault)
    response = RedirectResponse(address, 303, {"Cache-Control": "no-store"})
    secure = request.url.scheme == "https"
    response.set_cookie(
        _COOKIE, _sealed(kept), _SECONDS, path=_FOLDER, secure=secure, httponly=True, samesite="lax"
    )
    return response


async def callback(request: Request) -> Response:
    """Take the provider's answer to this browser's question, once, and start a session."""
    kept = _opened(request.cookies.get(_COOKIE, ""))
    try:
        question, code = _matched(request, kept)
        email = await to_thread.run_sync(vouched_email, question, code, limiter=_AWAY)
        ticket = await to_thread.run_sync(actions.sign_in_vouched, email, limiter=_AWAY)
    except AppError as fault:
        if isinstance(fault, NotBelieved):
            _log.warning("sign-in by the provider refused: %s", fault.why)
        response = _refusal(kept, fault)
    else:
        response = await go_on(request, ticket, {"next": str(kept.get("next", ""))})
    response.delete_cookie(_COOKIE, path=_FOLDER, httponly=True, samesite="lax")
    return response


def _matched(request: Request, kept: dict[str, object]) -> tuple[Question, str]:
    """Return this browser's question with the code that answers it; raises `NotBelieved`."""
    state, code = request.query_params.get("state", ""), request.query_params.get("code", "")
    if not settings().has_oidc or not kept:
        raise NotBelieved(Why.NO_QUESTION)
    if not hmac.compare_digest(state.encode(), str(kept["state"]).encode()):
        raise NotBelieved(Why.STATE)
    if request.query_params.get("iss", settings().oidc_issuer) != settings().oidc_issuer:
        raise NotBelieved(Why.ISSUER)
    if not code:
        raise NotBelieved(Why.NO_CODE)
    return Question(*(str(kept[name]) for name in ("state", "nonce", "verifier", "redirect_uri"))), code


def _here(request: Request) -> str:
    return settings().public_url or f"{request.url.scheme}://{request.url.netloc}"


def _sealed(kept: dict[str, object]) -> str:
    text = base64.urlsafe_b64encode(json.dumps(kept).encode()).decode()
    return f"{text}.{keyed(f'oidc:{text}')}"


def _opened(cookie: str) -> dict[str, object]:
    """Return what a cookie of ours holds; nothing when it is not ours or too old."""
    text, _, seal = cookie.partition(".")
    if not hmac.compare_digest(seal.encode(), keyed(f"oidc:{text}").encode()):
        return {}
    kept: dict[str, object] = json.loads(base64.urlsafe_b64decode(text))
    return kept if int(str(kept["until"])) > clock.now().timestamp() else {}


def _refusal(kept: dict[str, object], fault: AppError) -> Response:
    asked = str(kept.get("language", ""))
    language = asked if asked in LANGUAGES else settings().language
    said = translate(language, fault.message, **fault.params)
    status = 502 if isinstance(fault, NoAnswer) else 403
    body = pages.refused_body(language, said, str(kept.get("next", "/")))
    return pages.page(language, N_("Sign in"), body, status=status)
