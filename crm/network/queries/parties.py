"""Parties that are no employers: neighbourhood organisations, connectors, schools and agencies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer, Municipality
from crm.network.records_parties import Party, PartyTalk, PartyTie
from crm.network.rules import PartyKind, PartyTieKind

MOST = 200


class PartyOrder(StrEnum):
    """What comes first in the list of parties."""

    NAME = "name"
    LONGEST_AGO = "longest_ago"
    MOST_TIES = "most_ties"


@dataclass(frozen=True)
class PartyFilter:
    """Which parties to show: of a kind, with a text in the name; `ended` those we work with no more."""

    text: str = ""
    kind: PartyKind | None = None
    ended: bool = False
    order: PartyOrder = PartyOrder.NAME


ALL = PartyFilter()


@dataclass(frozen=True)
class PartyRow:
    """A party in the list, with how many ties it has and when we last spoke."""

    id: int
    name: str
    kind: PartyKind
    municipality: str | None
    ties: int
    last_spoken_on: date | None


@dataclass(frozen=True)
class PartyView:
    """One party."""

    id: int
    version: int
    region_id: int
    kind: PartyKind
    name: str
    municipality_id: int | None
    municipality: str | None
    contact_name: str | None
    email: str | None
    phone: str | None
    note: str | None
    ended_on: date | None


@dataclass(frozen=True)
class PartyTieRow:
    """A tie told from a party; `other_id` is an employer's id, or a party's with a minus sign.

    `forward` is whether it is told from the one that was asked about.
    """

    id: int
    version: int
    other_id: int
    other: str
    kind: PartyTieKind
    forward: bool
    since: date
    note: str | None


@dataclass(frozen=True)
class TalkRow:
    """A conversation with a party."""

    id: int
    user: str
    held_on: date
    summary: str


_asked, _other = aliased(Party), aliased(Party)


def list_parties(work: Work, wanted: PartyFilter = ALL) -> list[PartyRow]:
    """Return the parties by name unless another order is asked for, the first two hundred."""
    ties = _ties_at(PartyTie.party_id) + _ties_at(PartyTie.tied_party_id)
    spoken = select(func.max(PartyTalk.held_on)).where(PartyTalk.party_id == Party.id).scalar_subquery()
    found: Any = select(Party, Municipality.name, ties, spoken).outerjoin(
        Municipality, col(Municipality.id) == Party.municipality_id
    )
    over = col(Party.ended_on)
    found = found.where(over.is_not(None) if wanted.ended else over.is_(None))
    if wanted.kind is not None:
        found = found.where(col(Party.kind) == wanted.kind)
    if typed := wanted.text.strip():
        found = found.where(col(Party.name).icontains(typed, autoescape=True))
    order: dict[PartyOrder, tuple[Any, ...]] = {
        PartyOrder.NAME: (),
        PartyOrder.LONGEST_AGO: (spoken.asc().nulls_first(),),
        PartyOrder.MOST_TIES: (ties.desc(),),
    }
    ordered = found.order_by(*order[wanted.order], col(Party.name), col(Party.id))
    rows = work.session.exec(ordered.limit(MOST))
    return [PartyRow(key(p), p.name, p.kind, place, count, last) for p, place, count, last in rows]


def party_view(work: Work, party_id: int) -> PartyView:
    """Return one party; raises `NotFound` when it is not yours."""
    party = work.get(Party, party_id)
    place = work.session.exec(select(Municipality.name).where(Municipality.id == party.municipality_id))
    return PartyView(municipality=place.first(), **party.model_dump())


def party_choices(work: Work) -> dict[int, str]:
    """Return the parties that we work together with, by id in the order of their names."""
    found = select(Party.id, Party.name).where(col(Party.ended_on).is_(None)).order_by(col(Party.name))
    return {party_id or 0: name for party_id, name in work.session.exec(found.limit(MOST))}


def ties_of_party(work: Work, party_id: int) -> list[PartyTieRow]:
    """Return the ties of a party with employers and other parties, from both sides, newest first."""
    at_either_end = or_(col(PartyTie.party_id) == party_id, col(PartyTie.tied_party_id) == party_id)
    rows = []
    for tie, asked, other, employer in work.session.exec(_ties().where(at_either_end)):
        forward = tie.party_id == party_id
        name = (employer or other) if forward else asked
        if name is not None:
            rows.append(_row(tie, name, forward))
    return rows


def party_ties_of_employer(work: Work, employer_id: int) -> list[PartyTieRow]:
    """Return the parties that an employer is tied to; every tie is told from the party."""
    found = work.session.exec(_ties().where(PartyTie.tied_employer_id == employer_id))
    return [_row(tie, asked, forward=False) for tie, asked, _other_name, _employer in found]


def talks_with(work: Work, party_id: int, limit: int = 50) -> list[TalkRow]:
    """Return who spoke with a party, latest first."""
    found = (
        select(PartyTalk, User.name)
        .join(User, col(User.id) == PartyTalk.user_id)
        .where(PartyTalk.party_id == party_id)
        .order_by(col(PartyTalk.held_on).desc(), col(PartyTalk.id).desc())
        .limit(limit)
    )
    return [TalkRow(key(talk), user, talk.held_on, talk.summary) for talk, user in work.session.exec(found)]


def is_party_tied(
    work: Work, party_id: int, kind: PartyTieKind, employer_id: int | None, other_party_id: int | None
) -> bool:
    """Return whether this tie is known, told from the party."""
    same = select(PartyTie.id).where(
        PartyTie.party_id == party_id,
        col(PartyTie.kind) == kind,
        col(PartyTie.tied_employer_id).is_not_distinct_from(employer_id),
        col(PartyTie.tied_party_id).is_not_distinct_from(other_party_id),
    )
    return work.session.exec(same).first() is not None


def _ties_at(end: Any) -> Any:
    """Return how many ties a party has at one of their ends; one search for each end, not one for both."""
    return select(func.count(col(PartyTie.id))).where(end == Party.id).correlate(Party).scalar_subquery()


def _ties() -> Any:
    return (
        select(PartyTie, _asked.name, _other.name, Employer.name)
        .join(_asked, col(_asked.id) == PartyTie.party_id)
        .outerjoin(_other, col(_other.id) == PartyTie.tied_party_id)
        .outerjoin(Employer, col(Employer.id) == PartyTie.tied_employer_id)
        .order_by(col(PartyTie.since).desc(), col(PartyTie.id).desc())
        .limit(MOST)
    )


def _row(tie: PartyTie, name: str, forward: bool) -> PartyTieRow:
    to_id = tie.tied_employer_id if tie.tied_employer_id is not None else -(tie.tied_party_id or 0)
    return PartyTieRow(
        id=key(tie),
        version=tie.version,
        other_id=to_id if forward else -tie.party_id,
        other=name,
        kind=tie.kind,
        forward=forward,
        since=tie.since,
        note=tie.note,
    )
