"""Questions about the answers that employers gave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import Work
from crm.questions.records import AnswerSet


@dataclass(frozen=True)
class Answered:
    """Answers of an employer on a day, and who asked."""

    id: int
    version: int
    employer_id: int
    list_code: str
    list_version: int
    held_on: date
    author_id: int
    author: str
    moment_id: int | None
    answers: dict[str, Any]


def answers_at(work: Work, employer_id: int, limit: int = 30) -> list[Answered]:
    """Return what an employer answered, the latest first."""
    return _read(work, _rows().where(AnswerSet.employer_id == employer_id).limit(limit))


def answered(work: Work, answer_id: int) -> Answered:
    """Return one set of answers; raises `NotFound` for one that is not the actor's to see."""
    found = _read(work, _rows().where(AnswerSet.id == answer_id))
    if not found:
        raise NotFound()
    return found[0]


def before(work: Work, employer_id: int, list_code: str, day: date, answer_id: int = 0) -> Answered | None:
    """Return the answers to the same list just before those of a day, leaving out the set itself."""
    found = _rows().where(
        AnswerSet.employer_id == employer_id,
        AnswerSet.list_code == list_code,
        AnswerSet.held_on <= day,
        AnswerSet.id != answer_id,
    )
    rows = _read(work, found.limit(1))
    return rows[0] if rows else None


def _rows() -> Any:
    return (
        select(AnswerSet, User.name)
        .join(User, col(User.id) == AnswerSet.author_id)
        .order_by(col(AnswerSet.held_on).desc(), col(AnswerSet.id).desc())
    )


def _read(work: Work, found: Any) -> list[Answered]:
    return [
        Answered(
            id=key(one),
            version=one.version,
            employer_id=one.employer_id,
            list_code=one.list_code,
            list_version=one.list_version,
            held_on=one.held_on,
            author_id=one.author_id,
            author=author,
            moment_id=one.moment_id,
            answers=one.answers,
        )
        for one, author in work.session.exec(found)
    ]
