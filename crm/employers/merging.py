"""Merging as screens do it: over everything that points at an employer, also what the actor does not see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from crm.accounts.queries.portals import count_access, count_links
from crm.core.access import Actor, Permission
from crm.core.errors import Invalid
from crm.core.work import Work, beyond_scope
from crm.employers.actions.merging import refuse_strangers
from crm.employers.moving import BETWEEN
from crm.employers.queries.consequences import what_points_at
from crm.employers.records import Employer

C = TypeVar("C")


@dataclass(frozen=True)
class Consequences:
    """What a merge would do: how many records move, by table, and how many go because both have them.

    `ended` is how many people lose access to the portal of who goes, `withdrawn` how many invitations end
    with it, and `watching` how many people have the portal of who stays, and will see there what comes.
    """

    moves: dict[str, int]
    removed: dict[str, int]
    ended: int
    withdrawn: int
    watching: int


def run(actor: Actor, step: Callable[[Work, C], int], command: C) -> int:
    """Run a merge or its undoing beyond the actor's scope, in one transaction; raises what it raises.

    The actions themselves look whether both employers are the actor's.
    """
    with beyond_scope(actor, Permission.EMPLOYER_EDIT, writes=True) as unit:
        result = step(unit, command)
        unit.commit()
        return result


def consequences(actor: Actor, kept_id: int, gone_id: int) -> Consequences:
    """Return what a merge would do, counted without doing it.

    Raises `NotFound` when one of them is not the actor's, `Invalid` when they cannot be one.
    """
    with beyond_scope(actor, Permission.EMPLOYER_EDIT) as unit:
        refuse_strangers(unit, unit.get(Employer, kept_id), unit.get(Employer, gone_id))
        found = what_points_at(unit, kept_id, gone_id)
        ended, withdrawn = count_access(unit, gone_id), count_links(unit, gone_id)
        watching = count_access(unit, kept_id)
    if any(part.between for part in found):
        raise Invalid("gone_id", BETWEEN)
    return Consequences(
        moves={part.table: part.count - part.twice for part in found if part.count > part.twice},
        removed={part.table: part.twice for part in found if part.twice},
        ended=ended,
        withdrawn=withdrawn,
        watching=watching,
    )
