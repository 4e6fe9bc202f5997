"""Signing in and out: plain forms that a password manager understands."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from crm.accounts import queries
from crm.accounts.actions import sign_in as actions
from crm.core.config import settings
from crm.core.errors import AppError
from crm.core.i18n import LANGUAGES, N_, translate
from crm.web import cookies, pages
from crm.web.gate import visitor_of

_MOST_BYTES = 8 * 1024
# Checking a password takes 64 MB and a core for a moment: a crowd at the door waits there, and keeps
# neither the memory nor the threads from those who are inside.
DOOR = CapacityLimiter(4)
_NOT_FROM_HERE = N_("This form was not sent from Vliegwiel. Open the sign-in page again and try once more.")


async def show_sign_in(request: Request) -> Response:
    """Show the sign-in form; who is signed in already goes on to where they were going."""
    if visitor_of(request):
        return RedirectResponse(local_path(request.query_params.get("next")), 303)
    said = N_("You are signed out.") if "out" in request.query_params else ""
    return await _form(dict(request.query_params), said=said)


async def sign_in(request: Request) -> Response:
    """Check a name and password, and start a session."""
    form = await posted(request)
    if form is None:
        return await _form({}, fault=AppError(_NOT_FROM_HERE), status=403)
    try:
        ticket = await to_thread.run_sync(
            actions.sign_in,
            form.get("name", ""),
            form.get("password", ""),
            request.cookies.get(cookies.DEVICE, ""),
            limiter=DOOR,
        )
    except AppError as fault:
        return await _form(form, fault=fault, status=422)
    return await go_on(request, ticket, form)


async def demo_sign_in(request: Request) -> Response:
    """Start a session as the demo user of a role; refused outside demo mode."""
    form = await posted(request)
    if form is None:
        return await _form({}, fault=AppError(_NOT_FROM_HERE), status=403)
    try:
        ticket = await run_in_threadpool(actions.demo_sign_in, form.get("role", ""))
    except AppError as fault:
        return await _form(form, fault=fault, status=403)
    return await go_on(request, ticket, form)


async def ask_sign_out(request: Request) -> Response:
    """Ask whether to sign out."""
    visitor = visitor_of(request)
    if visitor is None:
        return RedirectResponse("/auth/login", 303)
    return pages.page(visitor.language, N_("Sign out"), pages.sign_out_body(visitor.language))


async def sign_out(request: Request) -> Response:
    """End the session of this browser."""
    if await posted(request) is None:
        return await _form({}, fault=AppError(_NOT_FROM_HERE), status=403)
    if visitor := visitor_of(request):
        await run_in_threadpool(actions.sign_out, visitor.session_id)
    response = RedirectResponse("/auth/login?out=1", 303)
    cookies.take(response)
    return response


def local_path(asked: str | None) -> str:
    """Return where to go after signing in: the asked path when it is one of ours, else the first page."""
    asked = asked or "/"
    odd = any(character <= " " or character in "\\\x7f" for character in asked)
    parts = urlsplit(asked)
    if odd or not asked.startswith("/") or asked.startswith(("//", "/auth")) or parts.netloc or parts.scheme:
        return "/"
    return asked


def is_from_here(request: Request) -> bool:
    """Return whether a form was sent from one of our own pages, as the browser says."""
    origin = request.headers.get("origin")
    if origin is None:
        return request.headers.get("sec-fetch-site") == "same-origin"
    return urlsplit(origin).netloc == request.headers.get("host")


async def posted(request: Request) -> dict[str, str] | None:
    """Return the fields of a form, or None when it is not from here or too large to be one."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            return None
    if not is_from_here(request):
        return None
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}


async def go_on(request: Request, ticket: actions.Ticket, form: dict[str, str]) -> Response:
    """Put a fresh sign-in in place of the one there was, and lead on to where the visitor was going."""
    if visitor := visitor_of(request):
        await run_in_threadpool(actions.sign_out, visitor.session_id)
    response = RedirectResponse(local_path(form.get("next")), 303)
    cookies.give(response, request, ticket)
    return response


def _other_way(language: str, next_path: str) -> str:
    return f"/auth/oidc/start?{urlencode({'language': language, 'next': next_path})}"


async def _form(
    fields: dict[str, str],
    fault: AppError | None = None,
    said: str = "",
    status: int = 200,
) -> Response:
    language = fields.get("language", "")
    if language not in LANGUAGES:
        language = settings().language
    next_path = local_path(fields.get("next"))
    demo = await run_in_threadpool(queries.demo_roles) if settings().is_demo else []
    body = pages.sign_in_body(
        language,
        next_path,
        name=fields.get("name", "") if fault else "",
        fault=translate(language, fault.message, **fault.params) if fault else "",
        said=translate(language, said) if said else "",
        demo=demo,
        other_way=_other_way(language, next_path) if settings().has_oidc else "",
    )
    return pages.page(language, N_("Sign in"), body, next_path=next_path, status=status)
