"""The few pages outside Streamlit: plain HTML that works without scripts, in the house style."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from starlette.responses import HTMLResponse

from crm.core.access import Role
from crm.core.config import settings
from crm.core.i18n import LANGUAGES, Translate, in_language
from crm.ui.roles import ROLE_NAMES, ROLE_WORK

_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_FRAME = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} · Vliegwiel</title>
<link rel="icon" href="/app/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/app/static/sign-in.css">
</head>
<body>
<header><img src="/app/static/logo.svg" alt="Vliegwiel" width="148" height="32">{switch}</header>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def page(
    language: str,
    title: str,
    body: str,
    *,
    next_path: str | None = None,
    status: int = 200,
    at: str = "/auth/login",
    kept: str = "next",
) -> HTMLResponse:
    """Return a page; `title` is an English message id, `body` is HTML.

    With a `next_path` the page, whose address is `at`, offers itself in the other languages; `kept` is
    the field of that address that holds the `next_path`.
    """
    html = _FRAME.format(
        language=language,
        title=escape(in_language(language)(title)),
        body=body,
        switch="" if next_path is None else _switch(language, next_path, at, kept),
    )
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(html, status, headers)


def sign_in_body(
    language: str,
    next_path: str,
    name: str = "",
    fault: str = "",
    said: str = "",
    demo: Sequence[Role] = (),
    other_way: str = "",
) -> str:
    """Return the sign-in form, with a fault or a message above it and demo roles below.

    `name` is the address that was typed before, so that only the password is asked again; `other_way` is
    where to sign in with the account of the organisation.
    """
    _ = in_language(language)
    hidden = _hidden(language, next_path)
    typed = escape(name[:200])
    return f"""{alert(fault)}{_status(said)}
<form method="post" action="/auth/login">
{hidden}
<label for="name">{escape(_("E-mail address"))}</label>
<input id="name" name="name" type="email" value="{typed}" autocomplete="username" required autofocus
 maxlength="200">
<label for="password">{escape(_("Password"))}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200">
<button class="primary">{escape(_("Sign in"))}</button>
</form>
<p class="quiet">{escape(_("Forgotten your password? Ask your administrator for a new one."))}</p>
{_other_way(_, other_way)}{_demo(_, hidden, demo)}"""


def sign_out_body(language: str) -> str:
    """Return the question whether to sign out."""
    _ = in_language(language)
    return f"""<p>{escape(_("You will be signed out on this device."))}</p>
<form method="post" action="/auth/logout">
{_hidden(language, "/")}
<button class="primary">{escape(_("Sign out"))}</button>
</form>
<p><a href="/">{escape(_("Back to Vliegwiel"))}</a></p>"""


def sentence_body(language: str, sentence: str) -> str:
    """Return one plain sentence with the way back."""
    _ = in_language(language)
    return f'<p>{escape(sentence)}</p>\n<p><a href="/">{escape(_("Back to Vliegwiel"))}</a></p>'


def refused_body(language: str, sentence: str, next_path: str) -> str:
    """Return why somebody is not let in, with the way back to the sign-in page."""
    back = escape(in_language(language)("Back to signing in"))
    address = f"/auth/login?{urlencode({'language': language, 'next': next_path})}"
    return f'{alert(sentence)}\n<p><a href="{escape(address)}">{back}</a></p>'


def _other_way(_: Translate, address: str) -> str:
    if not address:
        return ""
    label = settings().oidc_label
    name = (
        _("Sign in with {label}", label=label) if label else _("Sign in with the account of my organisation")
    )
    return f"""<p class="or">{escape(_("or"))}</p>
<a class="button" href="{escape(address)}">{escape(name)}</a>
"""


def _demo(_: Translate, hidden: str, roles: Sequence[Role]) -> str:
    if not roles:
        return ""
    buttons = "\n".join(
        f'<li><button name="role" value="{role.value}" aria-describedby="about-{role.value}">'
        f"{escape(_(ROLE_NAMES[role]))}</button>"
        f'<span id="about-{role.value}">{escape(_(ROLE_WORK[role]))}</span></li>'
        for role in roles
    )
    return f"""<section aria-labelledby="demo">
<h2 id="demo">{escape(_("Have a look round"))}</h2>
<p class="quiet">{escape(_("Everything here is invented. Choose who you want to be."))}</p>
<form method="post" action="/auth/demo">
{hidden}
<ul class="roles">
{buttons}
</ul>
</form>
</section>"""


def _hidden(language: str, next_path: str) -> str:
    return (
        f'<input type="hidden" name="language" value="{escape(language)}">'
        f'<input type="hidden" name="next" value="{escape(next_path)}">'
    )


def _switch(language: str, next_path: str, at: str, kept: str) -> str:
    links = []
    for code, name in LANGUAGES.items():
        here = ' aria-current="true"' if code == language else ""
        links.append(f'<button name="language" value="{code}" lang="{code}"{here}>{escape(name)}</button>')
    title = escape(in_language(language)("Language"))
    return (
        f'<div role="group" aria-label="{title}"><form method="get" action="{escape(at)}">'
        f'<input type="hidden" name="{escape(kept)}" value="{escape(next_path)}">'
        f"{''.join(links)}</form></div>"
    )


def alert(fault: str) -> str:
    """Return a fault as a piece of HTML; nothing without one."""
    return f'<p class="fault" role="alert">{escape(fault)}</p>' if fault else ""


def _status(said: str) -> str:
    return f'<p class="said" role="status">{escape(said)}</p>' if said else ""
