"""Two records that are one person: made one, and taken apart again when that was wrong."""

from __future__ import annotations

from typing import Any

from sqlalchemy import UniqueConstraint

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Conflict, Invalid
from crm.core.records import Record, key
from crm.core.work import Work
from crm.employers.queries.people import later_merge, ways_of, wish_of
from crm.employers.queries.references import pointing, referring
from crm.employers.records import ContactPerson
from crm.employers.records_people import PersonMerge, PersonWay, PersonWish
from crm.employers.rules import Consent, WayKind

_TABLE = "contact_persons"
# These tell what happened to the records themselves.
_STAY = frozenset({"person_merges", "person_moves"})
_FIELDS = ("job_title", "email", "phone")


class MergePersons(Command):
    """Two contact persons of one employer turn out to be one; `kept_id` is who stays."""

    kept_id: int
    kept_version: int
    gone_id: int
    gone_version: int


class PartPersons(Command):
    """Two persons that were made one turn out to be two after all."""

    merge_id: int
    version: int


@action(Permission.VISIT_LOG, MergePersons)
def merge_persons(work: Work, command: MergePersons) -> int:
    """Make two persons one and return the id of the merge.

    All that points at the one who goes points at the one who stays, also contact moments, except where both
    were there. What was missing is filled in, and a wish to be left alone holds for the one who stays.
    Raises `Invalid` when they are the same record or work for different employers.
    """
    kept = work.edit(ContactPerson, command.kept_id, command.kept_version, {})
    gone = work.edit(ContactPerson, command.gone_id, command.gone_version, {})
    if kept is gone or kept.employer_id != gone.employer_id:
        raise Invalid("gone_id", "Choose another person of the same employer.")
    taken_over = _strictest_wish(work, kept, gone) | _filled_in(kept, gone)
    moved = [*_moved(work, kept, gone), *_kept_ways(work, kept, gone)]
    was_active, gone.active = gone.active, False
    merge = PersonMerge(
        region_id=kept.region_id,
        employer_id=kept.employer_id,
        kept_id=key(kept),
        gone_id=key(gone),
        moved=moved,
        taken_over=taken_over,
        gone_was_active=was_active,
        merged_at=clock.now(),
        merged_by_id=work.actor.user_id,
    )
    return key(work.add(merge))


@action(Permission.VISIT_LOG, PartPersons)
def part_persons(work: Work, command: PartPersons) -> int:
    """Take two persons apart again and return the id of the one who comes back.

    What has changed since stays as it is. Raises `Invalid` when a later merge holds, and `Conflict` when this
    one was undone already.
    """
    merge = work.edit(PersonMerge, command.merge_id, command.version, {})
    if merge.undone_at is not None:
        raise Conflict({}, {}, merge.version)
    if later_merge(work, merge) is not None:
        raise Invalid("merge_id", "One of the two was made one with somebody else since. Undo that first.")
    kept, gone = work.get(ContactPerson, merge.kept_id), work.get(ContactPerson, merge.gone_id)
    _put_back(work, merge)
    _give_back(work, kept, merge.taken_over)
    gone.active = merge.gone_was_active
    merge.undone_at, merge.undone_by_id = clock.now(), work.actor.user_id
    return merge.gone_id


def _moved(work: Work, kept: ContactPerson, gone: ContactPerson) -> list[list[Any]]:
    """Let what points at the one who goes point at the one who stays; return table, id and column of each."""
    own = list(pointing(work, _TABLE, {key(kept)}))
    moved: list[list[Any]] = []
    for record, name in list(pointing(work, _TABLE, {key(gone)})):
        table = str(record.__tablename__)
        if table in _STAY or _is_there_already(own, record, name):
            continue
        setattr(record, name, key(kept))
        moved.append([table, record.id, name])
    work.flush()
    return moved


def _is_there_already(own: list[tuple[Record, str]], record: Record, name: str) -> bool:
    """Return whether the one who stays has the same thing, of which there can be only one."""
    alike = [other for other, column in own if column == name and type(other) is type(record)]
    return any(
        all(getattr(other, rest) == getattr(record, rest) for rest in names)
        for names in _unique_with(record, name)
        for other in alike
    )


def _unique_with(record: Record, name: str) -> list[set[str]]:
    """Return, for each thing there can be only one of, which columns tell it apart beside the person."""
    table = type(record).__table__  # type: ignore[attr-defined]
    only = [set(one.columns.keys()) for one in table.constraints if isinstance(one, UniqueConstraint)]
    return [names - {name} for names in only if name in names]


def _kept_ways(work: Work, kept: ContactPerson, gone: ContactPerson) -> list[list[Any]]:
    """Keep a first address or number that differs as a further one; return what was made."""
    made: list[list[Any]] = []
    known = {way.value for way in ways_of(work, key(kept))}
    for kind, ours, theirs in (
        (WayKind.MAIL, kept.email, gone.email),
        (WayKind.PHONE, kept.phone, gone.phone),
    ):
        if theirs and theirs != ours and theirs not in known:
            way = PersonWay(
                region_id=kept.region_id,
                employer_id=kept.employer_id,
                contact_person_id=key(kept),
                kind=kind,
                value=theirs,
            )
            made.append([PersonWay.__tablename__, key(work.add(way)), ""])
    return made


def _filled_in(kept: ContactPerson, gone: ContactPerson) -> dict[str, Any]:
    found = {name: getattr(gone, name) for name in _FIELDS if not getattr(kept, name) and getattr(gone, name)}
    for name, value in found.items():
        setattr(kept, name, value)
    return found


def _strictest_wish(work: Work, kept: ContactPerson, gone: ContactPerson) -> dict[str, Any]:
    """Let the stricter wish hold when both said something; return what the one who stays had said."""
    ours, theirs = wish_of(work, key(kept)), wish_of(work, key(gone))
    if ours is None or theirs is None:
        return {}
    before = ours.model_dump(mode="json", include={"consent", "do_not_contact", "reason"})
    ours.do_not_contact = ours.do_not_contact or theirs.do_not_contact
    ours.reason = ours.reason or theirs.reason
    if theirs.consent is Consent.REFUSED:
        ours.consent = Consent.REFUSED
    return {"wish": before}


def _put_back(work: Work, merge: PersonMerge) -> None:
    models = {str(model.__tablename__): model for model, _column in referring(_TABLE)}
    for table, record_id, name in merge.moved:
        record = work.session.get(models[table], record_id)
        if record is None:
            continue
        if not name:
            work.session.delete(record)
        elif getattr(record, name) == merge.kept_id:
            setattr(record, name, merge.gone_id)
    work.flush()


def _give_back(work: Work, kept: ContactPerson, taken_over: dict[str, Any]) -> None:
    for name in _FIELDS:
        if name in taken_over and getattr(kept, name) == taken_over[name]:
            setattr(kept, name, None)
    wish: PersonWish | None = wish_of(work, key(kept))
    if wish is not None and (before := taken_over.get("wish")):
        wish.consent = Consent(before["consent"])
        wish.do_not_contact, wish.reason = before["do_not_contact"], before["reason"]
