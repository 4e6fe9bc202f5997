"""Undoing an import on screen: asking, how far it is, what came of it and what stayed as it is."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.exchange import background
from crm.exchange.actions import StartUndo, start_undo
from crm.exchange.queries import RunRow
from crm.exchange.queries.undo import UndoRow, can_undo, left_alone, undo_of
from crm.exchange.rules.runs import ImportKind, RunState
from crm.exchange.words import FIELDS
from crm.ui.dialogs import close_dialog, dialog_button
from crm.ui.forms import attempt
from crm.ui.guard import current_actor
from crm.ui.tables import show_table
from crm.ui.words import _, n_, plain

THINGS = {
    "employers": N_("Employer"),
    "establishments": N_("Establishment"),
    "contact_persons": N_("Contact person"),
    "contracts": N_("Contract"),
    "imported_awards": N_("Award"),
    "missing_clauses": N_("Award without a contract"),
}


def show_undo(actor: Actor, run: RunRow) -> None:
    """Show how the undoing of an import stands, or offer it."""
    with reading(actor) as work:
        found, possible = undo_of(work, run.id), can_undo(work, run)
    if found is not None and found.state is RunState.RUNNING:
        _progress(run.id)
        return
    if found is not None:
        _outcome(actor, run, found)
    if possible:
        title = _("Undo this import")
        dialog_button(title, title, lambda: _ask(actor, run), "undo_import", icon=":material/undo:")


def _ask(actor: Actor, run: RunRow) -> None:
    if run.kind is ImportKind.AWARDS:
        st.markdown(
            _(
                "Contracts go back to what they were, and contracts and employers that this import made are "
                "removed. Contracts that were confirmed since stay, and so does what somebody changed or "
                "used; you see afterwards what."
            )
        )
    else:
        st.markdown(
            _(
                "Former values are put back, and employers, establishments and contact persons that this "
                "import made are removed. What somebody changed or used since stays as it is; you see "
                "afterwards what."
            )
        )
    if (
        st.button(_("Undo"), type="primary", icon=":material/undo:")
        and actor.user_id is not None
        and attempt(actor, start_undo, lambda: StartUndo(run_id=run.id)) is not None
    ):
        close_dialog()
        background.take_back(run.id, actor.user_id)
        st.rerun()


@st.fragment(run_every=1)
def _progress(run_id: int) -> None:
    with reading(current_actor()) as work:
        found = undo_of(work, run_id)
    if found is None or found.state is not RunState.RUNNING:
        st.rerun()
    st.progress(found.progress, _("{percent} % undone", percent=found.progress))
    st.caption(_("You can close this page: it goes on by itself."))


def _outcome(actor: Actor, run: RunRow, found: UndoRow) -> None:
    if found.message:
        st.warning(_(found.message, **found.params))
    elif found.state is RunState.INTERRUPTED:
        st.warning(_("Undoing was interrupted. Undo again to go on where it was."))
    else:
        st.success(_("This import was undone."), icon=":material/undo:")
    counted = [
        n_("{count} record removed", "{count} records removed", found.removed),
        n_("{count} record put back", "{count} records put back", found.restored),
        n_("{count} left as it is", "{count} left as they are", found.left),
    ]
    st.caption(" · ".join(counted))
    if found.left:
        _left(actor, run, found.left)


def _left(actor: Actor, run: RunRow, total: int) -> None:
    pages = -(-total // 50)
    page = min(int(st.session_state.get("left_page") or 1), pages)
    with reading(actor) as work:
        rows = left_alone(work, run.id, page)
    frame = pd.DataFrame(
        [
            (
                f"**{plain(row.name or str(row.employer_id))}**  \n{_(THINGS[row.object_type])}",
                plain(_fields(row.fields) + _(row.reason)),
            )
            for row in rows
        ],
        columns=[_("Employer"), _("Why it stays")],
    )
    show_table(frame, _("What stayed as it is"))
    if pages > 1:
        st.pagination(pages, key="left_page")


def _fields(names: tuple[str, ...]) -> str:
    known = {**FIELDS, "city": FIELDS["place"], "municipality_id": FIELDS["municipality"]}
    named = [_(known[name]) for name in names if name in known]
    return f"{', '.join(named)}: " if named else ""
