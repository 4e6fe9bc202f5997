"""How one employer is tied to others, told from its own side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, or_
from sqlmodel import col, select

from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.network.records import Tie
from crm.network.rules import TieKind


@dataclass(frozen=True)
class TieRow:
    """A tie with another employer; `forward` when it is told from the employer that was asked about."""

    id: int
    version: int
    other_id: int
    other: str
    kind: TieKind
    forward: bool
    since: date
    note: str | None


def ties_of_employer(work: Work, employer_id: int, limit: int = 100) -> list[TieRow]:
    """Return the ties of an employer from both sides, newest first."""
    other = case((col(Tie.employer_id) == employer_id, Tie.other_employer_id), else_=Tie.employer_id)
    found = (
        select(Tie, Employer)
        .join(Employer, col(Employer.id) == other)
        .where(or_(col(Tie.employer_id) == employer_id, col(Tie.other_employer_id) == employer_id))
        .order_by(col(Tie.since).desc(), col(Tie.id).desc())
        .limit(limit)
    )
    return [_row(tie, neighbour, employer_id) for tie, neighbour in work.session.exec(found)]


def is_told(work: Work, from_id: int, to_id: int, kind: TieKind) -> bool:
    """Return whether a tie is known, told from the first employer."""
    found = select(Tie.id).where(Tie.employer_id == from_id, Tie.other_employer_id == to_id, Tie.kind == kind)
    return work.session.exec(found).first() is not None


def _row(tie: Tie, neighbour: Employer, employer_id: int) -> TieRow:
    return TieRow(
        id=key(tie),
        version=tie.version,
        other_id=key(neighbour),
        other=neighbour.name,
        kind=tie.kind,
        forward=tie.employer_id == employer_id,
        since=tie.since,
        note=tie.note,
    )
