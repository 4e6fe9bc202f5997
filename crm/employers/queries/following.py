"""Questions about what hangs on records that go to another employer."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from crm.core.audit import AuditEntry
from crm.core.records import OfEmployer, Record, key
from crm.core.work import Work
from crm.employers.queries.references import referring


def hanging_on(work: Work, table: str, ids: Collection[int], employer_id: int) -> Iterator[Record]:
    """Yield the records of an employer that point at one of these ids, by table."""
    for model, name in referring(table):
        if issubclass(model, OfEmployer) and table != "employers":
            held: Any = model
            wanted = select(model).where(col(getattr(model, name)).in_(ids), held.employer_id == employer_id)
            yield from work.session.exec(wanted.order_by(col(model.id)))


def second_parties(work: Work, parent: Record, ids: Collection[int]) -> set[int]:
    """Return which of these employers stand on the other side of an agreement: the record or one about it.

    An answer to an agreement is also of who stands on the other side of it.
    """
    sides = [(model, name) for model, name in referring("employers") if name != "employer_id"]
    found = {getattr(parent, name) for model, name in sides if model is type(parent)} & set(ids)
    two_sided = {model for model, _ in sides}
    for model, at in referring(str(parent.__tablename__)):
        about = col(getattr(model, at)) == parent.id
        for name in (name for other, name in sides if other is model):
            column = col(getattr(model, name))
            found |= set(work.session.exec(select(column).where(about, column.in_(ids))))
        if model in two_sided:
            for answer, name in referring(str(model.__tablename__)):
                if issubclass(answer, OfEmployer):
                    found |= set(work.session.exec(_answered(answer, name, model, ids).where(about)))
    return found


def _answered(answer: Any, name: str, model: type[Record], ids: Collection[int]) -> Any:
    joined = select(answer.employer_id).join(model, col(model.id) == getattr(answer, name))
    return joined.where(answer.employer_id.in_(ids))


def made_since(work: Work, record: Record, event: Record) -> bool:
    """Tell whether a record was made after another one, by the order of the log."""
    kinds = AuditEntry.object_type, AuditEntry.object_id
    born = [
        select(func.max(AuditEntry.id)).where(
            kinds[0] == str(one.__tablename__), kinds[1] == str(key(one)), AuditEntry.action == "insert"
        )
        for one in (record, event)
    ]
    first, second = (work.session.exec(wanted).first() for wanted in born)
    return first is not None and second is not None and first > second
