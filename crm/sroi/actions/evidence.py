"""Evidence of an effort: a file that is kept, or a note that somebody saw it."""

from __future__ import annotations

import re

from crm.core import clock, files
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.sroi import parts, rulebook
from crm.sroi.commands import AddEvidence, NoteEvidenceSeen, RemoveEvidence
from crm.sroi.records import Effort, Evidence
from crm.sroi.states import EffortState

OTHER = "other"
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\]+")


@action(Permission.EVIDENCE_ADD, AddEvidence)
def add_evidence(work: Work, command: AddEvidence) -> int:
    """Keep a file with an effort; return the id of the evidence.

    Raises `Invalid` for a file that is too large or not of an accepted kind (by its content), `NotFound`
    for an effort of others.
    """
    media_type = files.media_type(command.content)
    evidence = _of_effort(work, command.effort_id, command.kind)
    evidence.sha256 = files.store(command.content)
    evidence.file_name = _UNSAFE.sub(" ", command.file_name).strip() or command.kind
    evidence.media_type = media_type
    evidence.size_bytes = len(command.content)
    return key(work.add(evidence))


@action(Permission.EFFORT_REVIEW, NoteEvidenceSeen)
def note_evidence_seen(work: Work, command: NoteEvidenceSeen) -> int:
    """Note that you saw evidence on a day, without keeping a copy; return the id of the note."""
    if command.seen_on > clock.today():
        raise Invalid("seen_on", "Choose today or an earlier day.")
    evidence = _of_effort(work, command.effort_id, command.kind)
    evidence.seen_on = command.seen_on
    return key(work.add(evidence))


@action(Permission.EVIDENCE_ADD, RemoveEvidence)
def remove_evidence(work: Work, command: RemoveEvidence) -> int:
    """Take evidence away; raises `Invalid` once the effort it supports is approved."""
    evidence = work.get(Evidence, command.evidence_id)
    effort = work.get(Effort, evidence.effort_id)
    if effort.state is EffortState.APPROVED:
        raise Invalid("evidence_id", "The effort is approved, so its evidence stays with it.")
    work.session.delete(evidence)
    work.flush()
    return evidence.effort_id


def _of_effort(work: Work, effort_id: int, kind: str) -> Evidence:
    effort = work.get(Effort, effort_id)
    contract = parts.hold_open(work, effort.contract_id)
    if effort.state is EffortState.WITHDRAWN:
        raise Invalid("effort_id", "This effort was taken back, so it needs no evidence.")
    known = {evidence.code for evidence in rulebook.of_contract(work, contract).evidence}
    if kind not in known | {OTHER}:
        raise Invalid("kind", "Choose a kind of evidence from the list.")
    return Evidence(
        region_id=effort.region_id,
        authority_id=effort.authority_id,
        employer_id=effort.employer_id,
        effort_id=effort_id,
        contract_id=effort.contract_id,
        kind=kind,
        added_by_id=work.actor.user_id,
        added_at=clock.now(),
    )
