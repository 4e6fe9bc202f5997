"""What stands on somebody's Today page, gathered from the nouns that their role may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crm.accounts.drafts import WaitingDraft, waiting_drafts
from crm.core import clock
from crm.core.access import Actor, Permission
from crm.core.work import Work, reading
from crm.employers.queries import FoundEmployer, find_employers
from crm.sroi.queries import ContractRow, ReviewRow, contracts_at_risk, to_confirm, to_review
from crm.ui.today_news import News, gather_news
from crm.ui.visits import FORM
from crm.visits.queries import (
    Portfolio,
    QuietEmployer,
    ToDo,
    follow_ups_of,
    names_of,
    portfolio,
    quiet_employers,
)

SHOWN = 5
TO_DO_LIMIT = 50


@dataclass(frozen=True)
class Today:
    """One person's day. What their role may not see, or is not their work, is left empty."""

    actor: Actor
    to_do: list[ToDo] = field(default_factory=list)
    drafts: list[tuple[WaitingDraft, str]] = field(default_factory=list)
    held: Portfolio = field(default_factory=lambda: Portfolio(0, 0))
    quiet: list[QuietEmployer] = field(default_factory=list)
    shared: list[FoundEmployer] = field(default_factory=list)
    at_risk: list[ContractRow] = field(default_factory=list)
    review: list[ReviewRow] = field(default_factory=list)
    confirm: list[ContractRow] = field(default_factory=list)
    news: list[News] = field(default_factory=list)


def todays_work(actor: Actor) -> Today:
    """Read everything that stands on the page, in one go."""
    today = clock.today()
    user_id = actor.user_id or 0
    may = actor.may
    with reading(actor) as work:
        logs = may(Permission.VISIT_LOG)
        held = portfolio(work, user_id, today) if logs else Portfolio(0, 0)
        to_do = follow_ups_of(work, user_id, today, TO_DO_LIMIT) if logs else []
        reviews = may(Permission.EFFORT_REVIEW)
        return Today(
            actor=actor,
            to_do=to_do,
            drafts=_drafts(work) if logs else [],
            held=held,
            quiet=quiet_employers(work, user_id, today, SHOWN) if held.too_quiet else [],
            shared=[] if may(Permission.VISIT_VIEW) else find_employers(work, "", SHOWN),
            at_risk=contracts_at_risk(work, today, SHOWN) if may(Permission.CONTRACT_VIEW) else [],
            review=to_review(work, SHOWN) if reviews else [],
            confirm=to_confirm(work, SHOWN) if reviews else [],
            news=gather_news(work, _week_ago(), user_id if held.employers else None),
        )


def _week_ago() -> datetime:
    return clock.now() - timedelta(days=7)


def _drafts(work: Work) -> list[tuple[WaitingDraft, str]]:
    waiting = waiting_drafts(work, FORM)
    names = names_of(work, [int(draft.subject) for draft in waiting]) if waiting else {}
    return [(draft, names[int(draft.subject)]) for draft in waiting if int(draft.subject) in names]
