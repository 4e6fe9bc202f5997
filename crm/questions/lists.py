"""Reads the published question lists from `data/questions`; a published file that was changed is refused."""

from __future__ import annotations

import hashlib
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from crm.core.config import PROJECT_ROOT
from crm.core.errors import Invalid, NotFound
from crm.questions.rules import Question, QuestionKind, QuestionList, Words

FOLDER = PROJECT_ROOT / "data" / "questions"
HASHES = "published.toml"


@lru_cache(maxsize=4)
def published(folder: Path = FOLDER) -> tuple[QuestionList, ...]:
    """Return every published version of every list.

    Raises `Invalid` when a file is not what was published, or was never written down as published.
    """
    hashes = tomllib.loads((folder / HASHES).read_text(encoding="utf-8"))
    return tuple(_read(path, hashes) for path in sorted(folder.glob("*-*.toml")))


def question_list(code: str, version: int) -> QuestionList:
    """Return one published version of a list; raises `NotFound` when there is none."""
    for one in published():
        if (one.code, one.version) == (code, version):
            return one
    raise NotFound()


def _read(path: Path, hashes: dict[str, Any]) -> QuestionList:
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != hashes.get(path.stem):
        raise Invalid(
            path.name,
            "This published question list was changed. Put it back, and make a new version instead.",
        )
    found = tomllib.loads(content.decode())
    return QuestionList(
        code=found["code"],
        version=found["version"],
        published_on=found["published_on"],
        title=Words(**found["title"]),
        source=found["source"],
        questions=tuple(_question(one) for one in found["questions"]),
    )


def _question(found: dict[str, Any]) -> Question:
    return Question(
        id=found["id"],
        kind=QuestionKind(found["kind"]),
        text=Words(**found["text"]),
        choices={one["id"]: Words(one["nl"], one["en"]) for one in found.get("choices", ())},
        unit=Words(**found["unit"]) if "unit" in found else None,
    )
