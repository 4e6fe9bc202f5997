"""What the page of one case shows: its stage, what is known of it, and the stages it went through."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crm.core.i18n import N_
from crm.jobcarving.queries import CasePage
from crm.jobcarving.rules import FINISHED, Stage
from crm.sroi.queries import ContractRow
from crm.ui import shell
from crm.ui.carving import days_words, hours_words, stage_word
from crm.ui.sroi import inline_badge, look_of
from crm.ui.tables import show_table
from crm.ui.words import _, moment, plain

TODO = {
    Stage.SIGNAL: N_("Plan a talk: which work is left undone, piles up, or is done below somebody's level?"),
    Stage.ORIENTATION: N_("Find out who decides, and what the department wants to get rid of."),
    Stage.COMMITMENT: N_("Agree with the manager that the work may be analysed, and tell the team."),
    Stage.ANALYSIS: N_("Write down the tasks with their hours, and who does them now."),
    Stage.PACKAGE: N_("Put tasks together that make a decent job for one person."),
    Stage.DECISION: N_("Propose the package to the employer and ask for a decision."),
    Stage.OPEN_JOB: N_("Find a candidate and book the placement; that fills the job."),
    Stage.FILLED: N_("Ask after a few months whether the hours really came free."),
    Stage.REVIEW: N_("Talk the result over with the employer, and decide whether the job stays."),
}


def show_where_it_stands(case: CasePage) -> None:
    """Show the stage, how long, whose, and what to do now."""
    row = case.row
    colour = "gray" if row.stage in FINISHED else "blue"
    facts = " · ".join((days_words(row), hours_words(row), plain(row.owner)))
    st.markdown(f":{colour}-badge[{_icon(row.stage)} {stage_word(row.stage)}] {facts}")
    if row.stage is Stage.STOPPED:
        st.warning(_("Stopped: {reason}", reason=plain(case.stop_reason or "–")), icon=":material/block:")
    elif row.stage in TODO:
        st.markdown(f":material/lightbulb: {_(TODO[row.stage])}")


def show_signal(case: CasePage, may_see_visits: bool, serves: ContractRow | None) -> None:
    """Show what was seen or heard, in which contact, and the contract that the job could serve."""
    if case.signal:
        st.header(_("What was seen or heard"), anchor=False)
        st.markdown(plain(case.signal))
    if case.moment_id is not None and may_see_visits:
        shell.link(
            "staff/employer.py",
            _("From a contact with this employer: see the timeline"),
            icon=":material/forum:",
            id=case.row.employer_id,
        )
    if serves is not None:
        st.markdown(_("This job could count on a contract:") + f" {inline_badge(look_of(serves))}")
        shell.link("staff/contract.py", plain(serves.title), icon=":material/gavel:", id=serves.id)


def show_effect(case: CasePage) -> None:
    """Show what the holder of the tasks does with the time that comes free."""
    st.header(_("What the holder does with the freed time"), anchor=False)
    if case.effect:
        st.markdown(plain(case.effect))
    else:
        st.caption(_("Not filled in yet. It is what convinces most employers: choose “Change” above."))


def show_history(case: CasePage) -> None:
    """Show the stages it went through, the last first."""
    st.header(_("Stages so far"), anchor=False)
    steps = [
        (moment(step.at), _step_words(step.stage, step.reason), plain(step.by))
        for step in reversed(case.history)
    ]
    frame = pd.DataFrame(steps, columns=[_("When"), _("Stage"), _("By")])
    show_table(frame, _("The stages of this opportunity, the last first"))


def _step_words(stage: Stage, reason: str | None) -> str:
    return f"{stage_word(stage)}: {plain(reason)}" if reason else stage_word(stage)


def _icon(stage: Stage) -> str:
    icons = {Stage.STOPPED: ":material/block:", Stage.CONSOLIDATED: ":material/verified:"}
    return icons.get(stage, ":material/account_tree:")
