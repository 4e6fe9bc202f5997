"""What points at an employer that is to go up in another, counted by table in one question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, false, func, inspect, literal, or_, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from crm.core.records import OfAuthority, Record
from crm.core.work import Work
from crm.employers.moving import unique_with
from crm.employers.queries.references import referring


@dataclass(frozen=True)
class Pointing:
    """How many records of a table point at who goes.

    `twice` of them go, because who stays has the same or they would point at itself; `between` are facts of a
    contract that stand between the two, which then cannot be one.
    """

    table: str
    count: int
    twice: int
    between: int


def what_points_at(work: Work, kept: int, gone: int) -> list[Pointing]:
    """Return what points at who goes, by table; to be asked beyond scope, in one question."""
    models: dict[type[Record], list[str]] = {}
    for model, name in referring("employers"):
        models.setdefault(model, []).append(name)
    parts = union_all(*[_counted(model, names, kept, gone) for model, names in models.items()])
    return [Pointing(*row) for row in work.session.execute(parts) if row[1]]


def _counted(model: type[Record], names: list[str], kept: int, gone: int) -> Any:
    itself = _between(model, names, kept, gone)
    is_fact = issubclass(model, OfAuthority)
    stays = any(inspect(model).columns[name].nullable for name in names)
    twins = list(_twins(model, names, kept, gone))
    twice = or_(false(), *twins, *([] if is_fact or stays else [itself]))
    columns: tuple[Any, ...] = (
        literal(str(model.__tablename__)),
        func.count(),
        _number(twice),
        _number(itself if is_fact else false()),
    )
    return select(*columns).where(or_(*(col(getattr(model, name)) == gone for name in names)))


def _between(model: type[Record], names: list[str], kept: int, gone: int) -> ColumnElement[bool]:
    """Tell of a record whether it points at both."""
    at = [col(getattr(model, name)) for name in names]
    return or_(false(), *(and_(one == gone, other == kept) for one in at for other in at if one is not other))


def _twins(model: type[Record], names: list[str], kept: int, gone: int) -> Iterator[ColumnElement[bool]]:
    """Yield of a record whether who stays has the same already, where that can be there only once."""
    twin: Any = aliased(model)
    for name in names:
        for unique in unique_with(model, name):
            same = [getattr(twin, other) == getattr(model, other) for other in unique if other != name]
            there = exists().where(getattr(twin, name) == kept, *same)
            yield and_(col(getattr(model, name)) == gone, there)


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
