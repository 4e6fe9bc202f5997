"""Putting a tag on one employer, and taking it off."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Invalid
from crm.core.privacy import refuse_bsn
from crm.core.work import Work
from crm.employers.queries.bulk import tags_worn
from crm.employers.records import Employer
from crm.employers.records_bulk import EmployerTag
from crm.employers.rules_bulk import as_tag

TagText = Annotated[str, Field(min_length=1, max_length=40)]


class TagEmployer(Command):
    """A tag to put on one employer."""

    employer_id: int
    tag: TagText


class UntagEmployer(Command):
    """A tag to take off one employer."""

    employer_id: int
    tag: TagText


@action(Permission.EMPLOYER_EDIT, TagEmployer)
def tag_employer(work: Work, command: TagEmployer) -> int:
    """Put a tag on one employer; twice changes nothing."""
    refuse_bsn("tag", command.tag)
    employer, tag = work.get(Employer, command.employer_id), as_tag(command.tag)
    if not tag:
        raise Invalid("tag", "Fill in this field.")
    if not tags_worn(work, command.employer_id, tag):
        work.add(EmployerTag(region_id=employer.region_id, employer_id=command.employer_id, tag=tag))
    return command.employer_id


@action(Permission.EMPLOYER_EDIT, UntagEmployer)
def untag_employer(work: Work, command: UntagEmployer) -> int:
    """Take a tag off one employer."""
    work.get(Employer, command.employer_id)
    for worn in tags_worn(work, command.employer_id, as_tag(command.tag)):
        work.session.delete(worn)
    return command.employer_id
