"""Whole tables, row by row, for files that go out: as they are kept, or with the names of employers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from crm.core.records import Record
from crm.core.work import Work
from crm.employers.records import Employer

_AT_ONCE = 1000


def every_value(work: Work, model: type[Record], names: Sequence[str]) -> Iterator[Sequence[Any]]:
    """Yield these columns of every row of a table, the first made first."""
    wanted = select(*[getattr(model, name) for name in names]).order_by(col(model.id))
    yield from work.session.execute(wanted.execution_options(yield_per=_AT_ONCE))


def newest(work: Work, model: type[Record]) -> Iterator[Any]:
    """Yield the records of a table that are the actor's, the last made first."""
    wanted = select(model).order_by(col(model.id).desc())
    yield from work.session.exec(wanted.execution_options(yield_per=_AT_ONCE))


def newest_of_employers(
    work: Work, model: type[Record], only: ColumnElement[bool], employer_id: int | None
) -> Iterator[tuple[Any, str]]:
    """Yield records and the names of their employers, of one employer when it is given, the last first."""
    of: Any = getattr(model, "employer_id")  # noqa: B009
    wanted: Any = select(model, Employer.name).join(Employer, col(Employer.id) == of).where(only)
    if employer_id is not None:
        wanted = wanted.where(of == employer_id)
    ordered = wanted.order_by(col(model.id).desc()).execution_options(yield_per=_AT_ONCE)
    yield from ((record, name) for record, name in work.session.execute(ordered))
