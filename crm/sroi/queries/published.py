"""The council figures that were published: frozen, listed with their versions, checked on reading."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.access import visible
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import Work
from crm.sroi.records import Authority, FigureSnapshot
from crm.sroi.rules.figures import Basis

SNAPSHOTS = 50


@dataclass(frozen=True)
class SnapshotRow:
    """A published figure in the list; `unchanged` is whether it still has the hash it was published with."""

    id: int
    number: int
    about: str | None
    year: int
    basis: Basis
    definition: str
    what_changed: str | None
    made_at: datetime
    made_by: str | None
    unchanged: bool
    hash: str
    document: dict[str, Any]


def snapshots(work: Work) -> list[SnapshotRow]:
    """Return the published figures that the actor may see, the last one in front."""
    wanted = _snapshots(work).order_by(col(FigureSnapshot.id).desc()).limit(SNAPSHOTS)
    return [_snapshot(*found) for found in work.session.exec(wanted)]


def snapshot(work: Work, snapshot_id: int) -> SnapshotRow:
    """Return one published figure; raises `NotFound` when it is not the actor's to see."""
    found = work.session.exec(_snapshots(work).where(FigureSnapshot.id == snapshot_id)).first()
    if found is None:
        raise NotFound()
    return _snapshot(*found)


def last_published(work: Work, subject: str) -> FigureSnapshot | None:
    """Return the latest version of a published figure."""
    wanted = select(FigureSnapshot).where(FigureSnapshot.subject == subject)
    return work.session.exec(wanted.order_by(col(FigureSnapshot.number).desc())).first()


def hash_of(content: str) -> str:
    """Return the SHA-256 of a document."""
    return hashlib.sha256(content.encode()).hexdigest()


def _snapshots(work: Work) -> Any:
    wanted: Any = (
        select(FigureSnapshot, Authority.name, User.name)
        .outerjoin(Authority, col(Authority.id) == FigureSnapshot.about_id)
        .outerjoin(User, col(User.id) == FigureSnapshot.made_by_id)
    )
    own = visible(work.actor).authorities
    # Of a whole region nobody keeps a part secret: what was published about it, everybody here may read.
    if own is not None:
        about = col(FigureSnapshot.about_id)
        wanted = wanted.where(or_(about.is_(None), about.in_(sorted(own))))
    return wanted


def _snapshot(found: FigureSnapshot, about: str | None, made_by: str | None) -> SnapshotRow:
    return SnapshotRow(
        id=key(found),
        number=found.number,
        about=about,
        year=found.year,
        basis=found.basis,
        definition=found.definition,
        what_changed=found.what_changed,
        made_at=found.made_at,
        made_by=made_by,
        unchanged=hash_of(found.content) == found.content_hash,
        hash=found.content_hash,
        document=json.loads(found.content),
    )
