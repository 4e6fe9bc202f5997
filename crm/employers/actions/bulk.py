"""Changing many employers at once, and the way back."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Invalid, NotFound
from crm.core.privacy import refuse_bsn
from crm.core.records import key
from crm.core.work import Work
from crm.employers.actions.team import give_to
from crm.employers.queries.bulk import employers_tagged, last_bulk, preview, steps_of, tags_worn, value_now
from crm.employers.queries.details import team_now
from crm.employers.records import Employer
from crm.employers.records_bulk import BulkChange, BulkStep, EmployerTag
from crm.employers.rules import Segment, TeamRole
from crm.employers.rules_bulk import MOST_AT_ONCE, BulkKind, Undone, as_tag, is_id, may_be_put_back


class ChangeMany(Command):
    """One change for many employers: another holder (a user's id), another segment, a tag on or off."""

    kind: BulkKind
    value: Annotated[str, Field(min_length=1, max_length=40)]
    employer_ids: Annotated[tuple[int, ...], Field(min_length=1, max_length=MOST_AT_ONCE)]


class UndoMany(Command):
    """The last change for many employers, to be undone."""

    bulk_id: int
    version: int


@action(Permission.EMPLOYER_EDIT, ChangeMany)
def change_many(work: Work, command: ChangeMany) -> int:
    """Make the change where it changes anything, and remember what was there; return how many changed.

    Raises `Invalid` for a value that cannot be, and when nothing changes.
    """
    value = _checked(command)
    rows = [row for row in preview(work, command.kind, value, command.employer_ids) if row.changes]
    if not rows:
        raise Invalid("value", "All these employers have this already. There is nothing to change.")
    made = BulkChange(
        region_id=min(work.actor.regions, default=work.get(Employer, rows[0].id).region_id),
        kind=command.kind,
        made_at=clock.now(),
        made_by_id=work.actor.user_id,
    )
    bulk_id = key(work.add(made))
    for row in rows:
        employer = work.get(Employer, row.id)
        _set(work, employer, command.kind, row.after, value)
        step = BulkStep(
            bulk_id=bulk_id,
            region_id=employer.region_id,
            employer_id=row.id,
            before=row.before,
            after=row.after,
        )
        work.session.add(step)
    work.flush()
    return len(rows)


@action(Permission.EMPLOYER_EDIT, UndoMany)
def undo_many(work: Work, command: UndoMany) -> Undone:
    """Put back what the actor's last change did, except where somebody changed it since.

    Raises `NotFound` when it is not the actor's last one, or was undone already.
    """
    last = last_bulk(work)
    if last is None or last.id != command.bulk_id:
        raise NotFound()
    change = work.edit(BulkChange, command.bulk_id, command.version, {})
    steps = steps_of(work, command.bulk_id)
    tag = next((step.after or step.before or "" for step in steps), "")
    tagged = employers_tagged(work, tag, [step.employer_id for step in steps])
    left = []
    for step in steps:
        employer = work.get(Employer, step.employer_id)
        if may_be_put_back(value_now(employer, change.kind, tag, tagged), step.after):
            _set(work, employer, change.kind, step.before, tag)
        else:
            left.append(employer.name)
    change.undone_at = clock.now()
    work.flush()
    return Undone(len(steps) - len(left), tuple(sorted(left)))


def _checked(command: ChangeMany) -> str:
    match command.kind:
        case BulkKind.HOLDER if not is_id(command.value):
            raise Invalid("value", "Choose a colleague.")
        case BulkKind.SEGMENT if command.value not in {segment.value for segment in Segment}:
            raise Invalid("value", "Choose a segment.")
        case BulkKind.TAG | BulkKind.UNTAG:
            refuse_bsn("value", command.value)
            return as_tag(command.value)
    return command.value


def _set(work: Work, employer: Employer, kind: BulkKind, value: str | None, tag: str) -> None:
    """Give an employer what a change is about; None takes it away."""
    match kind:
        case BulkKind.HOLDER if value is None:
            _without_holder(work, employer)
        case BulkKind.HOLDER:
            give_to(work, employer, int(value or 0))
        case BulkKind.SEGMENT:
            employer.segment = Segment(value or Segment.LOCAL)
        case _ if value is None:
            _untag(work, key(employer), tag)
        case _:
            made = EmployerTag(region_id=employer.region_id, employer_id=key(employer), tag=tag)
            work.session.add(made)


def _without_holder(work: Work, employer: Employer) -> None:
    for member in team_now(work, key(employer)):
        if member.team_role is TeamRole.HOLDER:
            member.until = clock.today()
    employer.holder_id = None


def _untag(work: Work, employer_id: int, tag: str) -> None:
    for worn in tags_worn(work, employer_id, tag):
        work.session.delete(worn)
