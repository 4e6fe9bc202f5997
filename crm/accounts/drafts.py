"""Drafts: what a user has typed but not saved yet, kept on the server through refreshes and lost lines.

A draft is one user's own. It is known by its form (`visit`) and its subject (the employer it is about),
and goes when the form is saved or the user throws it away. Which draft was saved is remembered for a
month, so that a second window in which it is still open does not save it again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import and_, delete, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from crm.accounts.records import Draft
from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.database import is_sqlite
from crm.core.errors import Invalid
from crm.core.privacy import refuse_bsn
from crm.core.work import Work

LARGEST = 40_000
REMEMBERED = timedelta(days=30)
_SAVED = ":saved"

FormName = Annotated[str, Field(min_length=1, max_length=40)]
Subject = Annotated[str, Field(max_length=40)]


@dataclass(frozen=True)
class WaitingDraft:
    """A draft that was not finished: of which form, about what, and when it was last typed in."""

    form: str
    subject: str
    title: str
    updated_at: datetime


class SaveDraft(Command):
    """The fields of a form as they are now, anything JSON can hold; `title` is its subject in words."""

    form: FormName
    subject: Subject
    fields: Mapping[str, Any]
    title: str = Field(default="", max_length=200)


class DiscardDraft(Command):
    """A draft to throw away."""

    form: FormName
    subject: Subject


@action(Permission.PROFILE_EDIT, SaveDraft)
def save_draft(work: Work, command: SaveDraft) -> datetime:
    """Keep a draft in place of the one before; return when that was.

    Raises `Invalid` for a draft that is too long, and for one that holds a BSN: those we never keep.
    """
    body = json.dumps({"title": command.title, "fields": dict(command.fields)}, ensure_ascii=False)
    if len(body) > LARGEST:
        raise Invalid("", "This is too long: at most {limit} characters.", limit=LARGEST)
    for name, value in command.fields.items():
        refuse_bsn(name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    now = clock.now()
    insert = sqlite.insert if is_sqlite(work.session.connection()) else postgresql.insert
    written = insert(Draft).values(
        user_id=work.actor.user_id, form=command.form, subject=command.subject, body=body, updated_at=now
    )
    # One statement, so that two tabs that save at the same moment do not trip over each other.
    work.session.execute(
        written.on_conflict_do_update(
            index_elements=["user_id", "form", "subject"], set_={"body": body, "updated_at": now}
        )
    )
    return now


@action(Permission.PROFILE_EDIT, DiscardDraft)
def discard_draft(work: Work, command: DiscardDraft) -> None:
    """Throw a draft away; nothing happens when there is none."""
    work.session.execute(
        delete(Draft).where(
            col(Draft.user_id) == work.actor.user_id,
            col(Draft.form) == command.form,
            col(Draft.subject) == command.subject,
        )
    )


def finish_draft(work: Work, form: str, subject: str, token: str) -> None:
    """Take a draft away in the unit of work that saves what it holds, once.

    `token` names the draft as it was opened. Raises `Invalid` when it was saved before, also when that
    happens at this very moment.
    """
    mine, saved, now = col(Draft.user_id) == work.actor.user_id, form + _SAVED, clock.now()
    insert = sqlite.insert if is_sqlite(work.session.connection()) else postgresql.insert
    marked = work.session.execute(
        insert(Draft)
        .values(user_id=work.actor.user_id, form=saved, subject=token, body="{}", updated_at=now)
        .on_conflict_do_nothing(index_elements=["user_id", "form", "subject"])
        .returning(col(Draft.id))
    )
    if marked.first() is None:
        raise Invalid(
            "", "This was saved already, in another window or a moment ago. Nothing is saved twice."
        )
    forgotten = and_(col(Draft.form) == saved, col(Draft.updated_at) < now - REMEMBERED)
    finished = and_(col(Draft.form) == form, col(Draft.subject) == subject)
    work.session.execute(delete(Draft).where(mine, or_(finished, forgotten)))


def draft_of(work: Work, form: str, subject: str) -> tuple[dict[str, Any], datetime] | None:
    """Return the actor's own draft of a form with the moment it was kept, or None."""
    found = work.session.exec(
        select(Draft).where(Draft.user_id == work.actor.user_id, Draft.form == form, Draft.subject == subject)
    ).first()
    return (json.loads(found.body)["fields"], found.updated_at) if found else None


def waiting_drafts(work: Work, form: str, limit: int = 5) -> list[WaitingDraft]:
    """Return the actor's own drafts of a form, the last one typed in first."""
    found = (
        select(Draft)
        .where(Draft.user_id == work.actor.user_id, Draft.form == form)
        .order_by(col(Draft.updated_at).desc())
        .limit(limit)
    )
    return [
        WaitingDraft(one.form, one.subject, json.loads(one.body)["title"], one.updated_at)
        for one in work.session.exec(found)
    ]
