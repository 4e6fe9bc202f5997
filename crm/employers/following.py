"""Letting what was made since a merge follow the record it hangs on, when that goes back.

Whose a child is follows from its parents: the records it must point at, or, when it must point at none, those
it does point at. Where these are neither of who stays nor of who comes back, as with an effort on a part of
the contract of a third company, it is who stands on the other side of the agreement about them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect

from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.records import Internal, OfEmployer, Record, key
from crm.core.work import Work
from crm.employers.moving import Remembered, model_of
from crm.employers.queries.following import hanging_on, made_since, second_parties
from crm.employers.queries.references import referring
from crm.employers.records_merging import EmployerMerge

BOTH = N_(
    "Since they became one, something was added that belongs with what both had. "
    "They cannot be taken apart any more."
)


@dataclass(frozen=True)
class Parting:
    """Two employers that are taken apart again: who stays and who comes back."""

    merge: EmployerMerge
    kept: int
    back: int

    @property
    def both(self) -> set[int]:
        """The ids of both."""
        return {self.kept, self.back}


def follow(work: Work, parting: Parting, numbers: Remembered) -> list[list[Any]]:
    """Let what was made since and hangs on records that went back go with them; return what stays.

    What hangs on records of both stays when no employer sees it. Raises `Invalid` when one does.
    """
    waiting = _hanging(work, _went_back(work, parting, numbers), parting)
    # Each round can settle whose the children of the round before are.
    while going := [one for one in waiting.values() if _owners(work, one, parting) == {parting.back}]:
        for child in going:
            _hand_over(child, parting)
        work.flush()
        later = _hanging(work, going, parting)
        waiting = {at: one for at, one in {**waiting, **later}.items() if one not in going}
    for child in waiting.values():
        if not isinstance(child, Internal) and parting.back in _owners(work, child, parting):
            raise Invalid("merge_id", BOTH)
    return [[*at, "employer_id"] for at in waiting]


def _went_back(work: Work, parting: Parting, numbers: Remembered) -> list[Record]:
    """Return what the undoing moved back, with what of a third company it is about."""
    found: list[Record] = []
    for table, record_id, name, *_ in parting.merge.moves:
        model = model_of(table)
        record = work.session.get(model, numbers.get((table, record_id), record_id))
        if record is None or not _is_at_employer(model, name) or getattr(record, name) != parting.back:
            continue
        found += _lineage(work, record, parting)
    return found


def _lineage(work: Work, record: Record, parting: Parting) -> Iterator[Record]:
    """Yield a record, and what it hangs on as far as that is of a third company."""
    yield record
    for parent, _ in _parents(work, record):
        if _employer_of(parent) not in parting.both:
            yield from _lineage(work, parent, parting)


def _is_at_employer(model: type[Record], name: str) -> bool:
    return any(
        foreign.column.table.name == "employers" for foreign in inspect(model).columns[name].foreign_keys
    )


def _hanging(work: Work, parents: Iterable[Record], parting: Parting) -> dict[tuple[str, int], Record]:
    by_table: dict[str, set[int]] = defaultdict(set)
    for parent in parents:
        by_table[str(parent.__tablename__)].add(key(parent))
    return {
        (str(child.__tablename__), key(child)): child
        for table, ids in by_table.items()
        for child in hanging_on(work, table, ids, parting.kept)
        if made_since(work, child, parting.merge)
    }


def _owners(work: Work, child: Record, parting: Parting) -> set[int]:
    """Return which of both a record belongs to by what it hangs on."""
    parents = list(_parents(work, child))
    decisive = [one for one, is_needed in parents if is_needed] or [one for one, _ in parents]
    owners = {_employer_of(one) for one in decisive} & parting.both
    if owners:
        return owners
    return {side for one in decisive for side in second_parties(work, one, parting.both)}


def _parents(work: Work, child: Record) -> Iterator[tuple[Record, bool]]:
    """Yield the records of employers that a record points at, with whether it always points at one."""
    for column in inspect(type(child)).columns:
        name = inspect(type(child)).get_property_by_column(column).key
        for foreign in column.foreign_keys:
            table = foreign.column.table.name
            at = getattr(child, name)
            if at is None or table == "employers" or not issubclass(model_of(table), OfEmployer):
                continue
            parent = work.session.get(model_of(table), at)
            if parent is not None:
                yield parent, not column.nullable


def _hand_over(child: Record, parting: Parting) -> None:
    """Let a record go; the other side of an agreement that is not known yet is the employer itself."""
    for model, name in referring("employers"):
        if model is type(child) and getattr(child, name) == parting.kept:
            setattr(child, name, parting.back)


def _employer_of(record: Record) -> int:
    found: int = getattr(record, "employer_id")  # noqa: B009
    return found
