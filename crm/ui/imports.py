"""The import screen: choosing a file, starting, doing it again, and former imports."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.exchange import background, queries, spool
from crm.exchange.actions import StartImport, start_import
from crm.exchange.queries import RunRow
from crm.exchange.reach import kinds_for
from crm.exchange.rules import RunProblem
from crm.exchange.rules.runs import ImportKind, RunState, guess_kind
from crm.exchange.spool import Spooled
from crm.exchange.words import KINDS
from crm.ui import import_result, shell
from crm.ui.forms import attempt
from crm.ui.sroi import badge
from crm.ui.words import _, moment, plain

PAGE = "staff/imports.py"
LABELS = {"region": N_("Region"), "kind": N_("Kind of file")}
_TABLES = ["csv", "txt", "xlsx"]
_NOTICES = ["json", "jsonl", "gz"]
_TURN = "import_turn"


def ask_for_file(actor: Actor) -> None:
    """Ask for a file, guess what it holds and bring it in."""
    kinds = kinds_for(actor)
    turn = st.session_state.setdefault(_TURN, 0)
    types = [
        *(_TABLES if ImportKind.EMPLOYERS in kinds else []),
        *(_NOTICES if ImportKind.AWARDS in kinds else []),
    ]
    uploaded = st.file_uploader(_("Choose a file"), types, key=f"file_{turn}")
    if uploaded is None:
        _explain(kinds)
        return
    kind = _ask_kind(kinds, uploaded, turn)
    region_id = _ask_region(actor) if kind is ImportKind.EMPLOYERS else None
    if st.button(_("Bring in"), type="primary", icon=":material/upload_file:") and kind is not None:
        found = spool.keep(uploaded)
        command = StartImport(
            kind=kind,
            file_name=uploaded.name[-200:],
            sha256=found.sha256,
            size_bytes=found.size_bytes,
            region_id=region_id,
        )
        _start(actor, command, found)


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


def _ask_kind(kinds: tuple[ImportKind, ...], uploaded: UploadedFile, turn: int) -> ImportKind | None:
    if len(kinds) == 1:
        return kinds[0]
    guessed = guess_kind(uploaded.read(512))
    uploaded.seek(0)
    return st.segmented_control(
        _("What is in this file?"),
        kinds,
        default=guessed,
        format_func=lambda value: _(KINDS[value]),
        required=True,
        key=f"kind_{turn}",
    )


def _ask_region(actor: Actor) -> int | None:
    with reading(actor) as work:
        regions = queries.regions_to_import(work)
    if len(regions) < 2:
        return next(iter(regions), None)
    return st.selectbox(
        _("Region"), list(regions), None, lambda value: regions[value], placeholder=_("Choose")
    )


def _start(actor: Actor, command: StartImport, found: Spooled) -> None:
    """Start a run, let it go on by itself and show it; a file that may not come in is not kept."""
    run_id = attempt(actor, start_import, lambda: command, LABELS)
    if run_id is None or actor.user_id is None:
        spool.remove(found)
        return
    background.bring_in(run_id, found, actor.user_id)
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    shell.go(PAGE, id=run_id)


def show_run(actor: Actor, run: RunRow) -> None:
    """Show one run: how far it is, or what came of it."""
    import_result.headline(run)
    if run.state is RunState.RUNNING:
        import_result.progress(run.id)
        return
    if run.message:
        st.warning(_(run.message, **run.params))
    if run.state is RunState.INTERRUPTED:
        _offer_again(actor, run)
    import_result.results(actor, run)


def _offer_again(actor: Actor, run: RunRow) -> None:
    st.warning(
        _(
            "This import was interrupted. What was brought in is complete line by line. The same file "
            "again brings in the rest."
        )
    )
    found = spool.find(run.sha256)
    if found is None:
        st.caption(_(RunProblem.GONE))
    elif run.kind in kinds_for(actor) and st.button(_("Run again"), type="primary", icon=":material/replay:"):
        command = StartImport(
            kind=run.kind,
            file_name=run.file_name,
            sha256=run.sha256,
            size_bytes=run.size_bytes,
            region_id=run.region_id,
        )
        _start(actor, command, found)


def former_runs(actor: Actor) -> None:
    """List the last runs, each leading to what came of it."""
    with reading(actor) as work:
        runs = queries.recent_runs(work)
    st.subheader(_("Former imports"), anchor=False)
    if not runs:
        st.caption(_("Nothing was brought in yet. Choose a file above to begin."))
    for run in runs:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"run_{run.id}"):
            with st.container(width="stretch", gap=None):
                shell.link(PAGE, plain(run.file_name), id=run.id)
                who = f" · {plain(run.started_by)}" if run.started_by else ""
                counts = import_result.counted(run)
                st.caption(f"{_(KINDS[run.kind])} · {moment(run.started_at)}{who}  \n{counts}")
            badge(import_result.LOOKS[run.state])
