"""Keeping a mail as a contact with an employer, with what came with it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from crm.core import files
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.privacy import WITHOUT_BSN
from crm.core.work import Work
from crm.employers.records import Employer
from crm.visits.actions.forwarding import settle
from crm.visits.actions.moments import LogVisit, log_visit
from crm.visits.queries.forwarding import waiting_mail
from crm.visits.records_files import MomentFile
from crm.visits.rules import MomentKind


class GivenFile(BaseModel):
    """A file that came with a mail."""

    model_config = ConfigDict(frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=200), WITHOUT_BSN]
    content: bytes = Field(repr=False)


class KeepMail(LogVisit):
    """A mail as a contact, with the attachments that are to be kept.

    `waiting_id` is the forwarded mail that it is; that waits no more then.
    """

    kind: MomentKind = MomentKind.MAIL
    waiting_id: int | None = None
    attachments: tuple[GivenFile, ...] = Field(default=(), max_length=20)


@action(Permission.VISIT_LOG, KeepMail)
def keep_mail(work: Work, command: KeepMail) -> int:
    """Write a mail down as a contact and keep its attachments; return the id of the contact.

    Raises what logging a contact raises, `Invalid` for an attachment that is not what evidence may be, and
    `NotFound` for a forwarded mail that is another's or waits no more.
    """
    checked = [(given, files.media_type(given.content)) for given in command.attachments]
    if command.waiting_id is not None:
        settle(waiting_mail(work, work.actor.user_id or 0, command.waiting_id))
    logged = command.model_dump(exclude={"attachments", "waiting_id"}) | {"kind": MomentKind.MAIL}
    moment_id = log_visit(work, LogVisit(**logged))
    work.intend("visits.keep_mail")
    region_id = work.get(Employer, command.employer_id).region_id
    for given, media_type in checked:
        work.add(
            MomentFile(
                region_id=region_id,
                employer_id=command.employer_id,
                moment_id=moment_id,
                file_name=given.name,
                sha256=files.store(given.content),
                media_type=media_type,
            )
        )
    return moment_id
