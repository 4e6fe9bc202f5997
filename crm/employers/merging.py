"""Merging as screens do it: over everything that points at an employer, also what the actor does not see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from crm.core.access import Actor, Permission
from crm.core.work import Work, beyond_scope
from crm.employers.actions.merging import MergeEmployers, merge_employers
from crm.employers.records_merging import EmployerMerge

C = TypeVar("C")


@dataclass(frozen=True)
class Consequences:
    """What a merge would do: how many records move, by table, and how many go because both have them."""

    moves: dict[str, int]
    removed: dict[str, int]


def run(actor: Actor, step: Callable[[Work, C], int], command: C) -> int:
    """Run a merge or its undoing beyond the actor's scope, in one transaction; raises what it raises.

    The actions themselves look whether both employers are the actor's.
    """
    with beyond_scope(actor, Permission.EMPLOYER_EDIT, writes=True) as unit:
        result = step(unit, command)
        unit.commit()
        return result


def consequences(actor: Actor, command: MergeEmployers) -> Consequences:
    """Return what a merge would do, by doing it and letting it go again; raises what the merge raises."""
    with beyond_scope(actor, Permission.EMPLOYER_EDIT, writes=True) as unit:
        merge = unit.get(EmployerMerge, merge_employers(unit, command))
        moved = {(table, record_id) for table, record_id, *_ in merge.moves}
        return Consequences(
            moves=dict(Counter(table for table, _ in sorted(moved))),
            removed=dict(Counter(table for table, _ in merge.removed)),
        )
