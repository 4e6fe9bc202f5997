"""The import screen: choosing a file, how far it is, and what came of it."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from crm.core.access import Actor
from crm.core.errors import NotFound
from crm.core.i18n import N_
from crm.core.work import reading
from crm.exchange import background, queries, spool
from crm.exchange.actions import StartImport, start_import
from crm.exchange.queries import RunRow, VerdictRow
from crm.exchange.reach import kinds_for
from crm.exchange.rules import Outcome, RunProblem
from crm.exchange.rules.runs import ImportKind, RunState, guess_kind
from crm.exchange.words import KINDS, OUTCOMES, STATES, all_told, changed
from crm.ui import shell
from crm.ui.forms import attempt
from crm.ui.guard import current_actor
from crm.ui.tables import show_table
from crm.ui.words import _, moment, n_, plain

PAGE = "staff/imports.py"
LABELS = {"region": N_("Region"), "kind": N_("Kind of file")}
LOOKS = {
    RunState.RUNNING: (":material/sync:", "blue"),
    RunState.DONE: (":material/check_circle:", "green"),
    RunState.FAILED: (":material/error:", "red"),
    RunState.INTERRUPTED: (":material/pause_circle:", "orange"),
}
_TYPES = ["csv", "txt", "xlsx", "json", "gz", "jsonl"]
_ROUND = "import_round"


def ask_for_file(actor: Actor) -> None:
    """Ask for a file, guess what it holds and bring it in."""
    kinds = kinds_for(actor)
    turn = st.session_state.setdefault(_ROUND, 0)
    uploaded = st.file_uploader(
        _("File with employers (CSV, Excel) or awards (the JSON of TenderNed)"), _TYPES, key=f"file_{turn}"
    )
    if uploaded is None:
        _explain(kinds)
        return
    guessed = guess_kind(uploaded.read(512))
    uploaded.seek(0)
    kind = st.segmented_control(
        _("What is in this file?"),
        kinds,
        default=guessed if guessed in kinds else kinds[0],
        format_func=lambda value: _(KINDS[value]),
        required=True,
        key=f"kind_{turn}",
    )
    region_id = _ask_region(actor) if kind is ImportKind.EMPLOYERS else None
    if st.button(_("Bring in"), type="primary", icon=":material/upload_file:") and kind is not None:
        _start(actor, uploaded, kind, region_id)


def _explain(kinds: tuple[ImportKind, ...]) -> None:
    if ImportKind.EMPLOYERS in kinds:
        st.caption(
            _(
                "Employers need a column with the KvK number and one with the name; establishment, SBI code, "
                "number of staff, address, municipality and contact person are read as well. Of a class "
                "such as 10-19 the lowest number is kept."
            )
        )
    if ImportKind.AWARDS in kinds:
        st.caption(
            _(
                "Awards come from the file that TenderNed publishes for each year. Those of your authorities "
                "above the threshold become contracts that you still confirm."
            )
        )


def _ask_region(actor: Actor) -> int | None:
    with reading(actor) as work:
        regions = queries.regions_to_import(work)
    if len(regions) < 2:
        return next(iter(regions), None)
    return st.selectbox(
        _("Region"), list(regions), None, lambda value: regions[value], placeholder=_("Choose")
    )


def _start(actor: Actor, uploaded: UploadedFile, kind: ImportKind, region_id: int | None) -> None:
    spooled = spool.keep(uploaded)
    run_id = attempt(
        actor,
        start_import,
        lambda: StartImport(
            kind=kind,
            file_name=uploaded.name[-200:],
            sha256=spooled.sha256,
            size_bytes=spooled.size_bytes,
            region_id=region_id,
        ),
        LABELS,
    )
    _follow(actor, run_id, spooled.sha256)


def _follow(actor: Actor, run_id: int | None, sha256: str) -> None:
    """Let the run go on by itself, and show it."""
    if run_id is None or actor.user_id is None:
        return
    background.bring_in(run_id, sha256, actor.user_id)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    shell.go(PAGE, id=run_id)


def show_run(actor: Actor, run: RunRow) -> None:
    """Show one run: how far it is, or what came of it."""
    _headline(run)
    if run.state is RunState.RUNNING:
        _progress(run.id)
        return
    if run.message:
        st.warning(_(run.message, **run.params))
    if run.state is RunState.INTERRUPTED:
        _offer_again(actor, run)
    if any(run.counts.values()):
        _results(actor, run)


def _headline(run: RunRow) -> None:
    icon, colour = LOOKS[run.state]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(plain(run.file_name), anchor=False, width="content")
        st.badge(_(STATES[run.state]), icon=icon, color=colour)  # type: ignore[arg-type]
    st.caption(f"{_(KINDS[run.kind])} · {moment(run.started_at)}")


@st.fragment(run_every=1)
def _progress(run_id: int) -> None:
    """Show how far a run is, every second, until it ends; the whole page then shows what came of it."""
    try:
        with reading(current_actor()) as work:
            run = queries.run(work, run_id)
    except NotFound:
        st.rerun()
    if run.state is not RunState.RUNNING:
        st.rerun()
    st.progress(run.progress, _("{percent} % done", percent=run.progress))
    st.caption(counted(run))
    st.caption(_("You can close this page: the import goes on by itself."))


def _offer_again(actor: Actor, run: RunRow) -> None:
    st.warning(
        _(
            "This import was interrupted. What was brought in is complete line by line. The same file "
            "again brings in the rest."
        )
    )
    if not spool.path_of(run.sha256).exists():
        st.caption(_(RunProblem.GONE))
        return
    if st.button(_("Run again"), type="primary", icon=":material/replay:"):
        run_id = attempt(
            actor,
            start_import,
            lambda: StartImport(
                kind=run.kind,
                file_name=run.file_name,
                sha256=run.sha256,
                size_bytes=run.size_bytes,
                region_id=run.region_id,
            ),
            LABELS,
        )
        _follow(actor, run_id, run.sha256)


def counted(run: RunRow) -> str:
    """Return what came of a run in one line."""
    return " · ".join(f"{_(name)} {run.counts[outcome]}" for outcome, name in OUTCOMES.items())


def _results(actor: Actor, run: RunRow) -> None:
    with reading(actor) as work:
        why = queries.reasons(work, run.id)
    if run.unknown:
        st.info(
            n_(
                "{count} rejected award is of a buyer who is no authority here. That is normal in a national "
                "file.",
                "{count} rejected awards are of buyers who are no authority here. That is normal in a "
                "national file.",
                run.unknown,
            )
        )
    outcome = st.pills(
        _("Show"),
        [found for found, count in run.counts.items() if count],
        format_func=lambda found: f"{_(OUTCOMES[found])} {run.counts[found]}",
        key="outcome",
        bind="query-params",
    )
    if outcome in (Outcome.REJECTED, Outcome.SKIPPED) or outcome is None:
        _show_reasons(why)
    _lines(actor, run, outcome)


def _show_reasons(why: list[tuple[str, int]]) -> None:
    if not why:
        return
    with st.expander(_("Why lines were left out")):
        frame = pd.DataFrame(
            [(str(count), plain(_reason(reason))) for reason, count in why], columns=[_("Lines"), _("Reason")]
        )
        show_table(frame, _("How many lines were left out for which reason"), right=(_("Lines"),))


def _reason(reason: str) -> str:
    """Return a reason without the values of one line."""
    return _(reason).replace("'{status}'", "…").replace("{currency}", "…").replace("{limit}", "…")


def _lines(actor: Actor, run: RunRow, outcome: Outcome | None) -> None:
    total = run.counts[outcome] if outcome else sum(run.counts.values())
    pages = -(-total // queries.PAGE)
    page = int(st.session_state.get("import_page") or 1)
    with reading(actor) as work:
        rows = queries.verdicts(work, run.id, outcome, min(page, pages))
    heading = _("Line") if run.kind is ImportKind.EMPLOYERS else _("Notice")
    frame = pd.DataFrame(
        [(str(row.place), _(OUTCOMES[row.verdict]), _about(row), _said(row)) for row in rows],
        columns=[heading, _("Outcome"), _("About"), _("Remarks")],
    )
    show_table(frame, _("What became of the lines of this file"), right=(heading,))
    if pages > 1:
        st.pagination(pages, key="import_page")
    st.link_button(_("Download everything as a table"), f"/imports/{run.id}.csv", icon=":material/download:")


def _about(row: VerdictRow) -> str:
    return "  \n".join(plain(part) for part in (row.subject, row.reference) if part)


def _said(row: VerdictRow) -> str:
    parts = []
    if row.changed:
        parts.append(_("Changed: {fields}.", fields=changed(_, row)))
    return plain(" ".join([*parts, all_told(_, row)]).strip())


def former_runs(actor: Actor) -> None:
    """List the last runs, each leading to what came of it."""
    with reading(actor) as work:
        runs = queries.recent_runs(work)
    st.subheader(_("Former imports"), anchor=False)
    if not runs:
        st.caption(_("Nothing was brought in yet. Choose a file above to begin."))
        return
    for run in runs:
        icon, colour = LOOKS[run.state]
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"run_{run.id}"):
            with st.container(width="stretch", gap=None):
                shell.link(PAGE, plain(run.file_name), id=run.id)
                who = f" · {plain(run.started_by)}" if run.started_by else ""
                st.caption(f"{_(KINDS[run.kind])} · {moment(run.started_at)}{who}  \n{counted(run)}")
            st.badge(_(STATES[run.state]), icon=icon, color=colour)  # type: ignore[arg-type]
