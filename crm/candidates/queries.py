"""Questions about candidates: which references there are to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import col, select

from crm.candidates.records import Candidate
from crm.candidates.rules import TargetGroup, typed_reference
from crm.core import search
from crm.core.access import Permission
from crm.core.records import key
from crm.core.work import Work


@dataclass(frozen=True)
class FoundCandidate:
    """A candidate as a choice: the reference, the group, and the hours a week they look for."""

    id: int
    reference: str
    group: TargetGroup
    available_hours: Decimal | None


def find_candidates(work: Work, text: str = "", limit: int = 20) -> list[FoundCandidate]:
    """Return candidates whose reference starts with the number typed, the newest first.

    Raises `Forbidden` for whoever may not see candidates: a page that forgets to ask shows nobody.
    """
    work.actor.require(Permission.CANDIDATE_VIEW)
    found = select(Candidate).order_by(col(Candidate.id).desc()).limit(limit)
    if text.strip():
        found = found.where(search.starts_with(work, typed_reference(text), col(Candidate.reference)))
    return [_choice(candidate) for candidate in work.session.exec(found)]


def candidate_choice(work: Work, candidate_id: int) -> FoundCandidate:
    """Return one candidate as a choice; raises `NotFound` for one that is not the actor's to see."""
    work.actor.require(Permission.CANDIDATE_VIEW)
    return _choice(work.get(Candidate, candidate_id))


def _choice(candidate: Candidate) -> FoundCandidate:
    return FoundCandidate(key(candidate), candidate.reference, candidate.group, candidate.available_hours)
