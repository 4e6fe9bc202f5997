"""Deleting evidence that was kept long enough; that it was seen stays."""

from __future__ import annotations

from dataclasses import dataclass

from crm.core import clock, files
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.work import Work
from crm.sroi.commands import SweepEvidence, SweepFiles
from crm.sroi.queries.retention import old_evidence, old_persons, stray_files
from crm.sroi.records import Effort, Evidence


@dataclass(frozen=True)
class Swept:
    """Of how many files was let go, and of how many stretches of a person's time."""

    files: int
    persons: int


@action(Permission.USER_MANAGE, SweepEvidence)
def sweep_evidence(work: Work, command: SweepEvidence) -> Swept:
    """Let go of files whose contract was settled longer ago than they are kept; return what was.

    What stays is the kind of evidence, and which officer saw it on the day of the decision. What no officer
    ever looked at goes altogether. The codes of persons on those contracts go too, and those on contracts and
    efforts that were withdrawn. The files leave the disk with `sweep_files`.
    """
    found = old_evidence(work, command.most)
    for evidence, effort in found:
        _let_go(work, evidence, effort)
    persons = old_persons(work, command.most)
    for claim in persons:
        work.session.delete(claim)
    work.flush()
    return Swept(len(found), len(persons))


@action(Permission.USER_MANAGE, SweepFiles)
def sweep_files(work: Work, _command: SweepFiles) -> int:
    """Take files off the disk that nothing refers to any more; return how many."""
    found = stray_files(work)
    for sha256 in found:
        work.note("delete", "files", sha256)
        files.remove(sha256)
    return len(found)


def _let_go(work: Work, evidence: Evidence, effort: Effort) -> None:
    if effort.reviewed_at is None:
        work.session.delete(evidence)
        return
    evidence.sha256 = evidence.file_name = evidence.media_type = evidence.size_bytes = None
    evidence.seen_on = effort.reviewed_at.astimezone(clock.LOCAL_ZONE).date()
    evidence.added_by_id = effort.reviewed_by_id
