"""What stands on somebody's Today page, gathered from the nouns that their role may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crm.accounts.drafts import WaitingDraft, waiting_drafts
from crm.agenda.queries import Line, days_work
from crm.core import clock
from crm.core.access import Actor, Permission
from crm.core.work import reading
from crm.employers.queries import FoundEmployer, find_employers
from crm.sroi.queries import ContractRow, ReviewRow, RiskRow, to_review, worst
from crm.sroi.queries.due import DueRow, due_soon
from crm.sroi.queries.missing import MissingTotal, confirm_and_missing
from crm.ui.today_news import News, gather_news
from crm.ui.visits import FORM
from crm.visits.queries import Portfolio, portfolio

SHOWN = 5
COUNTED = 10
TO_DO_LIMIT = 50


@dataclass(frozen=True)
class Today:
    """One person's day. What their role may not see, or is not their work, is left empty."""

    actor: Actor
    to_do: list[Line] = field(default_factory=list)
    drafts: list[WaitingDraft] = field(default_factory=list)
    held: Portfolio = field(default_factory=Portfolio)
    shared: list[FoundEmployer] = field(default_factory=list)
    at_risk: list[RiskRow] = field(default_factory=list)
    review: list[ReviewRow] = field(default_factory=list)
    confirm: list[ContractRow] = field(default_factory=list)
    due: list[DueRow] = field(default_factory=list)
    missing: MissingTotal = field(default_factory=MissingTotal)
    news: list[News] = field(default_factory=list)


def todays_work(actor: Actor) -> Today:
    """Read everything that stands on the page, in one go."""
    today = clock.today()
    user_id = actor.user_id or 0
    may = actor.may
    with reading(actor) as work:
        logs = may(Permission.VISIT_LOG)
        held = portfolio(work, user_id, today, SHOWN) if logs else Portfolio()
        to_do = days_work(work, user_id, today, TO_DO_LIMIT) if logs else []
        reviews = may(Permission.EFFORT_REVIEW)
        confirm, missing = confirm_and_missing(work, COUNTED) if reviews else ([], MissingTotal())
        return Today(
            actor=actor,
            to_do=to_do,
            drafts=waiting_drafts(work, FORM) if logs else [],
            held=held,
            shared=[] if may(Permission.VISIT_VIEW) else find_employers(work, "", SHOWN),
            at_risk=worst(work, today, COUNTED) if may(Permission.CONTRACT_VIEW) else [],
            review=to_review(work, COUNTED) if reviews else [],
            confirm=confirm,
            due=due_soon(work, user_id, today, COUNTED) if may(Permission.CONTRACT_EDIT) else [],
            missing=missing,
            news=gather_news(work, _week_ago(), user_id if held.employers else None),
        )


def planned_visit(day: Today) -> dict[str, int]:
    """Return the employer that a visit is about when only one is on today's list, for the address."""
    today = clock.today()
    employers = {line.employer_id for line in day.to_do if line.due_on == today}
    return {"employer": employers.pop()} if len(employers) == 1 else {}


def _week_ago() -> datetime:
    return clock.now() - timedelta(days=7)
