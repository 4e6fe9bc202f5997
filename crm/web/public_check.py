"""`/controle`: anyone can check with a code that a final statement is genuine, and a copy of it unchanged.

Says what the paper says and no more. A file that is sent is hashed and forgotten.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from crm.accounts.actions.tries import count_try, forgive_try, keyed
from crm.core.access import system
from crm.core.config import settings
from crm.core.errors import AppError, NotFound
from crm.core.i18n import LANGUAGES, N_, day, in_language, money, translate
from crm.core.work import reading
from crm.sroi.documents.statement import totals
from crm.sroi.queries.statements import Found, copy_is_known, statement_by_code
from crm.sroi.statements import tidy_code
from crm.web import pages
from crm.web.gate import visitor_of
from crm.web.sign_in import is_from_here

PATH = "/controle"
# Below what a form parser would put on disk, and far above what a statement takes.
MOST_BYTES = 1000 * 1000
TITLE = N_("Check a final statement")
_TOO_LARGE = N_("This file is too large to be a final statement. The most is 1 MB.")
_NOT_FROM_HERE = N_("This form was not sent from Vliegwiel. Open the page again and try once more.")
_UNKNOWN = N_("This code is not known. Check it sign by sign: it stands at the foot of the statement.")
_UNREADABLE = N_("This form could not be read. Open the page again and try once more.")


@dataclass(frozen=True)
class Asked:
    """What a visitor sent: a code, and perhaps the hash of a file."""

    language: str
    code: str
    sha256: str | None = None


async def show_check(request: Request) -> Response:
    """Show the form."""
    return _page(_language(request, request.query_params.get("language")))


async def check(request: Request) -> Response:
    """Answer whether a code is of a genuine statement, and whether a file is its very copy."""
    body = await _body(request)
    language = _language(request, request.query_params.get("language"))
    if body is None:
        return _page(language, fault=AppError(_TOO_LARGE), status=413)
    if not is_from_here(request):
        return _page(language, fault=AppError(_NOT_FROM_HERE), status=403)
    asked = await _asked(request, body, language)
    if asked is None:
        return _page(language, fault=AppError(_UNREADABLE), status=400)
    try:
        found, same = await run_in_threadpool(_look_up, _who(request), asked)
    except NotFound:
        return _page(asked.language, fault=AppError(_UNKNOWN), code=asked.code, status=404)
    except AppError as fault:
        return _page(asked.language, fault=fault, code=asked.code, status=429)
    return _page(asked.language, code=found.code, answer=_answer(found, same, asked.language))


def _look_up(who: str, asked: Asked) -> tuple[Found, bool | None]:
    """Return the statement and whether the file is one of its copies; None without a file."""
    attempts_key = keyed(f"check:{who}")
    count_try(attempts_key)
    with reading(system("check")) as unit:
        found = statement_by_code(unit, tidy_code(asked.code))
        same = None if asked.sha256 is None else copy_is_known(unit, found.id, asked.sha256)
    forgive_try(attempts_key)
    return found, same


async def _body(request: Request) -> bytes | None:
    """Return what was sent, or None when it is more than a statement can be."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return body


async def _asked(request: Request, body: bytes, language: str) -> Asked | None:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    try:
        form = await Request(request.scope, receive).form(max_files=1, max_fields=5)
    except (MultiPartException, AppError):
        return None
    given, code = form.get("file"), form.get("code")
    sha256 = None
    if isinstance(given, UploadFile) and (content := await given.read()):
        sha256 = hashlib.sha256(content).hexdigest()
    await form.close()
    return Asked(language, code[:100] if isinstance(code, str) else "", sha256)


def _who(request: Request) -> str:
    return request.client.host if request.client else ""


def _language(request: Request, asked: object) -> str:
    if isinstance(asked, str) and asked in LANGUAGES:
        return asked
    visitor = visitor_of(request)
    return visitor.language if visitor else settings().language


def _page(
    language: str, *, code: str = "", fault: AppError | None = None, answer: str = "", status: int = 200
) -> Response:
    said = translate(language, fault.message, **fault.params) if fault else ""
    body = f"{pages.alert(said)}{answer}{_form(language, code)}"
    return pages.page(language, TITLE, body, next_path=PATH, status=status, at=PATH)


def _form(language: str, code: str) -> str:
    _ = in_language(language)
    return f"""<p>{escape(_("Every final statement carries a check code of twelve signs at its foot."))}</p>
<form method="post" action="{PATH}?language={escape(language)}" enctype="multipart/form-data">
<label for="code">{escape(_("Check code"))}</label>
<input id="code" name="code" value="{escape(code)}" placeholder="ABCD-1234-EFGH" maxlength="40" required
 autocomplete="off" autocapitalize="characters" spellcheck="false">
<label for="file">{escape(_("The PDF, to see whether it is unchanged (not required)"))}</label>
<input id="file" name="file" type="file" accept="application/pdf" aria-describedby="about-file">
<p class="quiet" id="about-file">{escape(_("The file is compared and not kept."))}</p>
<button class="primary">{escape(_("Check"))}</button>
</form>"""


def _answer(found: Found, same: bool | None, language: str) -> str:
    _ = in_language(language)
    paper = found.paper
    rows = [
        (_("Contract"), paper.title),
        (_("Authority"), paper.authority),
        (_("Settled on"), day(paper.settled_on, language, "long")),
        *([(_("Corrected on"), day(paper.corrected_on, language, "long"))] if paper.corrected_on else []),
        *((label, money(amount, language)) for label, amount in totals(paper, language)),
    ]
    told = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in rows)
    genuine = f'<p class="said" role="status">{escape(_("This code is of a genuine final statement."))}</p>'
    return f"{genuine}{_replaced(found, language)}{_unchanged(same, language)}<dl>{told}</dl>"


def _replaced(found: Found, language: str) -> str:
    _ = in_language(language)
    if not found.replaced:
        return ""
    return pages.alert(_("A later version replaces this statement. Ask for that one."))


def _unchanged(same: bool | None, language: str) -> str:
    _ = in_language(language)
    if same is None:
        return ""
    if same:
        sentence = _("The file is unchanged: byte for byte what we handed out.")
        return f'<p class="said" role="status">{escape(sentence)}</p>'
    return pages.alert(_("The file is not what we handed out with this code. Trust only the amounts below."))
