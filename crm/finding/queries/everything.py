"""Everything that may be meant by what somebody typed, the likeliest first, as far as they may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from crm.candidates.records import Candidate
from crm.core import search_all
from crm.core.access import Permission
from crm.core.records import key
from crm.core.work import Work
from crm.employers.queries.archive import not_archived
from crm.employers.records import ContactPerson, Employer
from crm.employers.rules import folded
from crm.finding.likeness import likenesses
from crm.finding.rules import Kind, forgives, long_words, sought, survivors
from crm.jobcarving.records import CarvingCase
from crm.needs.records import Need
from crm.network.records_parties import Party
from crm.placements.records import Placement
from crm.sroi.records import Contract
from crm.sroi.states import ContractState

PER_KIND = 8
# More than are shown, because some may have been put away since.
_FETCHED = 3 * PER_KIND
_ENOUGH = 3
_BEGIN, _EXACT, _LOOSE = 300, 600, 3000


@dataclass(frozen=True)
class Found:
    """Something found: what it is called, whose it is, and a fact (`note`) in the terms of its kind.

    `ended` is whether it is over: an employer that ceased, a party we no longer work with, a closed need.
    `opens` is the id of the record whose page shows it; a candidate without a placement has none.
    """

    kind: Kind
    id: int
    name: str
    of: str | None = None
    note: Any = None
    ended: bool = False
    opens: int | None = None


MAY_FIND = {
    Kind.EMPLOYER: Permission.EMPLOYER_VIEW,
    Kind.PERSON: Permission.VISIT_VIEW,
    Kind.CONTRACT: Permission.CONTRACT_VIEW,
    Kind.CASE: Permission.CARVING_VIEW,
    Kind.CANDIDATE: Permission.CANDIDATE_VIEW,
    Kind.PLACEMENT: Permission.PLACEMENT_VIEW,
    Kind.PARTY: Permission.NETWORK_VIEW,
    Kind.NEED: Permission.VISIT_VIEW,
}


def find_everything(work: Work, text: str) -> dict[Kind, list[Found]]:
    """Return what may be meant, by kind, the kind with the likeliest first; at most eight of each.

    Words count wherever they stand; only when hardly anything holds them, slips of the pen are forgiven, in
    words without a digit.
    Somebody who left and an employer that was put away are not found: those stand in the file alone.
    """
    typed = folded(text)
    if not long_words(typed):
        return {}
    ranked = _ranked(work, typed)
    by_kind: dict[Kind, list[int]] = defaultdict(list)
    for kind, record_id in ranked:
        if len(by_kind[kind]) < _FETCHED:
            by_kind[kind].append(record_id)
    shown = {kind: _fetched(work, kind, ids)[:PER_KIND] for kind, ids in by_kind.items()}
    return {kind: rows for kind, rows in shown.items() if rows}


def _ranked(work: Work, typed: str) -> list[tuple[Kind, int]]:
    """Return kinds and ids, the likeliest first."""
    kinds = [kind for kind, permission in MAY_FIND.items() if work.actor.may(permission)]
    words = sought(typed)
    beginning = [[f"  {words[0]}"], *([word] for word in words[1:])]
    found = search_all.hits(work, [(beginning, _BEGIN), ([[word] for word in words], _EXACT)], kinds)
    if len(found) < _ENOUGH and any(map(forgives, words)):
        loose = [survivors(word) if forgives(word) else [word] for word in words]
        found = list(dict.fromkeys(found + search_all.hits(work, [(loose, _LOOSE)], kinds)))
    alike = likenesses(typed.split(), [hit.words for hit in found])
    begins = [hit.words.startswith(f"  {typed}") for hit in found]
    scored = sorted(
        (-score, not first, len(hit.words), hit.kind, hit.record_id)
        for hit, score, first in zip(found, alike, begins, strict=True)
        if score
    )
    return [(Kind(kind), record_id) for _score, _first, _length, kind, record_id in scored]


def _fetched(work: Work, kind: Kind, ids: Sequence[int]) -> list[Found]:
    rows = {row.id: row for row in _FETCH[kind](work, ids)}
    return [rows[record_id] for record_id in ids if record_id in rows]


def _employers(work: Work, ids: Sequence[int]) -> list[Found]:
    rows = work.session.exec(select(Employer).where(col(Employer.id).in_(ids), not_archived()))
    return [
        Found(Kind.EMPLOYER, key(row), row.name, row.city, ended=row.ceased_on is not None, opens=key(row))
        for row in rows
    ]


def _people(work: Work, ids: Sequence[int]) -> list[Found]:
    asked = _with_employer(ContactPerson, ids, ContactPerson.name, ContactPerson.job_title)
    rows = work.session.execute(asked.where(col(ContactPerson.active), not_archived()))
    return [
        Found(Kind.PERSON, person_id, name, employer, job_title, opens=employer_id)
        for person_id, employer_id, employer, name, job_title in rows
    ]


def _contracts(work: Work, ids: Sequence[int]) -> list[Found]:
    asked = _with_employer(Contract, ids, Contract.title, Contract.reference, Contract.state)
    return [
        Found(Kind.CONTRACT, found, title, employer, reference, ended=state in _OVER, opens=found)
        for found, _employer_id, employer, title, reference, state in work.session.execute(asked)
    ]


def _cases(work: Work, ids: Sequence[int]) -> list[Found]:
    asked = _with_employer(CarvingCase, ids, CarvingCase.department, CarvingCase.stage)
    return [
        Found(Kind.CASE, found, department, employer, stage, opens=found)
        for found, _employer_id, employer, department, stage in work.session.execute(asked)
    ]


def _candidates(work: Work, ids: Sequence[int]) -> list[Found]:
    """Return candidates by reference; one who was placed opens on the last placement."""
    last = (
        select(func.max(Placement.id))
        .where(Placement.candidate_id == Candidate.id)
        .correlate(Candidate)
        .scalar_subquery()
    )
    asked: Any = sa_select(Candidate.id, Candidate.reference, Candidate.group, last)  # type: ignore[call-overload]
    return [
        Found(Kind.CANDIDATE, found, reference, note=group, opens=placement_id)
        for found, reference, group, placement_id in work.session.execute(
            asked.where(col(Candidate.id).in_(ids))
        )
    ]


def _placements(work: Work, ids: Sequence[int]) -> list[Found]:
    asked = _with_employer(
        Placement, ids, Placement.job_title, Placement.candidate_reference, Placement.ended_on
    )
    sees = work.actor.may(Permission.CANDIDATE_VIEW)
    return [
        Found(
            Kind.PLACEMENT, found, job_title, employer, reference if sees else None, ended is not None, found
        )
        for found, _employer_id, employer, job_title, reference, ended in work.session.execute(asked)
    ]


def _parties(work: Work, ids: Sequence[int]) -> list[Found]:
    rows = work.session.exec(select(Party).where(col(Party.id).in_(ids)))
    return [
        Found(Kind.PARTY, key(party), party.name, None, party.kind, party.ended_on is not None, key(party))
        for party in rows
    ]


def _needs(work: Work, ids: Sequence[int]) -> list[Found]:
    asked = _with_employer(Need, ids, Need.what, Need.kind, Need.closed_on)
    return [
        Found(Kind.NEED, found, what, employer, kind, closed is not None, found)
        for found, _employer_id, employer, what, kind, closed in work.session.execute(asked)
    ]


def _with_employer(model: Any, ids: Sequence[int], *columns: Any) -> Any:
    """Return the statement for records with the id and name of their employer, by their ids."""
    asked: Any = sa_select(model.id, model.employer_id, col(Employer.name), *columns)
    return asked.join(Employer, col(Employer.id) == model.employer_id).where(model.id.in_(ids))


_OVER = (ContractState.WITHDRAWN, ContractState.SETTLED)
_FETCH: Mapping[Kind, Callable[[Work, Sequence[int]], list[Found]]] = {
    Kind.EMPLOYER: _employers,
    Kind.PERSON: _people,
    Kind.CONTRACT: _contracts,
    Kind.CASE: _cases,
    Kind.CANDIDATE: _candidates,
    Kind.PLACEMENT: _placements,
    Kind.PARTY: _parties,
    Kind.NEED: _needs,
}
