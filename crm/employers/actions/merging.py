"""Making two employers one, and taking them apart again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from crm.core import clock
from crm.core.access import Permission, visible
from crm.core.actions import Command, action
from crm.core.errors import Invalid, NotFound
from crm.core.i18n import N_
from crm.core.records import key
from crm.core.work import Work
from crm.employers import portals
from crm.employers.following import Parting, follow
from crm.employers.moving import (
    BETWEEN,
    CHOSEN,
    Moved,
    Remembered,
    bring_back,
    change,
    put_back,
    repoint,
    values_of,
)
from crm.employers.queries import merging as queries
from crm.employers.queries import walls
from crm.employers.records import Employer
from crm.employers.records_merging import DifferentEmployers, EmployerMerge
from crm.employers.rules import search_key

_NOT_APART = N_("These two can no longer be taken apart: {name} was itself merged. Undo that first.")
_LONGEST_KEY = 400


class MergeEmployers(Command):
    """Two employers that are one: who stays, and which fields are taken from who goes."""

    kept_id: int
    kept_version: int
    gone_id: int
    gone_version: int
    taken: frozenset[str] = frozenset()


class UndoMerge(Command):
    """Two employers turn out not to be one."""

    merge_id: int


class KeepApart(Command):
    """Two employers that look alike are not the same."""

    one_id: int
    other_id: int


@action(Permission.EMPLOYER_EDIT, MergeEmployers)
def merge_employers(work: Work, command: MergeEmployers) -> int:
    """Make two employers one and return the id of the merge; to be run beyond scope (`merging.run`).

    Everything that points at who goes then points at who stays; who had the portal of who goes loses access
    until somebody who decides about that gives it back, and nobody sees more contracts by it.

    Raises `NotFound` when one is not the actor's, `Conflict` when one was changed meanwhile, `Invalid` when
    they cannot be one.
    """
    kept = _visible(work, command.kept_id, command.kept_version)
    gone = _visible(work, command.gone_id, command.gone_version)
    refuse_strangers(work, kept, gone)
    if not command.taken <= set(CHOSEN):
        raise Invalid("taken", "This value is not possible here. Check it and try again.")
    moved, moment = Moved(), clock.now()
    portals.close(work, gone, kept, moment, moved)
    portals.divide(work, key(gone), key(kept))
    values, before = values_of(gone), values_of(kept)
    _one_holder(work, kept, gone, moved)
    repoint(work, "employers", key(gone), key(kept), moved)
    chosen = {name: getattr(gone, name) for name in command.taken}
    contacts = [day for day in (kept.last_contact_on, gone.last_contact_on) if day is not None]
    work.session.delete(gone)
    work.flush()
    _fill(kept, {**chosen, "last_contact_on": max(contacts, default=None)})
    kept.holder_id = kept.holder_id or gone.holder_id
    work.flush()
    merge = work.add(_merge(work, kept, values, before, moved, moment))
    portals.remember(work, merge)
    return key(merge)


@action(Permission.EMPLOYER_EDIT, UndoMerge)
def undo_merge(work: Work, command: UndoMerge) -> int:
    """Take two employers apart again and return the id of the one that comes back; run beyond scope.

    What was made since goes with the record it hangs on. What somebody changed since stays as it is and is
    kept on the merge. Raises `Invalid` when something contradicts it.
    """
    merge = work.get(EmployerMerge, command.merge_id)
    _in_my_region(work, merge.region_id)
    kept = work.session.get(Employer, merge.kept)
    if merge.undone_at is not None:
        raise Invalid("merge_id", "This was undone already.")
    if kept is None:
        raise Invalid("merge_id", _NOT_APART, name=merge.gone_name)
    now = values_of(kept)
    theirs = [name for name, (_, after) in merge.fields.items() if now[name] != after]
    _put_fields_back(work, kept, merge, theirs)
    _refuse_taken(work, merge.gone_values["kvk_number"])
    numbers: Remembered = {}
    back = bring_back(work, "employers", merge.gone_values, numbers)
    for table, values in reversed(merge.removed):
        bring_back(work, table, values, numbers)
    left = put_back(work, merge.moves, numbers)
    left += follow(work, Parting(merge, key(kept), key(back)), numbers)
    portals.part(work, key(kept), key(back))
    portals.reopen(work, key(back), merge.merged_at, merge.merged_by_id)
    portals.restore(work, merge, key(back))
    merge.left = [*([["employers", key(kept), name] for name in theirs]), *left]
    merge.undone_at, merge.undone_by_id = clock.now(), work.actor.user_id
    return key(back)


@action(Permission.EMPLOYER_EDIT, KeepApart)
def keep_apart(work: Work, command: KeepApart) -> int:
    """Remember that two employers are not the same, so that it is not proposed again; return the id."""
    first, last = sorted((command.one_id, command.other_id))
    one, other = work.get(Employer, first), work.get(Employer, last)
    found = queries.known_to_differ(work, key(one), key(other))
    if found is None:
        found = work.add(DifferentEmployers(region_id=one.region_id, one=key(one), other=key(other)))
    return key(found)


def refuse_strangers(work: Work, kept: Employer, gone: Employer) -> None:
    """Raise `NotFound` for a region that is not the actor's, `Invalid` when they cannot be one."""
    _in_my_region(work, kept.region_id)
    _in_my_region(work, gone.region_id)
    if kept is gone or kept.region_id != gone.region_id:
        raise Invalid("gone_id", "Choose two employers of the same region.")
    if walls.have_agreed(work, key(gone), key(kept)):
        raise Invalid("gone_id", BETWEEN)


def _visible(work: Work, employer_id: int, version: int) -> Employer:
    employer = work.edit(Employer, employer_id, version, {})
    _in_my_region(work, employer.region_id)
    return employer


def _in_my_region(work: Work, region_id: int) -> None:
    regions = visible(work.actor).regions
    if regions is not None and region_id not in regions:
        raise NotFound()


def _one_holder(work: Work, kept: Employer, gone: Employer, moved: Moved) -> None:
    """End the account holder of who goes when who stays has one: there is one at a time."""
    if kept.holder_id is None or gone.holder_id is None:
        return
    for member in queries.holders(work, key(gone)):
        if member.until is None:
            change(member, "until", clock.today(), moved)
    work.flush()


def _fill(employer: Employer, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(employer, name, value)
    found = search_key(employer.name, employer.city, employer.kvk_number)
    employer.search_key = found[:_LONGEST_KEY]


def _merge(
    work: Work,
    kept: Employer,
    values: dict[str, Any],
    before: dict[str, Any],
    moved: Moved,
    moment: datetime,
) -> EmployerMerge:
    after = values_of(kept)
    return EmployerMerge(
        region_id=kept.region_id,
        kept=key(kept),
        gone=int(values["id"]),
        gone_name=str(values["name"]),
        gone_values=values,
        fields={
            name: [before[name], after[name]]
            for name in after
            if name != "version" and before[name] != after[name]
        },
        moves=moved.moves,
        removed=moved.removed,
        merged_at=moment,
        merged_by_id=work.actor.user_id,
    )


def _put_fields_back(work: Work, kept: Employer, merge: EmployerMerge, theirs: list[str]) -> None:
    moves = [
        ["employers", merge.kept, name, before, after]
        for name, (before, after) in merge.fields.items()
        if name not in theirs and name != "search_key"
    ]
    put_back(work, moves, {})
    _fill(kept, {})
    work.flush()


def _refuse_taken(work: Work, kvk_number: str | None) -> None:
    if kvk_number is not None and queries.has_kvk_number(work, kvk_number):
        raise Invalid("merge_id", "Another employer has this KvK number by now. Change that first.")
