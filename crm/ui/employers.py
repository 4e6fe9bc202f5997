"""Words and small parts of employers, for every screen that shows them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.employers.queries import FoundEmployer, find_employers
from crm.employers.rules import Segment, TeamRole, days_since
from crm.employers.sectors import sector_name
from crm.ui.words import _, day, language, n_, plain

CHOICES = 8

SEGMENTS = {
    Segment.KEY: N_("key account"),
    Segment.REGIONAL: N_("regional account"),
    Segment.LOCAL: N_("local account"),
    Segment.SROI_ONLY: N_("SROI only"),
    Segment.SOCIAL_ENTERPRISE: N_("social enterprise"),
}
PARTS = {TeamRole.HOLDER: N_("account holder"), TeamRole.DEPUTY: N_("deputy")}
TOO_QUIET = ":orange-badge[:material/schedule: {words}]"


def segment_word(segment: Segment) -> str:
    """Return how the desk serves an employer, in a word or two: `key account`."""
    return _(SEGMENTS[segment])


def part_word(team_role: TeamRole) -> str:
    """Return a colleague's part in the account team, in a word."""
    return _(PARTS[team_role])


def spoken_words(last_contact_on: date | None) -> str:
    """Return when an employer was last spoken with: `today`, `9 days ago`, `never spoken with`."""
    if last_contact_on is None:
        return _("never spoken with")
    days = days_since(last_contact_on, clock.today())
    if days <= 0:
        return _("today")
    return n_("{count} day ago", "{count} days ago", days) if days < 100 else day(last_contact_on)


def spoken_badge(last_contact_on: date | None, too_quiet: bool) -> str:
    """Return the same as Markdown: a badge with a clock when it is too long ago."""
    words = spoken_words(last_contact_on)
    return TOO_QUIET.format(words=words) if too_quiet else words


def place_line(*parts: str | None) -> str:
    """Return what somebody typed as one quiet line of Markdown, leaving out what is not there."""
    return " · ".join(plain(part) for part in parts if part)


def sector(sbi_code: str | None) -> str | None:
    """Return the sector in words, in the language of who is looking."""
    return sector_name(sbi_code, language())


def choice_words(employer: FoundEmployer) -> str:
    """Return an employer as a choice, with what tells it from its namesakes."""
    return place_line(employer.name, employer.city, employer.kvk_number)


def pick_employer(actor: Actor, label: str, key: str, without: Collection[int] = ()) -> int | None:
    """Ask for an employer by searching while somebody types; return its id once chosen."""
    typed = st.text_input(
        label,
        key=f"{key}_search",
        live=True,
        type="search",
        icon=":material/search:",
        placeholder=_("Name, place or KvK number"),
    )
    with reading(actor) as work:
        found = find_employers(work, typed, CHOICES + len(without)) if typed else []
    options = {row.id: choice_words(row) for row in found if row.id not in without}
    if not typed:
        return None
    if not options:
        st.caption(_("No employer found. Try a part of the name, or the place."))
        return None
    return st.pills(
        _("Choose the employer"),
        list(options)[:CHOICES],
        format_func=options.__getitem__,
        default=next(iter(options)) if len(options) == 1 else None,
        key=f"{key}_choice_{typed}",
    )
