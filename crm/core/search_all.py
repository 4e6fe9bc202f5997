"""The index over everything (migration 0005): which records may be meant by what was typed.

It answers with candidates only. What somebody may see is decided by the scoped SELECT that fetches them; the
scope is asked here too, so that the records of others take nobody's place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, column, func, or_, select, table, text, union_all

from crm.core.database import is_sqlite
from crm.core.work import Work

_INDEX = table(
    "everything_search",
    column("words", String),
    column("kind", Integer),
    column("record_id", Integer),
    column("region_id", Integer),
    column("employer_id", Integer),
    column("authority_id", Integer),
)
_SEQUENTIAL = text("SELECT set_config('enable_seqscan', :allowed, true)")
# As many letters as the index of beginnings holds (migration 0007).
_BEGINNING = 40
# A query: every one of these must be there, in one of its spellings.
Pieces = Sequence[Collection[str]]


@dataclass(frozen=True)
class Hit:
    """A record that may be meant: which kind, its id, and its words (folded)."""

    kind: int
    record_id: int
    words: str


def hits(work: Work, queries: Sequence[tuple[Pieces, int]], kinds: Collection[int]) -> list[Hit]:
    """Return the records that hold the pieces of a query, of the kinds asked for, each only once.

    Each query comes with the most it may bring; a piece has at least three letters. One question.
    """
    asked = [_select(work, pieces, kinds).limit(most).subquery() for pieces, most in queries]
    with _by_the_index(work):
        rows = work.session.execute(union_all(*(select(part) for part in asked))).all()
    return list(dict.fromkeys(Hit(int(kind), int(record_id), words) for kind, record_id, words in rows))


@contextmanager
def _by_the_index(work: Work) -> Iterator[None]:
    """Keep PostgreSQL from reading the whole index line by line, in the hope of soon having enough."""
    if is_sqlite(work.session.connection()):
        yield
        return
    work.session.execute(_SEQUENTIAL, {"allowed": "off"})
    yield
    work.session.execute(_SEQUENTIAL, {"allowed": "on"})


def _select(work: Work, pieces: Pieces, kinds: Collection[int]) -> Any:
    scope, index = work.scope, _INDEX.c
    conditions = [_holds(work, pieces), index.kind.in_(sorted(kinds))]
    if scope.regions is not None:
        conditions.append(index.region_id.in_(sorted(scope.regions)))
    if scope.employers is not None:
        conditions.append(index.employer_id.in_(sorted(scope.employers)))
    if scope.authorities is not None:
        conditions.append(
            or_(index.authority_id.is_(None), index.authority_id.in_(sorted(scope.authorities)))
        )
    return select(index.kind, index.record_id, index.words).where(*conditions)


def _holds(work: Work, pieces: Pieces) -> ColumnElement[bool]:
    if not is_sqlite(work.session.connection()):
        return and_(*(or_(*map(_written, spellings)) for spellings in pieces))
    quoted = ("({})".format(" OR ".join(map(_quoted, spellings))) for spellings in pieces)
    held: ColumnElement[bool] = column("everything_search").op("MATCH")(
        "words : (" + " AND ".join(quoted) + ")"
    )
    return held


def _written(piece: str) -> ColumnElement[bool]:
    """Two spaces stand where the words of a record begin: PostgreSQL has an index of beginnings."""
    if piece.startswith("  "):
        return func.left(_INDEX.c.words, _BEGINNING).startswith(piece[:_BEGINNING], autoescape=True)
    return _INDEX.c.words.contains(piece, autoescape=True)


def _quoted(piece: str) -> str:
    return '"{}"'.format(piece.replace('"', '""'))
