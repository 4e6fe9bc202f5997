"""The import screen: choosing a file, starting, doing it again, and former imports."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.exchange import background, queries, spool
from crm.exchange.actions import FilePlan, StartImport, start_import
from crm.exchange.queries import RunRow
from crm.exchange.queries.mappings import count_questions, plan_of
from crm.exchange.reach import kinds_for
from crm.exchange.rules import RunProblem
from crm.exchange.rules.plans import Existing, Plan
from crm.exchange.rules.runs import ImportKind, RunState, guess_kind
from crm.exchange.spool import Spooled
from crm.exchange.words import KINDS
from crm.ui import import_columns, import_questions, import_result, import_undo, shell
from crm.ui.forms import attempt
from crm.ui.sroi import badge
from crm.ui.words import _, moment, plain

PAGE = "staff/imports.py"
LABELS = {"region": N_("Region"), "kind": N_("Kind of file")}
EXISTING = {Existing.UPDATE: N_("Update them"), Existing.SKIP: N_("Leave them as they are")}
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
    if kind is ImportKind.EMPLOYERS:
        _ask_about_table(actor, uploaded, turn)
    elif st.button(_("Bring in"), type="primary", icon=":material/upload_file:") and kind is not None:
        _bring_in(actor, kind, uploaded, None, None)


def _ask_about_table(actor: Actor, uploaded: UploadedFile, turn: int) -> None:
    """Ask what the columns mean and what to do with who is here already, then check or bring in."""
    region_id = _ask_region(actor)
    headings = import_columns.ask_columns(actor, uploaded.getvalue(), region_id, turn)
    if headings is None:
        return
    existing = st.segmented_control(
        _("Employers that are here already"),
        list(Existing),
        default=Existing.UPDATE,
        format_func=lambda value: _(EXISTING[value]),
        required=True,
        key=f"existing_{turn}",
    )
    with st.container(horizontal=True):
        check = st.button(_("Check first"), type="primary", icon=":material/rule:")
        bring_in = st.button(_("Bring in"), icon=":material/upload_file:")
    if check or bring_in:
        plan = FilePlan(headings=headings, existing=existing or Existing.UPDATE, only_check=check)
        _bring_in(actor, ImportKind.EMPLOYERS, uploaded, region_id, plan)


def _bring_in(
    actor: Actor, kind: ImportKind, uploaded: UploadedFile, region_id: int | None, plan: FilePlan | None
) -> None:
    found = spool.keep(uploaded)
    command = StartImport(
        kind=kind,
        file_name=uploaded.name[-200:],
        sha256=found.sha256,
        size_bytes=found.size_bytes,
        region_id=region_id,
        plan=plan,
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
    with reading(actor) as work:
        plan, waiting = plan_of(work, run.id), count_questions(work, run.id)
    if plan.only_check:
        st.info(_("This was a check: nothing was brought in yet."), icon=":material/rule:")
    if run.state is RunState.INTERRUPTED:
        _offer_again(actor, run, plan)
    elif run.state is RunState.DONE and (plan.only_check or waiting or plan.answers):
        _offer_rest(actor, run, plan)
    import_questions.show_questions(actor, run)
    import_undo.show_undo(actor, run)
    import_result.results(actor, run)


def _offer_rest(actor: Actor, run: RunRow, plan: Plan) -> None:
    """Offer to bring in what was checked, or what was answered meanwhile."""
    found = spool.find(run.sha256)
    if found is None:
        return
    label = _("Bring in now") if plan.only_check else _("Bring in what I answered")
    if st.button(label, type="primary", icon=":material/upload_file:"):
        _start(actor, _again(run, plan), found)


def _again(run: RunRow, plan: Plan) -> StartImport:
    """Return the command that brings in the same file the same way, with the answers given since."""
    return StartImport(
        kind=run.kind,
        file_name=run.file_name,
        sha256=run.sha256,
        size_bytes=run.size_bytes,
        region_id=run.region_id,
        plan=FilePlan(
            headings=plan.headings,
            existing=plan.existing,
            answers={str(line): answer for line, answer in plan.answers.items()},
        )
        if plan.asks
        else None,
    )


def _offer_again(actor: Actor, run: RunRow, plan: Plan) -> None:
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
        _start(actor, _again(run, plan), found)


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
