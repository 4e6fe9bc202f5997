"""Reads a mail that was saved as a file (`.eml`): who, when, about what, and what came with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser
from itertools import islice

from crm.core import clock, files
from crm.core.errors import Invalid
from crm.core.i18n import N_

MAX_BYTES = files.MAX_BYTES
MOST_TEXT = 6000
MOST_PEOPLE = 50
MOST_FILES = 20
MOST_PARTS = 2000
MOST_IN_HEADER = 20_000
UNREADABLE = (
    MessageError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
)
"""What the library raises for a mail that is not what the standard says."""

_CANNOT_BE_READ = N_("This mail cannot be read. Save it once more, and try again.")
_ENDS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3"})
_UNSEEN = frozenset({"script", "style", "head", "title"})


@dataclass(frozen=True)
class MailFile:
    """Something that came with a mail; `fault` is why it cannot be kept, as an English message id."""

    name: str
    content: bytes
    fault: str = ""


@dataclass(frozen=True)
class Mail:
    """A mail as its headers and its text tell it; `people` are addresses with the name beside each."""

    subject: str
    sent_on: date
    people: dict[str, str]
    text: str
    files: tuple[MailFile, ...]


def read_mail(content: bytes) -> Mail:
    """Return what is in a mail; raises `Invalid` for what is no mail, or is too large."""
    if len(content) > MAX_BYTES:
        raise Invalid("file", "This file is too large. The most is 10 MB.")
    try:
        message = parsed(content)
        if message is None or "From" not in message:
            raise Invalid("file", "This is no mail. Save the mail as a file (.eml) and choose that one.")
        return Mail(
            subject=" ".join("".join(_told(message, "Subject")).split())[:200],
            sent_on=_sent_on(message),
            people=_people(message),
            text=_storable(_text(message))[:MOST_TEXT],
            files=tuple(_files(message)),
        )
    except UNREADABLE:
        raise Invalid("file", _CANNOT_BE_READ) from None


def parsed(content: bytes) -> EmailMessage | None:
    """Return a mail in its parts, None for something else; raises `Invalid` for thousands of parts."""
    if content.count(b"\n--") > MOST_PARTS:
        raise Invalid("file", _CANNOT_BE_READ)
    message = message_from_bytes(content, policy=default)
    return message if isinstance(message, EmailMessage) else None


def _told(message: EmailMessage, *names: str) -> list[str]:
    """Return what the headers of these names say; one that is too long to be read in time says nothing."""
    asked = {name.casefold() for name in names}
    found = [(name, str(raw)) for name, raw in message.raw_items() if name.casefold() in asked]
    if any(len(raw) > MOST_IN_HEADER for _name, raw in found):
        return []
    return [_storable(str(value)) for name in names for value in message.get_all(name, [])]


def _storable(text: str) -> str:
    """Return a text without what no database keeps: the sign that is none, and halves of a sign."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _sent_on(message: EmailMessage) -> date:
    """Return the day a mail was sent on the Dutch clock; today when it does not say, or says tomorrow."""
    try:
        sent: datetime = parsedate_to_datetime("".join(_told(message, "Date")[:1]))
        local = sent.astimezone(clock.LOCAL_ZONE) if sent.tzinfo else sent
    except (ValueError, OverflowError):
        return clock.today()
    return min(local.date(), clock.today())


def _people(message: EmailMessage) -> dict[str, str]:
    named = [value for header in ("From", "To", "Cc") for value in _told(message, header)]
    found: dict[str, str] = {}
    for name, address in getaddresses(named)[:MOST_PEOPLE]:
        if "@" in address:
            found.setdefault(address.casefold(), name.strip())
    return found


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    text = str(body.get_content())
    if body.get_content_subtype() == "html":
        reader = _Reader()
        reader.feed(text)
        text = "".join(reader.told)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return "\n".join(line for place, line in enumerate(lines) if line or (place and lines[place - 1])).strip()


def _files(message: EmailMessage) -> list[MailFile]:
    found = []
    for part in islice(message.iter_attachments(), MOST_FILES):
        content = part.get_payload(decode=True)
        name = " ".join(_storable(part.get_filename() or "").replace("/", " ").split())[:200]
        raw = content if isinstance(content, bytes) else b""
        found.append(MailFile(name or "bijlage", raw, _fault(raw)))
    return found


def _fault(content: bytes) -> str:
    try:
        files.media_type(content)
    except Invalid as fault:
        return fault.message
    return ""


class _Reader(HTMLParser):
    """Collects the words of HTML, without what nobody sees."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Start a line, or something that nobody sees."""
        self.unseen += tag in _UNSEEN
        if tag in _ENDS:
            self.told.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End something that nobody sees."""
        self.unseen -= tag in _UNSEEN and self.unseen > 0

    def handle_data(self, data: str) -> None:
        """Keep words that are seen."""
        if not self.unseen:
            self.told.append(data)
