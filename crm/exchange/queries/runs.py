"""Questions about imports: former runs, and what became of each line of a file."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from crm.accounts.records import Region, User
from crm.core import clock
from crm.core.access import Permission
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import Work
from crm.employers.rules import folded
from crm.exchange.reach import reach_of
from crm.exchange.records import ImportBuyer, ImportedAward, ImportRun, ImportVerdict
from crm.exchange.rules import Finding, Outcome
from crm.exchange.rules.runs import ImportKind, RunState, state_now
from crm.exchange.worker import in_hand, is_left
from crm.sroi.records import Authority

PAGE = 50
UNDO_WITHIN = timedelta(days=30)
"""How long an import can be undone: after that the former values, also of people, are forgotten."""

_BATCH = 1000


@dataclass(frozen=True)
class RunRow:
    """A run as screens show it; `state` is how it stands now, `progress` percent.

    `unknown` counts the awards of buyers who are no authority here; `counts` is about all other lines.
    """

    id: int
    kind: ImportKind
    file_name: str
    sha256: str
    size_bytes: int
    region_id: int | None
    state: RunState
    progress: int
    started_by: str | None
    started_at: datetime
    finished_at: datetime | None
    counts: dict[Outcome, int]
    unknown: int
    message: str
    params: dict[str, Any]


@dataclass(frozen=True)
class VerdictRow:
    """What became of one line; `remarks` are field, message id and parameters."""

    place: int
    verdict: Outcome
    subject: str
    reference: str
    changed: tuple[str, ...]
    remarks: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class BuyerRow:
    """A buyer who is no authority here; the total is whole cents."""

    name: str
    tender_number: str
    awards: int
    total_cents: int


def recent_runs(work: Work, limit: int = 20) -> list[RunRow]:
    """Return the last runs of the actor, newest first; administrators see everybody's."""
    wanted = select(ImportRun, User.name).join(User, isouter=True).order_by(col(ImportRun.id).desc())
    if not _sees_all(work):
        wanted = wanted.where(ImportRun.started_by_id == work.actor.user_id)
    held = frozenset(in_hand)
    return [_row(run, name, held) for run, name in work.session.exec(wanted.limit(limit))]


def run(work: Work, run_id: int) -> RunRow:
    """Return one run; raises `NotFound` when it is not the actor's to see."""
    wanted = select(ImportRun, User.name).join(User, isouter=True).where(ImportRun.id == run_id)
    held = frozenset(in_hand)
    found = work.session.exec(wanted).first()
    if found is None or not (_sees_all(work) or found[0].started_by_id == work.actor.user_id):
        raise NotFound()
    return _row(*found, held)


def verdicts(work: Work, run_id: int, outcome: Outcome | None, page: int = 1) -> list[VerdictRow]:
    """Return one page of what became of the lines, in the order of the file.

    Awards of buyers who are no authority here are left out: those have a list of their own.
    """
    wanted = select(ImportVerdict).where(
        ImportVerdict.run_id == run_id, col(ImportVerdict.reason) != Finding.UNKNOWN_BUYER
    )
    if outcome is not None:
        wanted = wanted.where(ImportVerdict.verdict == outcome)
    ordered = wanted.order_by(col(ImportVerdict.place), col(ImportVerdict.id))
    return [_verdict(found) for found in work.session.exec(ordered.offset((page - 1) * PAGE).limit(PAGE))]


def every_verdict(work: Work, run_id: int) -> Iterator[VerdictRow]:
    """Yield what became of every line, in the order of the file, without holding all of it."""
    last = 0
    while True:
        wanted = (
            select(ImportVerdict)
            .where(ImportVerdict.run_id == run_id, col(ImportVerdict.id) > last)
            .order_by(col(ImportVerdict.id))
            .limit(_BATCH)
        )
        batch = work.session.exec(wanted).all()
        if not batch:
            return
        last = key(batch[-1])
        yield from map(_verdict, batch)
        work.session.expunge_all()


def reasons(work: Work, run_id: int) -> list[tuple[str, int]]:
    """Return why lines were rejected or skipped, the most frequent first, with their number.

    Buyers who are no authority here are counted on the run itself.
    """
    wanted = (
        select(ImportVerdict.reason, func.count())
        .where(
            ImportVerdict.run_id == run_id,
            col(ImportVerdict.reason).not_in(["", str(Finding.UNKNOWN_BUYER)]),
        )
        .group_by(col(ImportVerdict.reason))
        .order_by(func.count().desc(), col(ImportVerdict.reason))
    )
    return [(reason, count) for reason, count in work.session.exec(wanted)]


def buyers(work: Work, run_id: int, text: str = "", limit: int = PAGE) -> list[BuyerRow]:
    """Return the buyers of a run who are no authority here (yet), those who awarded most first."""
    wanted = (
        select(ImportBuyer)
        .where(ImportBuyer.run_id == run_id)
        .order_by(col(ImportBuyer.total_cents).desc(), col(ImportBuyer.name))
    )
    known = work.session.exec(select(Authority.tender_number, Authority.name)).all()
    numbers = {number for number, _ in known if number}
    names = {folded(name) for _, name in known}
    found = (
        BuyerRow(buyer.name, buyer.tender_number, buyer.awards, buyer.total_cents)
        for buyer in work.session.exec(wanted)
        if buyer.tender_number not in numbers
        and folded(buyer.name) not in names
        and folded(text) in folded(buyer.name)
    )
    return [buyer for buyer, _ in zip(found, range(limit), strict=False)]


def regions_to_import(work: Work) -> dict[int, str]:
    """Return the regions that an actor can bring records into, by id."""
    reach = reach_of(work.actor)
    found = work.session.exec(select(Region).order_by(col(Region.name)))
    return {key(region): region.name for region in found if reach.covers_region(key(region))}


def notes_of_contract(work: Work, contract_id: int) -> list[dict[str, Any]]:
    """Return what was assumed when an award became this contract; an officer checks it before confirming."""
    wanted = select(ImportedAward.notes).where(ImportedAward.contract_id == contract_id)
    return list(work.session.exec(wanted).first() or [])


def _sees_all(work: Work) -> bool:
    return work.actor.may(Permission.USER_MANAGE)


def _row(found: ImportRun, started_by: str | None, held: Collection[int]) -> RunRow:
    left = is_left(key(found), found.worker, held)
    return RunRow(
        id=key(found),
        kind=found.kind,
        file_name=found.file_name,
        sha256=found.sha256,
        size_bytes=found.size_bytes,
        region_id=found.region_id,
        state=state_now(found.state, found.beat_at, clock.now(), left),
        progress=found.progress,
        started_by=started_by,
        started_at=found.started_at,
        finished_at=found.finished_at,
        counts={
            Outcome.NEW: found.new_count,
            Outcome.UPDATED: found.updated_count,
            Outcome.SAME: found.same_count,
            Outcome.REJECTED: found.rejected_count - found.unknown_count,
            Outcome.SKIPPED: found.skipped_count,
        },
        unknown=found.unknown_count,
        message=found.message,
        params=found.message_params,
    )


def _verdict(found: ImportVerdict) -> VerdictRow:
    return VerdictRow(
        found.place,
        found.verdict,
        found.subject,
        found.reference,
        tuple(found.changed),
        tuple(found.remarks),
    )
