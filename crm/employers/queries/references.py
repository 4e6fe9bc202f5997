"""Which columns of which tables point at a record: read from the tables themselves, so none is forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from sqlmodel import col, select

from crm.core.records import Record
from crm.core.work import Work

Reference = tuple[type[Record], str]
"""A table and the column in it that holds the id of another record."""


@cache
def referring(table: str) -> tuple[Reference, ...]:
    """Return every column that points at a table, in one order; all tables must be known by then."""
    found: list[Reference] = [
        (mapper.class_, mapper.get_property_by_column(column).key)
        for mapper in Record._sa_registry.mappers
        for column in mapper.columns
        if any(foreign.column.table.name == table for foreign in column.foreign_keys)
    ]
    return tuple(sorted(found, key=lambda reference: (str(reference[0].__tablename__), reference[1])))


def pointing(work: Work, table: str, ids: Collection[int]) -> Iterator[tuple[Record, str]]:
    """Yield the records that point at one of these ids, with the column that does; one question a column."""
    for model, name in referring(table):
        column = getattr(model, name)
        found = select(model).where(col(column).in_(ids)).order_by(col(model.id))
        yield from ((record, name) for record in work.session.exec(found))


def in_use(work: Work, table: str, ids: Collection[int], but: dict[str, set[int]]) -> set[int]:
    """Return which ids something else points at; `but` names the records that do not count, by table."""
    used: set[int] = set()
    for model, name in referring(table):
        column = getattr(model, name)
        named = select(column, model.id).where(col(column).in_(ids))
        own = but.get(str(model.__tablename__), set())
        used |= {pointed for pointed, record_id in work.session.exec(named) if record_id not in own}
    return used


def another_with(work: Work, record: Record, values: Mapping[str, object]) -> Record | None:
    """Return another record of the same table that has these values, if there is one."""
    model = type(record)
    held = [col(getattr(model, name)) == value for name, value in values.items()]
    return work.session.exec(select(model).where(*held, col(model.id) != record.id)).first()
