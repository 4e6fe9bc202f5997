"""Moving everything that points at one record to another, and putting it back.

Which tables that are is read from the tables themselves. What both have and can be there only once is taken
away and kept aside; what would point at itself as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import JSON, Table, UniqueConstraint, inspect
from sqlalchemy.types import TypeDecorator, TypeEngine

from crm.core.audit import plain_json
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.records import OfAuthority, Record, key
from crm.core.work import Work
from crm.employers.queries.references import another_with, pointing, referring

CHOSEN = (
    *("name", "kvk_number", "sbi_code", "staff_size", "street", "postcode", "city", "municipality_id"),
    *("segment", "phone", "website", "ceased_on"),
)
"""The fields of which somebody chooses whose value stays."""

BETWEEN = N_("These two stand on either side of an agreement about a contract, so they cannot become one.")
Remembered = dict[tuple[str, int], int]
"""The number a record came back under, by table and former number."""


@dataclass
class Moved:
    """What was changed: table, id, column, before and after; and the records taken away: table and values."""

    moves: list[list[Any]] = field(default_factory=list)
    removed: list[list[Any]] = field(default_factory=list)


def repoint(work: Work, table: str, old: int, new: int, moved: Moved) -> None:
    """Let everything that points at `old` point at `new`.

    Raises `Invalid` when a fact of a contract would then stand between an employer and itself.
    """
    found = list(pointing(work, table, [old]))
    # A part of a contract that is offered to a number alone points at its contractor twice, and goes on so.
    twice = {id(record) for record, name in found if _points_at(record, table, name, old)}
    for record, name in found:
        is_between = id(record) not in twice and _points_at(record, table, name, new)
        if is_between and not _settle_itself(work, record, name, moved):
            continue
        twin = _twin(work, record, name, new)
        if twin is None:
            change(record, name, new, moved)
            work.flush()
        else:
            repoint(work, str(record.__tablename__), key(record), key(twin), moved)
            take_away(work, record, moved)


def change(record: Record, name: str, value: object, moved: Moved) -> None:
    """Change one column of a record and remember what it was."""
    before = getattr(record, name)
    if before is not value:
        setattr(record, name, value)
        moved.moves.append([str(record.__tablename__), key(record), name, _plain(before), _plain(value)])


def take_away(work: Work, record: Record, moved: Moved) -> None:
    """Remove a record and remember all of it."""
    moved.removed.append([str(record.__tablename__), values_of(record)])
    work.session.delete(record)
    work.flush()


def values_of(record: Record) -> dict[str, Any]:
    """Return a record as JSON values, by column."""
    names = inspect(type(record)).columns.keys()
    return {name: _plain(getattr(record, name)) for name in names}


def bring_back(work: Work, table: str, values: Mapping[str, Any], numbers: Remembered) -> Record:
    """Make a removed record again, under its former number unless that was given out meanwhile."""
    model = model_of(table)
    given = {
        name: _pointed(model, name, _read(model, name, value), numbers) for name, value in values.items()
    }
    former = int(given.pop("id"))
    given.pop("version", None)
    is_free = work.session.get(model, former) is None
    made = work.add(model(**given, **({"id": former} if is_free else {})))
    numbers[table, former] = key(made)
    return made


def put_back(work: Work, moves: list[list[Any]], numbers: Remembered) -> list[list[Any]]:
    """Undo moves, the last first; return those that somebody changed since, which stay."""
    left = []
    for table, record_id, name, before, after in reversed(moves):
        model = model_of(table)
        record = work.session.get(model, numbers.get((table, record_id), record_id))
        if record is None or _plain(getattr(record, name)) != after:
            left.append([table, record_id, name])
            continue
        setattr(record, name, _pointed(model, name, _read(model, name, before), numbers))
    work.flush()
    return left


def _points_at(record: Record, table: str, name: str, new: int) -> bool:
    """Tell whether another column of a record points at where this one goes."""
    others = [other for model, other in referring(table) if model is type(record) and other != name]
    return any(getattr(record, other) == new for other in others)


def _settle_itself(work: Work, record: Record, name: str, moved: Moved) -> bool:
    """Deal with a record that would point at itself; return whether it still has to be moved.

    Who introduced oneself is left open, a tie with oneself goes, but a contract is not settled here.
    """
    if isinstance(record, OfAuthority):
        raise Invalid("gone_id", BETWEEN)
    optional = [other for _, other in referring("employers") if _is_optional(record, other)]
    if optional:
        change(record, optional[0], None, moved)
        work.flush()
        return name != optional[0]
    take_away(work, record, moved)
    return False


def _is_optional(record: Record, name: str) -> bool:
    column = inspect(type(record)).columns.get(name)
    return column is not None and bool(column.nullable)


def _twin(work: Work, record: Record, name: str, new: int) -> Record | None:
    """Return the record that is already there where this one would go, if it can be there only once."""
    for names in unique_with(type(record), name):
        wanted = {other: new if other == name else getattr(record, other) for other in names}
        if None in wanted.values():
            continue
        found = another_with(work, record, wanted)
        if found is not None:
            return found
    return None


def unique_with(model: type[Record], name: str) -> Iterator[list[str]]:
    """Yield the columns that together can be there only once, as far as a column is among them."""
    mapper = inspect(model)
    table = mapper.local_table
    assert isinstance(table, Table)
    whole = [rule.columns for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    whole += [
        index.columns
        for index in table.indexes
        if index.unique and index.dialect_options["sqlite"]["where"] is None
    ]
    for columns in whole:
        names = [mapper.get_property_by_column(column).key for column in columns]
        if name in names:
            yield names


def model_of(table: str) -> type[Record]:
    """Return the class of the records of a table."""
    return next(
        mapper.class_ for mapper in Record._sa_registry.mappers if mapper.class_.__tablename__ == table
    )


def _plain(value: object) -> Any:
    return json.loads(plain_json(value))


def _read(model: type[Record], name: str, value: Any) -> Any:
    """Return what a JSON value of a column stands for."""
    kind = inspect(model).columns[name].type
    if value is None or isinstance(kind, JSON):
        return value
    bare: TypeEngine[Any] = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    python: type[Any] = bare.python_type
    if issubclass(python, datetime | date):
        return python.fromisoformat(value)
    if issubclass(python, Decimal):
        return Decimal(str(value))
    return python(value) if issubclass(python, Enum) else value


def _pointed(model: type[Record], name: str, value: Any, numbers: Remembered) -> Any:
    """Return where a column points now: a record that came back can have another number."""
    for foreign in inspect(model).columns[name].foreign_keys:
        return numbers.get((foreign.column.table.name, value), value)
    return value
