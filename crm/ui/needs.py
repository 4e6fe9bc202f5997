"""Words and lines of needs, for every screen that shows them."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from crm.core import clock
from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.core.work import reading
from crm.needs.actions import NoteReaction, note_reaction
from crm.needs.queries import NeedRow, needs_at
from crm.needs.rules import NeedKind, NeedUrgency, Outcome, Phase, Reaction, closes_soon
from crm.ui import questions, shell
from crm.ui.employers import place_line
from crm.ui.forms import attempt, flash
from crm.ui.visits import weekday
from crm.ui.words import _, capital, day, n_, plain

KINDS = {
    NeedKind.VACANCY: N_("vacancy"),
    NeedKind.CARVING: N_("job carving"),
    NeedKind.TRAINING: N_("training"),
    NeedKind.SROI_ADVICE: N_("SROI advice"),
    NeedKind.SUBSIDY: N_("question about a subsidy"),
    NeedKind.EVENT: N_("event"),
}
URGENCIES = {
    NeedUrgency.NORMAL: N_("no haste"),
    NeedUrgency.SOON: N_("soon"),
    NeedUrgency.URGENT: N_("urgent"),
}
PHASES = {
    Phase.WEIGHING: N_("1 weighing it up"),
    Phase.PREPARING: N_("2 preparing"),
    Phase.RECRUITING: N_("3 recruiting"),
    Phase.EMPLOYING: N_("4 at work"),
}
OUTCOMES = {Outcome.MET: N_("met"), Outcome.DROPPED: N_("came to nothing")}
LABELS = {
    "kind": N_("What do they need?"),
    "what": N_("In one or two sentences"),
    "urgency": N_("Haste"),
    "phase": N_("Where is the employer?"),
    "owner_id": N_("Who takes care of it"),
    "raised_on": N_("Asked on"),
    "reacted_on": N_("First reaction on"),
    "reason": N_("Why"),
}


def kind_word(kind: NeedKind | str) -> str:
    """Return what is asked, in a word: `vacancy`."""
    return _(KINDS[NeedKind(kind)])


def urgency_word(urgency: NeedUrgency | str) -> str:
    """Return how much haste there is, in a word."""
    return _(URGENCIES[NeedUrgency(urgency)])


def phase_word(phase: Phase | str) -> str:
    """Return where the employer is, with the number of the phase in front."""
    return _(PHASES[Phase(phase)])


def clock_badge(need: NeedRow) -> str:
    """Return how the first-reaction clock stands, or how the need ended, as a badge."""
    if need.outcome is not None:
        icon = ":material/check:" if need.outcome is Outcome.MET else ":material/close:"
        return f":gray-badge[{icon} {_(OUTCOMES[need.outcome])}]"
    match need.clock(clock.today()):
        case Reaction.OVERDUE:
            late = (clock.today() - need.react_by).days
            words = n_("{count} day late", "{count} days late", late)
            return f":red-badge[:material/schedule: {words}]"
        case Reaction.TODAY:
            return ":orange-badge[:material/today: " + _("react today") + "]"
        case Reaction.WAITING:
            return ":blue-badge[" + _("react by {day}", day=weekday(need.react_by)) + "]"
        case Reaction.GIVEN_LATE:
            return (
                ":gray-badge["
                + _("reacted late, on {day}", day=weekday(need.reacted_on or need.react_by))
                + "]"
            )
        case _:
            return ":green-badge[:material/check: " + _("reacted") + "]"


def facts_of(need: NeedRow) -> dict[str, str | None]:
    """Return what a line can tell of a need, by name."""
    return {
        "employer": need.employer,
        "phase": _("phase {phase}", phase=phase_word(need.phase)),
        "urgency": urgency_word(need.urgency),
        "owner": need.owner,
        "raised_on": _("asked on {day}", day=day(need.raised_on)),
    }


def show_line(actor: Actor, need: NeedRow, about: str, walked: Mapping[str, str]) -> None:
    """Show one need in a box, with a button for the first reaction while the employer waits for it.

    `about` is the line of facts; `walked` tells its page which list it was chosen from.
    """
    with st.container(border=True, gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            label = f"**{capital(kind_word(need.kind))}** · {plain(need.what)}"
            shell.link("staff/need.py", label, id=need.id, **walked)
            st.markdown(clock_badge(need), width="content")
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.caption(about + _closing(need))
            offer_reaction(actor, need)


def offer_reaction(actor: Actor, need: NeedRow) -> None:
    """Offer to write down that the employer heard from us today, while they wait for that."""
    if need.reacted_on or need.closed_on or not actor.may(Permission.VISIT_LOG):
        return
    if st.button(_("I have reacted"), key=f"react_{need.id}_{need.version}", icon=":material/reply:"):
        command = NoteReaction(need_id=need.id, version=need.version)
        if attempt(actor, note_reaction, lambda: command, LABELS) is not None:
            flash(_("Written down: {employer} heard from us today.", employer=need.employer))
            st.rerun()


def show_at_employer(actor: Actor, employer_id: int) -> None:
    """Show the needs of an employer, and offer to write down a new one."""
    if actor.may(Permission.VISIT_LOG) and st.button(_("Write down a need"), icon=":material/add:"):
        shell.go("staff/needs.py", new=1, employer=employer_id)
    with reading(actor) as work:
        found = needs_at(work, employer_id)
    for need in found:
        facts = {name: fact for name, fact in facts_of(need).items() if name != "employer"}
        show_line(actor, need, place_line(*facts.values()), {})
    if not found:
        st.info(_("This employer has asked nothing yet. Write a need down here, or when you log a visit."))
    questions.show_at_employer(actor, employer_id)


def _closing(need: NeedRow) -> str:
    if need.closes_on is None or need.closed_on or not closes_soon(need.closes_on, clock.today()):
        return ""
    return " · :orange-badge[:material/event_busy: " + _("closes {day}", day=weekday(need.closes_on)) + "]"
