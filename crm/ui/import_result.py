"""What came of an import: how far it is, how many lines, which and why."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.exchange import queries, spool
from crm.exchange.queries import RunRow, VerdictRow
from crm.exchange.rules import Outcome
from crm.exchange.rules.runs import ImportKind, RunState
from crm.exchange.words import KINDS, OUTCOMES, STATES, all_told, changed
from crm.ui.guard import current_actor
from crm.ui.missing_words import show_after_import
from crm.ui.sroi import Look, badge, inline_badge
from crm.ui.tables import show_table
from crm.ui.words import _, moment, n_, plain

LOOKS: dict[RunState, Look] = {
    RunState.RUNNING: (STATES[RunState.RUNNING], ":material/sync:", "blue"),
    RunState.DONE: (STATES[RunState.DONE], ":material/check_circle:", "green"),
    RunState.FAILED: (STATES[RunState.FAILED], ":material/error:", "red"),
    RunState.INTERRUPTED: (STATES[RunState.INTERRUPTED], ":material/pause_circle:", "orange"),
}
OUTCOME_LOOKS: dict[Outcome, Look] = {
    Outcome.NEW: (OUTCOMES[Outcome.NEW], ":material/add_circle:", "green"),
    Outcome.UPDATED: (OUTCOMES[Outcome.UPDATED], ":material/edit:", "blue"),
    Outcome.SAME: (OUTCOMES[Outcome.SAME], ":material/equal:", "gray"),
    Outcome.REJECTED: (OUTCOMES[Outcome.REJECTED], ":material/block:", "red"),
    Outcome.SKIPPED: (OUTCOMES[Outcome.SKIPPED], ":material/skip_next:", "gray"),
}
_NUMBERED = {ImportKind.EMPLOYERS: N_("Line"), ImportKind.AWARDS: N_("Notice")}
_PLACES = ("{status}", "{currency}", "{limit}")


def headline(run: RunRow) -> None:
    """Say which file it is, how the run stands and when it was."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(plain(run.file_name), anchor=False, width="content")
        badge(LOOKS[run.state])
    st.caption(f"{_(KINDS[run.kind])} · {moment(run.started_at)}")


@st.fragment(run_every=1)
def progress(run_id: int) -> None:
    """Show how far a run is, every second, until it ends; the whole page then shows what came of it."""
    with reading(current_actor()) as work:
        run = queries.run(work, run_id)
    if run.state is not RunState.RUNNING:
        st.rerun()
    st.progress(run.progress, _("{percent} % done", percent=run.progress))
    st.caption(counted(run))
    st.caption(_("You can close this page: the import goes on by itself."))


def counted(run: RunRow) -> str:
    """Return what came of a run in one line."""
    parts = [f"{_(name)} {run.counts[found]}" for found, name in OUTCOMES.items() if run.counts[found]]
    if run.unknown:
        parts.append(f"{_('Not our authorities')} {run.unknown}")
    return " · ".join(parts)


def results(actor: Actor, run: RunRow) -> None:
    """Show what became of the lines, to be filtered by outcome."""
    if run.kind is ImportKind.AWARDS:
        show_after_import(actor)
    if run.unknown:
        st.info(
            n_(
                "{count} award is of a buyer who is no authority here. That is normal in a national file.",
                "{count} awards are of buyers who are no authority here. That is normal in a national file.",
                run.unknown,
            )
        )
    outcomes = [outcome for outcome, count in run.counts.items() if count]
    if not outcomes:
        return
    outcome = st.pills(
        _("Show"),
        outcomes,
        format_func=lambda found: f"{_(OUTCOMES[found])} {run.counts[found]}",
        key="outcome",
    )
    _reasons(actor, run)
    _lines(actor, run, outcome)
    with st.container(horizontal=True):
        st.link_button(
            _("Download everything as a table"), f"/imports/{run.id}.csv", icon=":material/download:"
        )
        rejected = run.kind is ImportKind.EMPLOYERS and run.counts[Outcome.REJECTED]
        if rejected and spool.find(run.sha256) is not None:
            st.link_button(
                _("Download the rejected lines to mend"),
                f"/imports/{run.id}/rejected",
                icon=":material/build:",
            )


def _reasons(actor: Actor, run: RunRow) -> None:
    with reading(actor) as work:
        why = queries.reasons(work, run.id)
    if not why:
        return
    with st.expander(_("Why lines were left out")):
        frame = pd.DataFrame(
            [(str(count), plain(_general(reason))) for reason, count in why],
            columns=[_("Lines"), _("Reason")],
        )
        show_table(frame, _("How many lines were left out for which reason"), right=(_("Lines"),))


def _general(reason: str) -> str:
    """Return a reason without the values of one line."""
    words = _(reason)
    for place in _PLACES:
        words = words.replace(place, "…")
    return words


def _lines(actor: Actor, run: RunRow, outcome: Outcome | None) -> None:
    total = run.counts[outcome] if outcome else sum(run.counts.values())
    pages = -(-total // queries.PAGE)
    page = min(int(st.session_state.get("import_page") or 1), pages)
    with reading(actor) as work:
        rows = queries.verdicts(work, run.id, outcome, page)
    heading = _(_NUMBERED[run.kind])
    frame = pd.DataFrame(
        [(f"{row.place}  \n{inline_badge(OUTCOME_LOOKS[row.verdict])}", _told(row)) for row in rows],
        columns=[heading, _("What became of it")],
    )
    show_table(frame, _("What became of the lines of this file"))
    if pages > 1:
        st.pagination(pages, key="import_page")


def _told(row: VerdictRow) -> str:
    name = f"**{plain(row.subject)}**" if row.subject else ""
    parts = [" · ".join(part for part in (name, plain(row.reference)) if part)]
    if row.changed:
        parts.append(plain(_("Changed: {fields}.", fields=changed(_, row))))
    if row.remarks:
        parts.append(plain(all_told(_, row)))
    return "  \n".join(part for part in parts if part)
