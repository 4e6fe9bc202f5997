"""Words on screen: English message ids, Dutch by default, one catalogue file an area.

The catalogues (`crm/locale/<language>/<area>.po`) are read once, at the first word that is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from babel import dates, numbers
from babel.messages.pofile import read_po

from crm.core.clock import LOCAL_ZONE
from crm.core.money import euros

LANGUAGES = {"nl": "Nederlands", "en": "English"}
LOCALES = {"nl": "nl_NL", "en": "en_GB"}
CATALOGUES = Path(__file__).resolve().parents[1] / "locale"

Translate = Callable[..., str]


def N_(message: str) -> str:  # noqa: N802
    """Mark a message for translation where it is written down but not shown yet."""
    return message


@lru_cache(maxsize=4)
def catalogue(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return every translation of a language, by message id; plurals in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((CATALOGUES / language).glob("*.po")):
        with path.open("rb") as source:
            for message in read_po(source, locale=language):
                forms = message.id if isinstance(message.id, tuple | list) else (message.id,)
                strings = (
                    message.string if isinstance(message.string, tuple | list) else (message.string or "",)
                )
                if forms[0] and all(strings):
                    found[forms[0]] = tuple(str(string) for string in strings)
    return found


def translate(language: str, message: str, **params: object) -> str:
    """Return a message in the language, its parameters filled in; English when it is not known."""
    words = catalogue(language).get(message, (message,))[0]
    return words.format(**params) if params else words


def translate_count(language: str, one: str, many: str, count: int, **params: object) -> str:
    """Return the singular or plural message for a count, with `{count}` filled in."""
    forms = catalogue(language).get(one, (one, many))
    return forms[0 if count == 1 else -1].format(count=count, **params)


def in_language(language: str) -> Translate:
    """Return `translate` for one language."""
    return lambda message, **params: translate(language, message, **params)


def money(amount_cents: int, language: str) -> str:
    """Return whole cents as an amount to read: `€ 13.333,33`."""
    return str(numbers.format_currency(euros(amount_cents), "EUR", locale=LOCALES[language])).replace(
        "\xa0", " "
    )


def whole_euros(amount_cents: int, language: str) -> str:
    """Return an amount without its cents when they are zero: `€ 50.000`."""
    text = money(amount_cents, language)
    return text[:-3] if amount_cents % 100 == 0 else text


def number(value: Decimal, language: str) -> str:
    """Return a number to read, with at most two decimals: `17,5`."""
    return str(numbers.format_decimal(value, "#,##0.##", locale=LOCALES[language]))


def day(when: date, language: str, form: str = "medium") -> str:
    """Return a day to read: `24 nov 2026`."""
    return str(dates.format_date(when, form, locale=LOCALES[language]))


def moment(when: datetime, language: str) -> str:
    """Return a moment to read, on the Dutch clock: `24 nov 2026 10:42`."""
    local = when.astimezone(LOCAL_ZONE)
    clock = dates.format_time(local, "HH:mm", locale=LOCALES[language])
    return f"{day(local.date(), language)} {clock}"
