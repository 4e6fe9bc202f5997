"""What documents have in common: words, amounts, days and explanations in one language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from crm.core import i18n
from crm.core.i18n import Translate, in_language
from crm.core.money import cents
from crm.sroi.rules import Explanation

Words = tuple[Translate, Callable[[int], str], Callable[[date], str]]


def words_in(language: str) -> Words:
    """Return how to write messages, amounts in whole cents, and days in a language."""
    return (
        in_language(language),
        lambda amount: i18n.money(amount, language),
        lambda when: i18n.day(when, language, "long"),
    )


def period(start: date | None, end: date | None, language: str) -> str:
    """Return a period in short: `1 jan 2026 – 30 jun 2026`; empty without a start."""
    if start is None:
        return ""
    first = i18n.day(start, language)
    return first if end is None or end == start else f"{first} – {i18n.day(end, language)}"


def steps_of(explanation: Explanation, language: str) -> list[list[str]]:
    """Return the steps of an explanation as rows of label, formula and amount."""
    _, money, _day = words_in(language)
    return [
        [step.label, step.formula, "" if step.amount is None else money(cents(step.amount))]
        for step in explanation.readable_steps(language, in_language(language))
    ]


def in_short(explanation: Explanation, language: str) -> str:
    """Return an explanation in one line: each step with its formula and amount."""
    parts = []
    for label, formula, amount in steps_of(explanation, language):
        reckoned = " = ".join(part for part in (formula, amount) if part)
        parts.append(f"{label}: {reckoned}" if reckoned else label)
    return "; ".join(parts)
