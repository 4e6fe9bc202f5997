"""Somebody's work for the day in one question: follow-ups, reactions, answers, vacancies and aftercare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, func, literal, select, union_all
from sqlmodel import col
from sqlmodel import select as select_one

from crm.accounts.records import User
from crm.agenda.records import CalendarFeed, DigestWish
from crm.agenda.rules import COMING_UP, LineKind, is_due
from crm.core.access import Permission
from crm.core.work import Work
from crm.employers.records import Employer
from crm.needs.records import Need, Vacancy
from crm.placements.records import Placement
from crm.placements.records_aftercare import AftercareTalk
from crm.placements.rules_aftercare import LAST_MONTH, MOMENTS, moment_due, months_after
from crm.proposals.records import Proposal
from crm.visits.records import FollowUp

SLACK = timedelta(days=3)


@dataclass(frozen=True)
class Line:
    """Something to do at an employer; `month` is the moment of aftercare.

    `detail` is the kind of a need, or whom a proposal is about for who may see that.
    """

    kind: LineKind
    id: int
    version: int
    what: str
    due_on: date
    employer_id: int
    employer: str
    detail: str = ""
    month: int = 0


def days_work(work: Work, user_id: int, today: date, limit: int = 50) -> list[Line]:
    """Return a colleague's list up to a week ahead, the longest overdue in front.

    First reactions and vacancies that close are the need owner's, answers theirs who put somebody forward,
    aftercare the account holder's.
    """
    until = today + COMING_UP
    ways = (_follow_ups, _reactions, _answers, _closings, _aftercare)
    parts = [way(user_id, until) for way in ways]
    # A subquery for each part, so that each keeps its own order and limit on every database.
    both = union_all(*(select(part.limit(limit).subquery()) for part in parts)).subquery()
    named = select(both, col(Employer.name)).join(Employer, col(Employer.id) == both.c.employer_id)
    sees = work.actor.may(Permission.CANDIDATE_VIEW)
    lines = [line for row in work.session.execute(named) if (line := _line(row, until, sees))]
    return sorted(lines, key=lambda line: (line.due_on, line.kind, line.id))[:limit]


def planned_today(work: Work, user_id: int, today: date, limit: int = 6) -> list[tuple[int, str, str]]:
    """Return the employers on a colleague's list for today, with their name and what was agreed first.

    What is overdue stands behind what was planned for today: that is where somebody is now.
    """
    due = [line for line in days_work(work, user_id, today) if is_due(line.due_on, today)]
    found: dict[int, tuple[int, str, str]] = {}
    for line in sorted(due, key=lambda line: (line.due_on != today, line.due_on)):
        found.setdefault(line.employer_id, (line.employer_id, line.employer, line.what))
    return list(found.values())[:limit]


def feed_by_hash(work: Work, token_hash: str) -> tuple[CalendarFeed, User] | None:
    """Return the calendar feed that a secret address opens, with the user it is of."""
    found = (
        select_one(CalendarFeed, User)
        .join(User, col(User.id) == CalendarFeed.user_id)
        .where(CalendarFeed.token_hash == token_hash, col(User.active))
    )
    row = work.session.exec(found).first()
    return (row[0], row[1]) if row else None


def feed_of(work: Work, user_id: int) -> CalendarFeed | None:
    """Return somebody's calendar feed, if they have one."""
    return work.session.exec(select_one(CalendarFeed).where(CalendarFeed.user_id == user_id)).first()


def digest_of(work: Work, user_id: int) -> DigestWish | None:
    """Return whether somebody wants the daily mail, if they ever said so."""
    return work.session.exec(select_one(DigestWish).where(DigestWish.user_id == user_id)).first()


def wanting_digest(work: Work, today: date) -> list[tuple[DigestWish, User]]:
    """Return who wants the daily mail and did not get it today."""
    not_yet = func.coalesce(DigestWish.last_sent_on, date.min) < today
    found = (
        select_one(DigestWish, User)
        .join(User, col(User.id) == DigestWish.user_id)
        .where(col(User.active), not_yet)
        .order_by(col(User.id))
    )
    return [(wish, user) for wish, user in work.session.exec(found)]


def _follow_ups(user_id: int, until: date) -> Select[Any]:
    columns = _columns(LineKind.FOLLOW_UP, FollowUp, col(FollowUp.what), col(FollowUp.due_on), "", 0)
    return (
        select(*columns)
        .where(
            col(FollowUp.owner_id) == user_id,
            col(FollowUp.done_on).is_(None),
            col(FollowUp.due_on) <= until,
        )
        .order_by(col(FollowUp.due_on), col(FollowUp.id))
    )


def _reactions(user_id: int, until: date) -> Select[Any]:
    kind = cast(Need.kind, String)
    columns = _columns(LineKind.REACTION, Need, col(Need.what), col(Need.react_by), kind, 0)
    return (
        select(*columns)
        .where(
            col(Need.owner_id) == user_id,
            col(Need.closed_on).is_(None),
            col(Need.reacted_on).is_(None),
            col(Need.react_by) <= until,
        )
        .order_by(col(Need.react_by), col(Need.id))
    )


def _answers(user_id: int, until: date) -> Select[Any]:
    whom = func.coalesce(col(Proposal.candidate_reference), "")
    columns = _columns(LineKind.ANSWER, Proposal, col(Proposal.job), col(Proposal.answer_by), whom, 0)
    return (
        select(*columns)
        .where(
            col(Proposal.owner_id) == user_id,
            col(Proposal.answered_on).is_(None),
            col(Proposal.answer_by) <= until,
        )
        .order_by(col(Proposal.answer_by), col(Proposal.id))
    )


def _closings(user_id: int, until: date) -> Select[Any]:
    """Return the vacancies that close; a line carries the number of its need, where the vacancy is shown."""
    columns = _columns(LineKind.CLOSING, Need, col(Vacancy.title), col(Vacancy.closes_on), "", 0)
    return (
        select(*columns)
        .join(Vacancy, col(Vacancy.need_id) == Need.id)
        .where(col(Need.owner_id) == user_id, col(Need.closed_on).is_(None), col(Vacancy.closes_on) <= until)
        .order_by(col(Vacancy.closes_on), col(Need.id))
    )


def _aftercare(user_id: int, until: date) -> Select[Any]:
    """Return the placements that may ask for a talk; the exact day is left to the rule.

    The last days of months differ, so the edges are taken three days too wide here.
    """
    started = col(Placement.started_on)
    talks = select(func.max(col(AftercareTalk.month))).where(col(AftercareTalk.placement_id) == Placement.id)
    last = func.coalesce(talks.correlate(Placement).scalar_subquery(), 0)
    by_then = [(started <= months_after(until, -month) + SLACK, month) for month in reversed(MOMENTS)]
    columns = _columns(LineKind.AFTERCARE, Placement, col(Placement.job_title), started, "", last)
    return (
        select(*columns)
        .join(Employer, col(Employer.id) == Placement.employer_id)
        .where(
            col(Employer.holder_id) == user_id,
            col(Placement.ended_on).is_(None),
            started > months_after(until, -LAST_MONTH) - SLACK,
            started <= months_after(until, -MOMENTS[0]) + SLACK,
            last < case(*by_then, else_=0),
        )
        .order_by(started, col(Placement.id))
    )


def _columns(
    kind: LineKind,
    model: Any,
    what: Any,
    due_on: Any,
    detail: ColumnElement[str] | str,
    month: ColumnElement[int] | int,
) -> tuple[Any, ...]:
    return (
        literal(kind.value).label("kind"),
        col(model.id).label("id"),
        col(model.version).label("version"),
        what.label("what"),
        due_on.label("due_on"),
        col(model.employer_id).label("employer_id"),
        (literal(detail) if isinstance(detail, str) else detail).label("detail"),
        (literal(month) if isinstance(month, int) else month).label("month"),
    )


def _line(row: Any, until: date, sees: bool) -> Line | None:
    kind, due_on, month = LineKind(row.kind), row.due_on, int(row.month)
    detail = "" if kind is LineKind.ANSWER and not sees else row.detail or ""
    if kind is LineKind.AFTERCARE:
        due = moment_due(row.due_on, month, until)
        if due is None:
            return None
        month, due_on = due
    return Line(kind, row.id, row.version, row.what, due_on, row.employer_id, row.name, detail, month)
