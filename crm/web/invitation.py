"""`/auth/uitnodiging`: whoever was invited into an employer's portal chooses a password and is in.

The link holds a random code and nothing about the person; pages and answers are never kept by a browser.
"""

from __future__ import annotations

from html import escape

from anyio import to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from crm.accounts.actions.invitations import accept_invitation
from crm.accounts.actions.tries import count_try, forgive_try, keyed
from crm.accounts.rules import LONGEST_PASSWORD, SHORTEST_PASSWORD
from crm.core.config import settings
from crm.core.errors import AppError, NotFound
from crm.core.i18n import LANGUAGES, N_, in_language, translate
from crm.sroi.queries.colleagues import Offered, offered
from crm.web import pages
from crm.web.sign_in import DOOR, go_on, posted

PATH = "/auth/uitnodiging"
TITLE = N_("Your invitation")
_NOT_FROM_HERE = N_("This form was not sent from Vliegwiel. Open the page again and try once more.")


async def show_invitation(request: Request) -> Response:
    """Show who invites, and ask for a password."""
    language = _language(request.query_params.get("language"))
    token = request.query_params.get("code", "")[:100]
    try:
        found = await run_in_threadpool(_look_up, _who(request), token)
    except AppError as fault:
        return _refusal(language, fault)
    return _page(language, token, found)


async def accept(request: Request) -> Response:
    """Make the account and start a session."""
    form = await posted(request)
    if form is None:
        return _refusal(settings().language, AppError(_NOT_FROM_HERE), 403)
    language, token = _language(form.get("language")), form.get("code", "")[:100]
    password, again = form.get("password", ""), form.get("again", "")
    try:
        found = await run_in_threadpool(_look_up, _who(request), token)
    except AppError as fault:
        return _refusal(language, fault)
    try:
        ticket = await to_thread.run_sync(accept_invitation, token, password, again, language, limiter=DOOR)
    except NotFound as fault:
        return _refusal(language, fault)
    except AppError as fault:
        return _page(language, token, found, fault)
    return await go_on(request, ticket, {})


def _look_up(who: str, token: str) -> Offered:
    """Return what a link offers; a link that opens nothing is slowed down from the third try on."""
    attempts_key = keyed(f"invitation:{who}")
    count_try(attempts_key)
    found = offered(token)
    forgive_try(attempts_key)
    return found


def _who(request: Request) -> str:
    return request.client.host if request.client else ""


def _language(asked: str | None) -> str:
    return asked if asked in LANGUAGES else settings().language


def _refusal(language: str, fault: AppError, status: int | None = None) -> Response:
    said = translate(language, fault.message, **fault.params)
    found = status or (404 if isinstance(fault, NotFound) else 429)
    return pages.page(language, TITLE, pages.sentence_body(language, said), status=found)


def _page(language: str, token: str, found: Offered, fault: AppError | None = None) -> Response:
    said = translate(language, fault.message, **fault.params) if fault else ""
    body = f"{pages.alert(said)}{_form(language, token, found)}"
    status = 422 if fault else 200
    return pages.page(language, TITLE, body, next_path=token, status=status, at=PATH, kept="code")


def _form(language: str, token: str, found: Offered) -> str:
    _ = in_language(language)
    invites = _("{employer} invites you to work together in Vliegwiel.", employer=found.employer)
    about = _("There you see what was agreed on, what counts already and what is still to be done.")
    length = _("At least {length} characters. A few words in a row work well.", length=SHORTEST_PASSWORD)
    limits = f'autocomplete="new-password" required maxlength="{LONGEST_PASSWORD}"'
    return f"""<p><strong>{escape(invites)}</strong></p>
<p>{escape(about)}</p>
<form method="post" action="{PATH}">
<input type="hidden" name="language" value="{escape(language)}">
<input type="hidden" name="code" value="{escape(token)}">
<label for="email">{escape(_("You sign in with"))}</label>
<input id="email" type="email" value="{escape(found.email)}" autocomplete="username" readonly>
<label for="password">{escape(_("Choose a password"))}</label>
<input id="password" name="password" type="password" {limits} autofocus aria-describedby="about-password">
<p class="quiet" id="about-password">{escape(length)}</p>
<label for="again">{escape(_("The same password again"))}</label>
<input id="again" name="again" type="password" {limits}>
<button class="primary">{escape(_("Start using Vliegwiel"))}</button>
</form>"""
