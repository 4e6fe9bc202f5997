"""Fetching forwarded mail from an IMAP box."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from crm.core.config import settings
from crm.core.errors import Invalid
from crm.visits.mails import MAX_BYTES
from crm.visits.receiving import take_in
from crm.visits.rules import Received

SECONDS = 20
PORTS = {"imap": 143, "imaps": 993}
OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


def fetch() -> Counter[Received]:
    """Take in the mail that nobody has seen yet, and return what became of it.

    Each is marked as seen once it is settled here: what breaks off comes again, and is then known. Raises
    `Invalid` when no box is set up or it refuses.
    """
    done: Counter[Received] = Counter()
    with box() as line:
        for uid in _unseen(line):
            done += _one(line, uid)
            line.uid("STORE", uid, "+FLAGS", r"(\Seen)")
    return done


@contextmanager
def box() -> Iterator[imaplib.IMAP4]:
    """Open the box in CRM_IMAP_URL; raises `Invalid` when there is none to be had."""
    asked = urlsplit(settings().imap_url)
    if asked.scheme not in PORTS or not asked.hostname or not settings().mail_inbox:
        raise Invalid("CRM_IMAP_URL", "Set CRM_IMAP_URL and CRM_MAIL_INBOX before you fetch mail.")
    port = asked.port or PORTS[asked.scheme]
    try:
        with _line(asked.scheme, asked.hostname, port) as line:
            line.login(unquote(asked.username or ""), unquote(asked.password or ""))
            if line.select(_quoted(settings().imap_folder))[0] != "OK":
                raise Invalid("CRM_IMAP_FOLDER", "This folder is not in the mail box. Check its name.")
            yield line
    except (OSError, imaplib.IMAP4.error):
        raise Invalid(
            "CRM_IMAP_URL", "The mail box cannot be reached, or refuses. Check the settings."
        ) from None


def _line(scheme: str, host: str, port: int) -> imaplib.IMAP4:
    secure = ssl.create_default_context()
    if scheme == "imaps":
        return imaplib.IMAP4_SSL(host, port, ssl_context=secure, timeout=SECONDS)
    line = imaplib.IMAP4(host, port, timeout=SECONDS)
    if "STARTTLS" in line.capabilities:
        line.starttls(secure)
    elif host not in OWN_MACHINE:
        line.shutdown()
        raise Invalid("CRM_IMAP_URL", "This server offers no encryption, so no password is sent to it.")
    return line


def _unseen(line: imaplib.IMAP4) -> list[str]:
    found = line.uid("SEARCH", "UNSEEN")[1]
    return [uid.decode() for uid in (found[0] or b"").split()]


def _one(line: imaplib.IMAP4, uid: str) -> Counter[Received]:
    size = _SIZE.search(_joined(line.uid("FETCH", uid, "(RFC822.SIZE)")[1]))
    if size and int(size[1]) > MAX_BYTES:
        return Counter([Received.TOO_LARGE])
    content = _content(line.uid("FETCH", uid, "(BODY.PEEK[])")[1])
    return take_in(content) if content else Counter([Received.UNREADABLE])


def _content(answer: list[object]) -> bytes:
    return next((bytes(part[1]) for part in answer if isinstance(part, tuple)), b"")


def _joined(answer: list[object]) -> bytes:
    return b" ".join(part for part in answer if isinstance(part, bytes))


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
