"""Mail that somebody forwards: to which address, whose it is, and what the mail inside it tells.

An address is that of the inbox with a secret behind a plus sign (`inbox+secret@example.nl`), so that one
inbox serves everybody, and the secret says whose mail it is whoever sent it.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import replace
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import compat32

from crm.core.config import settings
from crm.visits.mails import UNREADABLE, Mail, parsed, read_mail

# Where mail servers say for whom a mail came in; `Received` is the only place that tells of a blind copy.
TOLD_IN = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To", "To", "Cc", "Received")
_ADDRESS = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_PASSED_ON = re.compile(r"^\W*(?:from|to|cc|van|aan|von|an)\s*:(.+)$", re.IGNORECASE | re.MULTILINE)
_HEADERS = BytesHeaderParser(policy=compat32)


def new_secret() -> str:
    """Return a new secret: 128 bits in small letters and digits, for mail servers that change capitals."""
    return secrets.token_hex(16)


def address_with(secret: str) -> str:
    """Return the address that leads to whoever holds a secret; empty when there is no inbox."""
    name, _at, domain = settings().mail_inbox.partition("@")
    return f"{name}+{secret}@{domain}" if name else ""


def secrets_in(text: str) -> set[str]:
    """Return the secrets of the addresses of this inbox in a text."""
    name, _at, domain = settings().mail_inbox.partition("@")
    if not name:
        return set()
    wanted = rf"(?<![\w.+\-]){re.escape(name)}\+([0-9a-z]+)@{re.escape(domain)}(?!\.?[\w\-])"
    return {found.casefold() for found in re.findall(wanted, text, re.IGNORECASE)}


def addressed_to(content: bytes) -> set[str]:
    """Return the secrets of the addresses that a mail came in for, as its headers tell."""
    try:
        message = _HEADERS.parsebytes(content)
        told = [str(value) for name in TOLD_IN for value in message.get_all(name, [])]
    except UNREADABLE:
        return set()
    return secrets_in("\n".join(told))


def fingerprint(content: bytes) -> str:
    """Return what is the same for the same mail, however often and over which way it came in."""
    try:
        named = str(_HEADERS.parsebytes(content).get("Message-ID", "")).strip()
    except UNREADABLE:
        named = ""
    known = named.encode("utf-8", "replace") if "@" in named else content
    return hashlib.sha256(known).hexdigest()


def read_forwarded(content: bytes) -> Mail:
    """Return the mail that was forwarded: the one inside when it came as an attachment, else the mail itself.

    Who is named in the lines above a mail that was passed on counts as one of its people; the inbox does not.
    Raises `Invalid` for what is no mail, or cannot be read.
    """
    try:
        inside = _inside(content)
    except UNREADABLE:
        inside = None
    mail = read_mail(inside or content)
    named = {
        found.casefold(): "" for line in _PASSED_ON.findall(mail.text) for found in _ADDRESS.findall(line)
    }
    people = {**named, **mail.people}
    return replace(mail, people={one: people[one] for one in people if not _is_inbox(one)})


def _inside(content: bytes) -> bytes | None:
    """Return the mail that a mail carries as an attachment, if there is one."""
    message = parsed(content)
    if message is None:
        return None
    for part in message.iter_attachments():
        if part.get_content_type() == "message/rfc822":
            carried = part.get_payload(0)
            return carried.as_bytes() if isinstance(carried, EmailMessage) else None
    return None


def _is_inbox(address: str) -> bool:
    return address == settings().mail_inbox.casefold() or bool(secrets_in(address))
