"""Finding records by what somebody types, on the index that each database keeps for it.

SQLite has a trigram index beside the table (`employer_search`, `contract_search`), PostgreSQL a trigram
index on the column; migration 0002 makes both. Texts are folded: lower case, no accents.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Integer, and_, column, select, table
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
    record_id: Mapped[int | None],
    search_key: Mapped[str],
) -> ColumnElement[bool]:
    """Return the condition that a record's search key holds every word of `typed` (already folded).

    Fewer than three letters a word say too little for the index: then the key must start with `typed`.
    """
    if too_short(typed):
        return starts_with(work, typed, search_key)
    long_words = [word for word in typed.split() if len(word) >= _GRAM]
    short_words = [word for word in typed.split() if len(word) < _GRAM]
    rest = [search_key.contains(word, autoescape=True) for word in short_words]
    if not is_sqlite(work.session.connection()):
        return and_(*(search_key.contains(word, autoescape=True) for word in long_words), *rest)
    quoted = " AND ".join('"{}"'.format(word.replace('"', '""')) for word in long_words)
    in_index: ColumnElement[bool] = column(index).op("MATCH")(quoted)
    found = select(column("rowid", Integer)).select_from(table(index)).where(in_index)
    return and_(record_id.in_(found), *rest)


def too_short(typed: str) -> bool:
    """Return whether no word is long enough for the index, so that only a beginning can be found."""
    return all(len(word) < _GRAM for word in typed.split())


def starts_with(work: Work, typed: str, search_key: Mapped[str]) -> ColumnElement[bool]:
    """Return the condition that a search key starts with `typed` (already folded)."""
    if is_sqlite(work.session.connection()):
        # SQLite uses an index for a range, not for a LIKE that tells small letters from capitals.
        return and_(search_key >= typed, search_key < typed + _LAST)
    return search_key.startswith(typed, autoescape=True)
