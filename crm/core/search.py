"""Finding records by what somebody types, on the index that each database keeps for it.

Beside each searched table lies one with its keys and a trigram index (`employer_search`,
`contract_search`), kept by triggers; migration 0002 makes them. Whoever selects by it still sees only their
own records, because the condition narrows a scoped SELECT. Texts are folded: lower case, no accents.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Integer, Select, String, and_, column, select, table
from sqlalchemy.orm import Mapped

from crm.core.database import is_sqlite
from crm.core.work import Work

_GRAM = 3
_LAST = "\U0010ffff"


def matches(
    work: Work,
    typed: str,
    *,
    index: str,
    record_id: ColumnElement[int | None] | Mapped[int | None],
    search_key: Mapped[str],
) -> ColumnElement[bool]:
    """Return the condition that a record's search key holds every word of `typed` (already folded).

    Fewer than three letters a word say too little for the index: then the key must start with `typed`.
    """
    words, on_sqlite = typed.split(), is_sqlite(work.session.connection())
    if on_sqlite and too_short(typed):
        return starts_with(work, typed, search_key)
    if on_sqlite:
        long_words = [word for word in words if len(word) >= _GRAM]
        rest = [search_key.contains(word, autoescape=True) for word in words if len(word) < _GRAM]
        return and_(record_id.in_(_in_fts(long_words, index)), *rest)
    return record_id.in_(_in_trigrams([typed] if too_short(typed) else words, index, too_short(typed)))


def too_short(typed: str) -> bool:
    """Return whether no word is long enough for the index, so that only a beginning can be found."""
    return all(len(word) < _GRAM for word in typed.split())


def starts_with(work: Work, typed: str, search_key: Mapped[str]) -> ColumnElement[bool]:
    """Return the condition that a search key starts with `typed` (already folded)."""
    if is_sqlite(work.session.connection()):
        # SQLite uses an index for a range, not for a LIKE that tells small letters from capitals.
        return and_(search_key >= typed, search_key < typed + _LAST)
    return search_key.startswith(typed, autoescape=True)


def _in_fts(words: Sequence[str], index: str) -> Select[int]:
    quoted = " AND ".join('"{}"'.format(word.replace('"', '""')) for word in words)
    held: ColumnElement[bool] = column(index).op("MATCH")(quoted)
    return select(column("rowid", Integer)).select_from(table(index)).where(held)


def _in_trigrams(words: Sequence[str], index: str, at_the_start: bool) -> Select[int]:
    keys = column("search_key", String)
    like = keys.startswith if at_the_start else keys.contains
    held = [like(word, autoescape=True) for word in words]
    return select(column("id", Integer)).select_from(table(index)).where(*held)
