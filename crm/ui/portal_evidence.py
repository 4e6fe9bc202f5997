"""Evidence in the portal: one place for each kind that is asked, checked before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from crm.core import files
from crm.core.access import Actor
from crm.core.errors import Invalid
from crm.sroi import actions
from crm.sroi.commands import AddEvidence, RemoveEvidence
from crm.sroi.queries import EvidenceRow
from crm.sroi.rules import Bilingual, Block, Evidence, RuleSet
from crm.ui.evidence import ACCEPTED, OTHER
from crm.ui.explanation import spoken
from crm.ui.forms import attempt, flash
from crm.ui.words import _, plain

MOST_MEGABYTES = files.MAX_BYTES // (1024 * 1024)


@dataclass(frozen=True)
class GivenFile:
    """A file that was chosen, and as which kind of evidence."""

    kind: str
    name: str
    content: bytes


def ask_files(ruleset: RuleSet, block: Block, there: frozenset[str], key: str) -> list[GivenFile]:
    """Ask for the evidence that a block needs, a place for each kind; `there` are the kinds it has."""
    needed = ruleset.evidence_for(block)
    st.header(_("Evidence"), anchor=False)
    st.caption(
        _(
            "PDF, picture, Excel or Word, at most {most} MB a file. You may also add it later.",
            most=MOST_MEGABYTES,
        )
    )
    given: list[GivenFile] = []
    with st.grid(2, gap="medium"):
        for kind in (*needed, OTHER):
            given += _ask(kind, there, key)
    return given


def all_usable(given: list[GivenFile]) -> bool:
    """Return whether every file can be taken; says which cannot and why."""
    usable = True
    for one in given:
        try:
            files.media_type(one.content)
        except Invalid as fault:
            st.error(f"{plain(one.name)}: {_(fault.message, **fault.params)}")
            usable = False
    return usable


def add_files(actor: Actor, effort_id: int, given: list[GivenFile]) -> bool:
    """Add files to an effort; return whether all of them were taken."""
    added = [
        attempt(
            actor,
            actions.add_evidence,
            lambda one=one: AddEvidence(  # type: ignore[misc]
                effort_id=effort_id, kind=one.kind, file_name=one.name, content=one.content
            ),
        )
        for one in given
    ]
    return None not in added


def show_own(actor: Actor, rows: tuple[EvidenceRow, ...], *, may_remove: bool) -> None:
    """Show the evidence that is there, to download or to take away."""
    for row in rows:
        with st.container(horizontal=True, vertical_alignment="center"):
            _link(row)
            if may_remove and row.seen_on is None:
                _offer_to_remove(actor, row)


def _ask(kind: Evidence, there: frozenset[str], key: str) -> list[GivenFile]:
    label = plain(spoken(Bilingual(kind.name_nl, kind.name_en)))
    if kind.code in there:
        label += f" :green-badge[:material/check: {_('already added')}]"
    chosen: list[UploadedFile] = st.file_uploader(
        label,
        type=ACCEPTED,
        accept_multiple_files=True,
        max_upload_size=MOST_MEGABYTES,
        key=f"{key}_{kind.code}",
    )
    return [GivenFile(kind.code, one.name, one.getvalue()) for one in chosen]


def _link(row: EvidenceRow) -> None:
    name = plain(spoken(row.kind_name))
    if row.seen_on is not None:
        st.markdown(f":material/visibility: {name} · {_('seen by us')}", width="content")
        return
    label = f"{name} · {plain(row.file_name or '')}"
    st.link_button(label, f"/files/{row.id}", icon=":material/download:", type="tertiary")


def _offer_to_remove(actor: Actor, row: EvidenceRow) -> None:
    with st.popover(_("Remove this file"), type="tertiary", key=f"remove_{row.id}"):
        st.markdown(_("This file is then gone from here."))
        if not st.button(_("Yes, remove it"), key=f"remove_yes_{row.id}"):
            return
        command = RemoveEvidence(evidence_id=row.id)
        if attempt(actor, actions.remove_evidence, lambda: command) is not None:
            flash(_("The file is removed."))
            st.rerun()
