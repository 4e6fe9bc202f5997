"""Words and lines of proposals, for every screen that shows them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from crm.core import clock
from crm.core.i18n import N_
from crm.proposals.queries import ProposalRow
from crm.proposals.rules import CAME_TO_NOTHING, ProposalOutcome, Reason, Step
from crm.ui import shell
from crm.ui.words import _, day, n_, plain

STEPS = {
    Step.PROPOSED: N_("put forward"),
    Step.INTERVIEWED: N_("met each other"),
    Step.OFFERED: N_("job offered"),
}
OUTCOMES = {
    ProposalOutcome.HIRED: N_("hired"),
    ProposalOutcome.AGREED: N_("employer agrees"),
    ProposalOutcome.DECLINED: N_("turned down"),
    ProposalOutcome.WITHDRAWN: N_("taken back"),
}
REASONS = {
    Reason.SOMEBODY_ELSE: N_("Somebody else was chosen"),
    Reason.NO_LONGER_NEEDED: N_("Nobody is needed any more"),
    Reason.SKILLS: N_("The work does not fit"),
    Reason.HOURS: N_("Hours, place or travel do not fit"),
    Reason.GUIDANCE: N_("Too little guidance is possible"),
    Reason.COSTS: N_("It costs too much"),
    Reason.OTHER_JOB: N_("Found other work"),
    Reason.OWN_CHOICE: N_("The candidate chose not to"),
    Reason.NO_ANSWER: N_("No answer came"),
    Reason.OTHER: N_("Other"),
}
LABELS = {
    "candidate_id": N_("Candidate"),
    "package_id": N_("Carved job"),
    "proposed_on": N_("Put forward on"),
    "answer_by": N_("Answer by"),
    "note": N_("What was said about it"),
    "step": N_("How far is it?"),
    "outcome": N_("Answer"),
    "reason": N_("Why"),
    "answered_on": N_("Answered on"),
}


def step_word(step: Step) -> str:
    """Return how far a proposal came, in words."""
    return _(STEPS[step])


def outcome_word(outcome: ProposalOutcome) -> str:
    """Return how a proposal ended, in words."""
    return _(OUTCOMES[outcome])


def reason_word(reason: Reason) -> str:
    """Return why nothing came of a proposal, in words."""
    return _(REASONS[reason])


def name_of(row: ProposalRow) -> str:
    """Return whom or what was put forward: `K-2041 · Keukenhulp`; without whom for who may not see that."""
    if row.reference:
        return f"{row.reference} · {row.job}"
    return f"{_('A candidate')} · {row.job}" if row.is_person else row.job


def badge(row: ProposalRow) -> str:
    """Return how a proposal stands: a word, an icon and a colour."""
    if row.outcome is not None:
        word = outcome_word(row.outcome)
        if row.outcome in CAME_TO_NOTHING:
            return f":gray-badge[:material/close: {word}]"
        return f":green-badge[:material/check: {word}]"
    if row.is_late(clock.today()):
        late = (clock.today() - row.answer_by).days
        words = n_("answer {count} day late", "answer {count} days late", late)
        return f":red-badge[:material/schedule: {words}]"
    return f":blue-badge[:material/hourglass_top: {step_word(row.step)}]"


def facts(row: ProposalRow) -> str:
    """Return when it was put forward, by whom, and what was said or is waited for, in one line."""
    told = [_("put forward on {day}", day=day(row.proposed_on)), plain(row.owner)]
    if row.outcome is None:
        told.append(_("answer by {day}", day=day(row.answer_by)))
    else:
        told.append(_("answered on {day}", day=day(row.answered_on)))
    if row.reason is not None:
        told.append(reason_word(row.reason))
    return " · ".join(told)


def show_all(rows: Sequence[ProposalRow], *, with_employer: bool = False) -> None:
    """Show proposals under each other, each with the way to its page."""
    for row in rows:
        with st.container(border=True, gap="xxsmall"):
            with st.container(horizontal=True, vertical_alignment="center"):
                shell.link("staff/proposal.py", f"**{plain(name_of(row))}**", id=row.id)
                st.markdown(badge(row), width="content")
            st.caption((f"{plain(row.employer)} · " if with_employer else "") + facts(row))
