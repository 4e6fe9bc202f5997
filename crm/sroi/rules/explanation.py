"""The explanation of an amount: ordered steps that can be stored and read in both languages.

Texts are English message ids with `{placeholders}`; numbers, dates and names stay values until somebody
reads the steps, so that a frozen explanation can be shown in Dutch and in English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from crm.sroi.rules.numbers import written


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A name that comes from the rule set, in Dutch and in English."""

    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the product itself; an English message id, translated when read."""

    text: str


MONTHS = {
    "nl": ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
"""A day is written with the name of its month: 04/05 is read in two ways."""
Value = Decimal | Fraction | int | date | Bilingual | Term
Params = Mapping[str, Value]
Translate = Callable[[str], str]


def untranslated(text: str) -> str:
    """Return the text as it is: the English reading."""
    return text


@dataclass(frozen=True, slots=True)
class Note:
    """An assumption that was made where the publication is silent."""

    label: str
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the explanation.

    `label` and `formula` are message ids filled from `params`; `amount` is the result in euro or None when
    the step gives no amount; `source` is the address of the publication; `assumed` tells that the
    publication is silent or can be read in more than one way.
    """

    label: str
    formula: str = ""
    params: Params = field(default_factory=dict)
    amount: Decimal | None = None
    source: str = ""
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class ReadableStep:
    """A step in one language."""

    label: str
    formula: str
    amount: Decimal | None
    source: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """An amount in euro (whole cents) with the steps that lead to it and the assumptions made.

    `ruleset` and `ruleset_hash` name the exact rule set that was used.
    """

    amount: Decimal
    steps: tuple[Step, ...]
    assumptions: tuple[Note, ...] = ()
    ruleset: str = ""
    ruleset_hash: str = ""

    def readable_steps(self, language: str = "nl", translate: Translate = untranslated) -> list[ReadableStep]:
        """Return the steps in a language (`nl`, `en`); `translate` turns an English text into it."""
        return [_readable(step, language, translate) for step in self.steps]

    def readable_assumptions(self, language: str = "nl", translate: Translate = untranslated) -> list[str]:
        """Return the assumptions as sentences in a language."""
        return [filled(note.label, note.params, language, translate) for note in self.assumptions]

    def to_json(self) -> dict[str, Any]:
        """Return the explanation as plain JSON values that `from_json` reads back unchanged."""
        return {
            "amount": str(self.amount),
            "ruleset": self.ruleset,
            "ruleset_hash": self.ruleset_hash,
            "steps": [_step_to_json(step) for step in self.steps],
            "assumptions": [
                {"label": note.label, "params": _params_to_json(note.params)} for note in self.assumptions
            ],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Explanation:
        """Return the explanation that `to_json` wrote."""
        return cls(
            Decimal(stored["amount"]),
            tuple(_step_from_json(step) for step in stored["steps"]),
            tuple(Note(note["label"], _params_from_json(note["params"])) for note in stored["assumptions"]),
            stored["ruleset"],
            stored["ruleset_hash"],
        )


def _readable(step: Step, language: str, translate: Translate) -> ReadableStep:
    return ReadableStep(
        filled(step.label, step.params, language, translate),
        filled(step.formula, step.params, language, translate),
        step.amount,
        step.source,
        step.assumed,
    )


def filled(text: str, params: Params, language: str, translate: Translate) -> str:
    """Return a text in a language with its params written for the reader; `""` stays empty."""
    if not text:
        return ""
    return translate(text).format(
        **{name: _spoken(value, language, translate) for name, value in params.items()}
    )


def _spoken(value: Value, language: str, translate: Translate) -> str:
    if isinstance(value, date):
        return f"{value.day} {MONTHS[language][value.month - 1]} {value.year}"
    if isinstance(value, Bilingual):
        return value.nl if language == "nl" else value.en
    if isinstance(value, Term):
        return translate(value.text)
    return written(value, language)


def _step_to_json(step: Step) -> dict[str, Any]:
    return {
        "label": step.label,
        "formula": step.formula,
        "params": _params_to_json(step.params),
        "amount": None if step.amount is None else str(step.amount),
        "source": step.source,
        "assumed": step.assumed,
    }


def _step_from_json(stored: Mapping[str, Any]) -> Step:
    amount = stored["amount"]
    return Step(
        stored["label"],
        stored["formula"],
        _params_from_json(stored["params"]),
        None if amount is None else Decimal(amount),
        stored["source"],
        stored["assumed"],
    )


def _params_to_json(params: Params) -> dict[str, Any]:
    return {name: _value_to_json(value) for name, value in params.items()}


def _params_from_json(stored: Mapping[str, Any]) -> dict[str, Value]:
    return {name: _value_from_json(value) for name, value in stored.items()}


def _value_to_json(value: Value) -> Any:
    if isinstance(value, Bilingual):
        return {"nl": value.nl, "en": value.en}
    for kind, name in _TAGS:
        if isinstance(value, kind):
            return {name: value.text if isinstance(value, Term) else str(value)}
    return value


def _value_from_json(stored: Any) -> Value:
    if not isinstance(stored, dict):
        plain: Value = stored
        return plain
    if "nl" in stored:
        return Bilingual(stored["nl"], stored["en"])
    [(name, text)] = stored.items()
    return _READERS[name](text)


_TAGS: tuple[tuple[type, str], ...] = (
    (Decimal, "decimal"),
    (Fraction, "fraction"),
    (date, "date"),
    (Term, "term"),
)
_READERS: dict[str, Callable[[str], Value]] = {
    "decimal": Decimal,
    "fraction": Fraction,
    "date": date.fromisoformat,
    "term": Term,
}
