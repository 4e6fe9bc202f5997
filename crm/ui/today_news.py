"""What happened lately, told as one kind of line whatever noun it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

import streamlit as st

from crm.core import clock
from crm.core.access import Permission
from crm.core.i18n import N_
from crm.core.work import Work
from crm.jobcarving.queries import recent_signals
from crm.sroi.queries import recent_submissions
from crm.ui import shell
from crm.ui.visits import weekday
from crm.ui.words import _, plain, whole_euros
from crm.visits.queries import moments_at_accounts, recent_moments
from crm.visits.rules import MomentKind

SHOWN = 8
_LONGEST = 110

SPOKE = {
    MomentKind.VISIT: N_("**{author}** visited *{employer}*: {said}"),
    MomentKind.CALL: N_("**{author}** called with *{employer}*: {said}"),
    MomentKind.MAIL: N_("**{author}** mailed with *{employer}*: {said}"),
    MomentKind.EVENT: N_("**{author}** met *{employer}* at an event: {said}"),
}
ICONS = {
    "staff/employer.py": ":material/forum:",
    "staff/case.py": ":material/account_tree:",
    "staff/contract.py": ":material/gavel:",
}


@dataclass(frozen=True)
class News:
    """Something that happened: when, in one sentence (Markdown), and the record it is about.

    `at` is None when only the day is known.
    """

    on: date
    at: time | None
    sentence: str
    page: str
    record_id: int


def gather_news(work: Work, since: datetime, holder_id: int | None) -> list[News]:
    """Return what colleagues did since a moment, newest first.

    At the employers of one account holder, or everywhere the actor may look when nobody is given.
    """
    found = [*_moments(work, since, holder_id)]
    # Who reviews efforts has them on the page as work already, and carves no jobs.
    if not work.actor.may(Permission.EFFORT_REVIEW):
        found += [*_signals(work, since, holder_id), *_submissions(work, since, holder_id)]
    return sorted(found, key=lambda news: (news.on, news.at or time.min), reverse=True)[:SHOWN]


def show_news(news: list[News]) -> None:
    """Show what happened, each line leading to its record."""
    if not news:
        st.caption(_("Nothing new in the last seven days."))
    with st.container(gap=None):
        for place, line in enumerate(news):
            label = f"{_when(line)} · {line.sentence}"
            if st.button(label, key=f"news_{place}", type="tertiary", icon=ICONS[line.page], wrap=True):
                shell.go(line.page, id=line.record_id)


def _moments(work: Work, since: datetime, holder_id: int | None) -> Iterator[News]:
    if not work.actor.may(Permission.VISIT_VIEW):
        return
    found = (
        recent_moments(work, since, SHOWN)
        if holder_id is None
        else moments_at_accounts(work, holder_id, since, SHOWN)
    )
    for moment in found:
        sentence = _(
            SPOKE[moment.kind],
            author=plain(moment.author),
            employer=plain(moment.employer),
            said=_short(moment.summary),
        )
        yield News(*_clock(moment.created_at), sentence, "staff/employer.py", moment.employer_id)


def _signals(work: Work, since: datetime, holder_id: int | None) -> Iterator[News]:
    if not work.actor.may(Permission.CARVING_VIEW):
        return
    for case in recent_signals(work, _clock(since)[0], holder_id, SHOWN):
        sentence = _(
            "**{author}** sees an opportunity at *{employer}*: {department}",
            author=plain(case.owner),
            employer=plain(case.employer),
            department=plain(case.department),
        )
        yield News(case.opened_on, None, sentence, "staff/case.py", case.id)


def _submissions(work: Work, since: datetime, holder_id: int | None) -> Iterator[News]:
    if not work.actor.may(Permission.CONTRACT_VIEW):
        return
    for effort in recent_submissions(work, since, SHOWN, holder_id):
        sentence = _(
            "**{employer}** handed in an effort of {amount} for {contract}",
            employer=plain(effort.employer),
            amount=whole_euros(effort.value_cents),
            contract=plain(effort.contract),
        )
        yield News(*_clock(effort.submitted_at), sentence, "staff/contract.py", effort.contract_id)


def _clock(moment: datetime) -> tuple[date, time]:
    local = moment.astimezone(clock.LOCAL_ZONE)
    return local.date(), local.time()


def _when(line: News) -> str:
    days = (clock.today() - line.on).days
    if days == 0:
        return f"{line.at:%H:%M}" if line.at else _("today")
    return _("yesterday") if days == 1 else weekday(line.on)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return plain(text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…")
