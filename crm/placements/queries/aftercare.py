"""Questions about aftercare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.access import Permission
from crm.core.work import Work
from crm.placements.records_aftercare import AftercareTalk
from crm.placements.rules_aftercare import SpokenWith


@dataclass(frozen=True)
class TalkRow:
    """A talk about how a placement goes, as its page tells it."""

    month: int
    held_on: date
    spoken_with: SpokenWith
    at_risk: bool
    note: str
    author: str


def talk_of(work: Work, placement_id: int, month: int) -> AftercareTalk | None:
    """Return the talk for one moment of a placement, if it was held."""
    found = select(AftercareTalk).where(
        AftercareTalk.placement_id == placement_id, AftercareTalk.month == month
    )
    return work.session.exec(found).first()


def talks_of(work: Work, placement_id: int) -> list[TalkRow]:
    """Return the talks about a placement, the first one first.

    What was said is about a jobseeker: who may not see candidates reads when it was, and the risk.
    """
    sees = work.actor.may(Permission.CANDIDATE_VIEW)
    found = (
        select(AftercareTalk, User.name)
        .join(User, col(User.id) == AftercareTalk.author_id)
        .where(AftercareTalk.placement_id == placement_id)
        .order_by(col(AftercareTalk.month))
    )
    return [
        TalkRow(one.month, one.held_on, one.spoken_with, one.at_risk, one.note if sees else "", author)
        for one, author in work.session.exec(found)
    ]
