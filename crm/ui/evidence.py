"""Evidence of an effort: what is there, what is missing, adding a file or a note."""

from __future__ import annotations

import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.sroi import actions
from crm.sroi.commands import AddEvidence, NoteEvidenceSeen
from crm.sroi.queries import EffortRow, EvidenceRow
from crm.sroi.rules import Bilingual, Evidence, RuleSet
from crm.ui.dates import ask_day
from crm.ui.explanation import spoken
from crm.ui.forms import attempt, flash
from crm.ui.words import _, day, moment, plain

OTHER = Evidence("other", "Ander bewijs", "Other evidence")
ACCEPTED = ["pdf", "png", "jpg", "jpeg", "xlsx", "docx"]


def show(effort: EffortRow, found: list[EvidenceRow]) -> None:
    """Show the evidence of an effort and which kinds are still to come."""
    for row in found:
        _row(row)
    for kind in effort.missing:
        told = _("missing: {kind}", kind=spoken(_name(kind)))
        st.markdown(f":orange[:material/error:] {plain(told)}")
    if not found and not effort.missing:
        st.caption(_("The rule set asks for no evidence here, and none was added."))


def add(actor: Actor, effort: EffortRow, ruleset: RuleSet) -> None:
    """Ask for a file and add it to an effort."""
    with st.form(f"evidence_{effort.id}", clear_on_submit=True, border=False):
        kind = _kind(effort, ruleset)
        given = st.file_uploader(_("File (PDF, picture, Excel or Word, at most 10 MB)"), type=ACCEPTED)
        sent = st.form_submit_button(_("Add the file"))
    if not sent:
        return
    if given is None:
        st.error(_("Choose a file first."))
        return
    made = attempt(
        actor,
        actions.add_evidence,
        lambda: AddEvidence(
            effort_id=effort.id, kind=kind.code, file_name=given.name, content=given.getvalue()
        ),
    )
    if made is not None:
        flash(_("The file is added."))
        st.rerun()


def note_seen(actor: Actor, effort: EffortRow, ruleset: RuleSet) -> None:
    """Ask an officer which evidence was seen and when, and note it without keeping a copy."""
    with st.form(f"seen_{effort.id}", border=False):
        kind = _kind(effort, ruleset)
        seen_on = ask_day(_("Seen on"), clock.today())
        sent = st.form_submit_button(_("Note that you saw it"))
    if sent and _noted(actor, NoteEvidenceSeen(effort_id=effort.id, kind=kind.code, seen_on=seen_on)):
        flash(_("Noted."))
        st.rerun()


def _noted(actor: Actor, command: NoteEvidenceSeen) -> bool:
    return attempt(actor, actions.note_evidence_seen, lambda: command, {"seen_on": "Seen on"}) is not None


def _kind(effort: EffortRow, ruleset: RuleSet) -> Evidence:
    missing = {kind.code for kind in effort.missing}
    first = sorted(ruleset.evidence, key=lambda kind: kind.code not in missing)
    chosen: Evidence = st.selectbox(
        _("Kind of evidence"), [*first, OTHER], format_func=lambda kind: spoken(_name(kind))
    )
    return chosen


def _name(kind: Evidence) -> Bilingual:
    return Bilingual(kind.name_nl, kind.name_en)


def _row(row: EvidenceRow) -> None:
    name = plain(spoken(row.kind_name))
    if row.seen_on is not None:
        by = _("seen by {who} on {day}", who=plain(row.added_by), day=day(row.seen_on))
        st.markdown(f":material/visibility: {name} · {by}")
        return
    label = f"{spoken(row.kind_name)} · {row.file_name}"
    st.link_button(label, f"/files/{row.id}", icon=":material/download:", type="tertiary")
    st.caption(_("added by {who} on {moment}", who=plain(row.added_by), moment=moment(row.added_at)))
