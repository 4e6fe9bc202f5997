"""What happened at an employer, told in one timeline: contacts, opportunities, placements and contracts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

import streamlit as st

from crm.core import clock
from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.core.work import Work
from crm.jobcarving.queries import CaseRow, cases_of_employer
from crm.placements.queries import PlacementRow
from crm.sroi.queries import ContractRow
from crm.ui import shell
from crm.ui.carving import stage_word
from crm.ui.placements import who
from crm.ui.visits import KINDS
from crm.ui.words import _, day, plain
from crm.visits.queries import TimelineMoment, timeline
from crm.visits.rules import MomentKind

ICONS = {
    MomentKind.VISIT: ":material/handshake:",
    MomentKind.CALL: ":material/call:",
    MomentKind.MAIL: ":material/mail:",
    MomentKind.EVENT: ":material/groups:",
}
DONE = ":green-badge[:material/check: {words}]"
OPEN = ":blue-badge[:material/event: {words}]"
NONE = ":gray-badge[{words}]"


class Source(StrEnum):
    """Where a line of the timeline comes from."""

    CONTACT = "contact"
    OPPORTUNITY = "opportunity"
    PLACEMENT = "placement"
    SROI = "sroi"


SOURCES = {
    Source.CONTACT: N_("contact"),
    Source.OPPORTUNITY: N_("opportunities"),
    Source.PLACEMENT: N_("placements"),
    Source.SROI: N_("SROI"),
}
SEEN_WITH = {
    Source.CONTACT: Permission.VISIT_VIEW,
    Source.OPPORTUNITY: Permission.CARVING_VIEW,
    Source.PLACEMENT: Permission.PLACEMENT_VIEW,
    Source.SROI: Permission.CONTRACT_VIEW,
}


@dataclass(frozen=True)
class Line:
    """One thing that happened; `title`, `text` and `badge` are Markdown, `link` a page with a record's id."""

    on: date
    icon: str
    title: str
    text: str
    badge: str = ""
    link: tuple[str, str, int] | None = None


class Known(Protocol):
    """What the page has read already, so that the timeline does not ask for it again."""

    @property
    def placements(self) -> Sequence[PlacementRow]:
        """The placements at the employer."""

    @property
    def contracts(self) -> Sequence[ContractRow] | None:
        """The contracts of the employer; None for who may not see them."""


def sources_for(actor: Actor) -> list[Source]:
    """Return the sources that this actor may read."""
    return [source for source in Source if actor.may(SEEN_WITH[source])]


def lines(
    work: Work,
    employer_id: int,
    wanted: Sequence[Source],
    known: Known,
    limit: int,
) -> list[Line]:
    """Return the newest lines of the wanted sources, one more than `limit` when there are more to read."""
    found: list[Line] = []
    if Source.CONTACT in wanted:
        found += [_contact(seen, work.actor) for seen in timeline(work, employer_id, limit + 1)]
    if Source.OPPORTUNITY in wanted:
        found += [_opportunity(case) for case in cases_of_employer(work, employer_id)]
    if Source.PLACEMENT in wanted:
        found += [line for placement in known.placements for line in _placement(placement)]
    if Source.SROI in wanted:
        found += [_contract(contract) for contract in known.contracts or ()]
    return sorted(found, key=lambda line: line.on, reverse=True)[: limit + 1]


def show_lines(found: Sequence[Line]) -> None:
    """Show lines of the timeline, newest first."""
    for number, line in enumerate(found):
        when, what, after = st.columns([1, 6, 3], gap="xxsmall")
        when.caption(day(line.on))
        with what:
            st.markdown(f"{line.icon} **{line.title}** · {line.text}")
        with after.container(horizontal=True, vertical_alignment="center", key=f"after_{number}"):
            if line.badge:
                st.markdown(line.badge, width="content")
            if line.link:
                file, name, record_id = line.link
                shell.link(file, _("Change") if name == "moment" else _("Open"), None, **{name: record_id})


def _contact(seen: TimelineMoment, actor: Actor) -> Line:
    who = plain(seen.author)
    people = ", ".join(plain(name) for name in seen.people)
    said = _("{who} with {people}", who=who, people=people) if people else who
    own = ("staff/visit.py", "moment", seen.id) if seen.author_id == actor.user_id else None
    may_change = own if actor.may(Permission.VISIT_LOG) else None
    return Line(
        seen.held_on,
        ICONS[seen.kind],
        _(KINDS[seen.kind]),
        f"{said}: {plain(seen.summary)}",
        _after(seen),
        may_change,
    )


def _after(seen: TimelineMoment) -> str:
    if seen.next_steps:
        step = seen.next_steps[0]
        words = f"{plain(step.what)}, {day(step.due_on)}"
        return DONE.format(words=_("action done")) if step.done_on else OPEN.format(words=words)
    reason = seen.no_action_reason
    return NONE.format(words=_("no action: {reason}", reason=plain(reason))) if reason else ""


def _opportunity(case: CaseRow) -> Line:
    return Line(
        case.opened_on,
        ":material/account_tree:",
        _("Opportunity for job carving"),
        f"{plain(case.department)}: {stage_word(case.stage)}",
        link=("staff/case.py", "id", case.id),
    )


def _placement(placement: PlacementRow) -> Iterator[Line]:
    about = f"{who(placement)}, {plain(placement.job_title)}"
    link = ("staff/placement.py", "id", placement.id)
    starts = placement.started_on > clock.today()
    title = _("Placement planned") if starts else _("Placement started")
    yield Line(placement.started_on, ":material/badge:", title, about, link=link)
    if placement.ended_on is not None:
        yield Line(placement.ended_on, ":material/logout:", _("Placement ended"), about, link=link)


def _contract(contract: ContractRow) -> Line:
    return Line(
        contract.award_on,
        ":material/gavel:",
        _("Contract awarded"),
        f"{plain(contract.title)} · {plain(contract.authority)}",
        link=("staff/contract.py", "id", contract.id),
    )
