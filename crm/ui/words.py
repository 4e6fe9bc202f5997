"""Words, amounts and days in the language of who is looking."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

import streamlit as st

from crm.core import i18n


def language() -> str:
    """Return the language of this session; a context variable would be lost in fragments."""
    return str(st.session_state.get("language", "nl"))


def _(message: str, **params: object) -> str:
    """Return a message in the language of this session."""
    return i18n.translate(language(), message, **params)


def n_(one: str, many: str, count: int, **params: object) -> str:
    """Return the singular or plural message for a count."""
    return i18n.translate_count(language(), one, many, count, **params)


def plain(text: str) -> str:
    """Return what somebody typed as one line that Markdown shows as it is."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:])", r"\\\1", " ".join(text.split()))


def capital(words: str) -> str:
    """Return words as they begin a line: `SROI-advies` stays what it is."""
    return words[:1].upper() + words[1:]


def unbroken(text: str) -> str:
    """Return an amount that no line ends within: the sign stays with its number."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def money(amount_cents: int) -> str:
    """Return whole cents as an amount: `€ 13.333,33`."""
    return i18n.money(amount_cents, language())


def whole_euros(amount_cents: int) -> str:
    """Return an amount, without cents when there are none: `€ 50.000`."""
    return i18n.whole_euros(amount_cents, language())


def number(value: Decimal) -> str:
    """Return a number with at most two decimals: `17,5`."""
    return i18n.number(value, language())


def typed_number(value: Decimal | None) -> str:
    """Return a number as it stands in a field, in Dutch notation in both languages; empty when there is none.

    Decimals are asked as plain text: a number field of a browser may drop the comma, and make 3,5 into 35.
    """
    return "" if value is None else i18n.number(value, "nl")


def day(when: date | None) -> str:
    """Return a day: `24 nov 2026`, or a dash when there is none."""
    return i18n.day(when, language()) if when else "–"


def moment(when: datetime | None) -> str:
    """Return a moment on the Dutch clock, or a dash when there is none."""
    return i18n.moment(when, language()) if when else "–"
