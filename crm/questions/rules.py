"""Rules of question lists ("vragenlijst"): each adviser asks the same, and answers can be compared.

A question keeps its id over the versions of a list as long as it asks the same, so that answers given under
different versions can be laid beside each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

Answer = str | bool
Answers = Mapping[str, Answer]
LONGEST = 2000
MOST = Decimal(1_000_000)


class QuestionKind(StrEnum):
    """What an answer is."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"


class Change(StrEnum):
    """What became of an answer since last time."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Words:
    """A text in the languages of the screens."""

    nl: str
    en: str

    def said(self, language: str) -> str:
        """Return the text in a language; Dutch for one that there is not."""
        return self.en if language == "en" else self.nl


@dataclass(frozen=True)
class Question:
    """A question of a list; `choices` by their id for a choice, `unit` for a number."""

    id: str
    kind: QuestionKind
    text: Words
    choices: Mapping[str, Words]
    unit: Words | None = None


@dataclass(frozen=True)
class QuestionList:
    """A published version of a list of questions, with where it comes from."""

    code: str
    version: int
    published_on: date
    title: Words
    source: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Compared:
    """A question with the answer now, the answer before, and what became of it."""

    question: Question
    now: Answer | None
    before: Answer | None
    change: Change


def is_possible(question: Question, answer: Answer) -> bool:
    """Return whether an answer fits its question: numbers are text in plain notation, as `12.5`."""
    match question.kind:
        case QuestionKind.YES_NO:
            return isinstance(answer, bool)
        case QuestionKind.CHOICE:
            return answer in question.choices
        case QuestionKind.NUMBER:
            return isinstance(answer, str) and _is_number(answer)
        case _:
            return isinstance(answer, str) and 0 < len(answer) <= LONGEST


def compared(asked: QuestionList, now: Answers, before: Answers | None) -> list[Compared]:
    """Return each question with what changed since last time; without a last time every answer is new."""
    return [
        _compared(question, now.get(question.id), (before or {}).get(question.id))
        for question in asked.questions
    ]


def newest(lists: Iterable[QuestionList], day: date) -> list[QuestionList]:
    """Return of each list the newest version that was published by a day."""
    found: dict[str, QuestionList] = {}
    for one in sorted(lists, key=lambda each: (each.code, each.version)):
        if one.published_on <= day:
            found[one.code] = one
    return list(found.values())


def _compared(question: Question, now: Answer | None, before: Answer | None) -> Compared:
    if now is None:
        return Compared(question, now, before, Change.NOT_ASKED)
    if before is None:
        return Compared(question, now, before, Change.NEW)
    return Compared(question, now, before, Change.SAME if now == before else Change.CHANGED)


def _is_number(text: str) -> bool:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return False
    return value.is_finite() and 0 <= value <= MOST
