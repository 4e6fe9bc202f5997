"""What somebody's day looks like: their follow-ups, their employers, and what colleagues did there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_, true
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.accounts.records import User
from crm.core.records import key
from crm.core.work import Work
from crm.employers.queries.archive import not_archived
from crm.employers.records import Employer
from crm.employers.rules import Segment, quiet_since
from crm.visits.queries.forwarding import waiting_for
from crm.visits.records import ContactMoment, FollowUp
from crm.visits.rules import MomentKind, listed_until


@dataclass(frozen=True)
class ToDo:
    """A follow-up that is still open, at its employer."""

    id: int
    version: int
    what: str
    due_on: date
    employer_id: int
    employer: str


@dataclass(frozen=True)
class QuietEmployer:
    """An employer that was not spoken with for longer than its segment asks."""

    id: int
    name: str
    phone: str | None
    last_contact_on: date | None


@dataclass(frozen=True)
class Portfolio:
    """How many employers a colleague holds, and how many were not spoken with for too long: `quiet`.

    `mails` is how much forwarded mail waits for them to put it into a file.
    """

    employers: int = 0
    too_quiet: int = 0
    quiet: list[QuietEmployer] = field(default_factory=list)
    mails: int = 0


@dataclass(frozen=True)
class MomentNews:
    """A contact moment as news: who spoke with which employer about what."""

    id: int
    created_at: datetime
    kind: MomentKind
    author: str
    employer_id: int
    employer: str
    summary: str


def follow_ups_of(work: Work, user_id: int, today: date, limit: int = 50) -> list[ToDo]:
    """Return a colleague's to-do list: open follow-ups, overdue first, up to a week ahead."""
    found = (
        select(FollowUp, Employer.name)
        .join(Employer, col(Employer.id) == FollowUp.employer_id)
        .where(
            FollowUp.owner_id == user_id,
            col(FollowUp.done_on).is_(None),
            FollowUp.due_on <= listed_until(today),
        )
        .order_by(col(FollowUp.due_on), col(FollowUp.id))
        .limit(limit)
    )
    return [
        ToDo(key(open_one), open_one.version, open_one.what, open_one.due_on, open_one.employer_id, employer)
        for open_one, employer in work.session.exec(found)
    ]


def portfolio(work: Work, user_id: int, today: date, limit: int = 5) -> Portfolio:
    """Return how many working employers a colleague holds, how many are too quiet, and the worst of those.

    Longest without contact first, never spoken with last.
    """
    quiet = func.coalesce(func.sum(case((_too_quiet(today), 1), else_=0)), 0)
    counted = select(func.count().label("employers"), quiet.label("too_quiet")).select_from(Employer)
    totals = counted.where(*_held_by(user_id)).subquery()
    worst = _longest_quiet(user_id, today, limit)
    order = worst.c.last_contact_on.asc().nulls_last(), worst.c.name
    waiting = waiting_for(user_id).with_only_columns(func.count()).scalar_subquery().label("mails")
    columns: Any = (*totals.c, waiting, *worst.c)
    found: Any = select(*columns).select_from(totals.outerjoin(worst, true())).order_by(*order)
    rows = work.session.exec(found).all()
    shown = [QuietEmployer(*employer) for _held, _quiet, _mails, *employer in rows if employer[0] is not None]
    return Portfolio(rows[0].employers, int(rows[0].too_quiet), shown, rows[0].mails)


def _longest_quiet(user_id: int, today: date, limit: int) -> Subquery:
    found: Any = select(
        col(Employer.id), col(Employer.name), col(Employer.phone), col(Employer.last_contact_on)
    ).where(*_held_by(user_id), _too_quiet(today))
    longest = found.order_by(col(Employer.last_contact_on).asc().nulls_last(), col(Employer.name))
    worst: Subquery = longest.limit(limit).subquery()
    return worst


def moments_at_accounts(work: Work, user_id: int, since: datetime, limit: int = 8) -> list[MomentNews]:
    """Return what colleagues logged since a moment at the employers a colleague holds, newest first."""
    theirs = and_(col(Employer.holder_id) == user_id, col(ContactMoment.author_id) != user_id)
    found = _logged_since(since).join(Employer, col(Employer.id) == ContactMoment.employer_id)
    return _news(work, found.where(theirs).limit(limit))


def recent_moments(work: Work, since: datetime, limit: int = 8) -> list[MomentNews]:
    """Return what anybody logged since a moment in the actor's regions, newest first."""
    return _news(work, _logged_since(since).limit(limit))


def _logged_since(since: datetime) -> SelectOfScalar[int | None]:
    newest = col(ContactMoment.created_at).desc()
    return select(col(ContactMoment.id)).where(ContactMoment.created_at >= since).order_by(newest)


# Names are looked up for the few that are shown: joined first, SQLite reads all employers to do it.
def _news(work: Work, wanted: SelectOfScalar[int | None]) -> list[MomentNews]:
    found = (
        select(ContactMoment, User.name, Employer.name)
        .join(Employer, col(Employer.id) == ContactMoment.employer_id)
        .join(User, col(User.id) == ContactMoment.author_id)
        .where(col(ContactMoment.id).in_(select(wanted.subquery().c.id)))
        .order_by(col(ContactMoment.created_at).desc())
    )
    return [_news_of(*row) for row in work.session.exec(found)]


def _news_of(moment: ContactMoment, author: str, employer: str) -> MomentNews:
    return MomentNews(
        id=key(moment),
        created_at=moment.created_at,
        kind=moment.kind,
        author=author,
        employer_id=moment.employer_id,
        employer=employer,
        summary=moment.summary,
    )


def _held_by(user_id: int) -> tuple[ColumnElement[bool], ...]:
    return col(Employer.holder_id) == user_id, col(Employer.ceased_on).is_(None), not_archived()


def _too_quiet(today: date) -> ColumnElement[bool]:
    too_long_ago = [
        and_(col(Employer.segment) == segment, col(Employer.last_contact_on) < quiet_since(segment, today))
        for segment in Segment
    ]
    return or_(col(Employer.last_contact_on).is_(None), *too_long_ago)
