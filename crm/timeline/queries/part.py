"""What each noun has to tell: one SELECT for each sort of happening, all with the same columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, String, cast, func, literal, null
from sqlalchemy import select as sa_select
from sqlmodel import col

from crm.core.access import Permission
from crm.timeline.rules import Happening, Topic


@dataclass(frozen=True)
class Part:
    """One sort of happening: who may read it, on which day it was, which record, and the SELECT for it.

    The SELECT yields what it was, more about it, who did it, its state, a number (cents or an id) and the
    id of the page it leads to, in this order.
    """

    happening: Happening
    topics: frozenset[Topic]
    seen_with: Permission
    employer_id: Any
    on: Any
    record_id: Any
    columns: Sequence[Any]
    only: Sequence[ColumnElement[bool]] = ()
    joined: Sequence[tuple[Any, ColumnElement[bool]]] = ()
    narrow: Callable[[frozenset[Topic]], Sequence[ColumnElement[bool]]] = lambda _topics: ()

    def select(self, employer_id: int, wanted: frozenset[Topic]) -> Any:
        """Return the SELECT of this part for an employer and the topics that were asked for."""
        found = sa_select(
            literal(self.happening.value, String).label("happening"),
            self.on.label("on"),
            col(self.record_id).label("record_id"),
            *(column.label(name) for name, column in zip(COLUMNS, self.columns, strict=True)),
        ).where(self.employer_id == employer_id, *self.only, *self.narrow(wanted))
        for table, condition in self.joined:
            found = found.outerjoin(table, condition)
        return found


COLUMNS = ("what", "more", "who", "state", "number", "page_id")


def day_of(moment: Any) -> ColumnElement[Any]:
    """Return the day of a moment."""
    return func.date(moment, type_=Date)


def nothing() -> ColumnElement[Any]:
    """Return a column that tells nothing."""
    return cast(null(), String)


def no_number() -> ColumnElement[Any]:
    """Return a number that is not there."""
    return cast(null(), Integer)


def text_of(column: Any) -> ColumnElement[Any]:
    """Return a column as text."""
    return cast(column, String)
