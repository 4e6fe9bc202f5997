"""Efforts and their evidence: of one contract, or handed in and waiting over all contracts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.access import Permission
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.sroi import rulebook
from crm.sroi.queries.reviewing import EVERYTHING, ReviewFilter, sorting, waiting
from crm.sroi.queries.rows import EffortRow, EvidenceRow, ReviewRow
from crm.sroi.records import Authority, Contract, Effort, Evidence, RuleSetVersion
from crm.sroi.rules import Bilingual, Explanation, FactsError, RuleSet
from crm.sroi.rules import Evidence as Kind
from crm.sroi.states import EffortState

OTHER_EVIDENCE = Bilingual("Ander bewijs", "Other evidence")


def efforts_of_contract(work: Work, contract_id: int) -> list[EffortRow]:
    """Return the efforts of a contract in order of their start, not those taken back.

    Raises `NotFound` when the contract is not the actor's.
    """
    contract = work.get(Contract, contract_id)
    return efforts_under(work, contract, rulebook.of_contract(work, contract))


def efforts_under(work: Work, contract: Contract, ruleset: RuleSet) -> list[EffortRow]:
    """Return the efforts of a contract whose rule set is known already."""
    wanted = (
        select(Effort, Employer.name)
        .outerjoin(Employer, col(Employer.id) == Effort.employer_id)
        .where(Effort.contract_id == contract.id, col(Effort.state) != EffortState.WITHDRAWN)
        .order_by(col(Effort.starts_on), col(Effort.id))
    )
    found = work.session.exec(wanted).all()
    kinds = _kinds_by_effort(work, Evidence.contract_id == contract.id)
    staff = work.actor.may(Permission.CONTRACT_VIEW)
    return [
        replace(
            effort_row(work, effort, ruleset, kinds[key(effort)]),
            company=name if staff and effort.employer_id != contract.employer_id else "",
        )
        for effort, name in found
    ]


def effort(work: Work, effort_id: int) -> EffortRow:
    """Return one effort; raises `NotFound` when it is not the actor's."""
    found = work.get(Effort, effort_id)
    ruleset = rulebook.of_contract(work, work.get(Contract, found.contract_id))
    kinds = _kinds_by_effort(work, Evidence.effort_id == effort_id)
    return effort_row(work, found, ruleset, kinds[effort_id])


def evidence_of_effort(work: Work, effort_id: int) -> list[EvidenceRow]:
    """Return the evidence of an effort, the oldest first; `NotFound` when the effort is not yours."""
    found = work.get(Effort, effort_id)
    ruleset = rulebook.of_contract(work, work.get(Contract, found.contract_id))
    return evidence_under(work, effort_id, ruleset)


def evidence_under(work: Work, effort_id: int, ruleset: RuleSet) -> list[EvidenceRow]:
    """Return the evidence of an effort whose rule set is known already."""
    return _evidence(work, ruleset, Evidence.effort_id == effort_id)


def evidence_of_contract(work: Work, contract_id: int, ruleset: RuleSet | None = None) -> list[EvidenceRow]:
    """Return the evidence of all efforts of a contract, the oldest first.

    `ruleset` is the one frozen on the contract, for who has read it already.
    """
    known = ruleset or rulebook.of_contract(work, work.get(Contract, contract_id))
    return _evidence(work, known, Evidence.contract_id == contract_id)


def to_review(work: Work, limit: int = 50, wanted: ReviewFilter = EVERYTHING) -> list[ReviewRow]:
    """Return efforts on open contracts that wait for a decision, unless told otherwise the oldest first."""
    order = sorting(wanted)
    return _handed_in(work, waiting(work, wanted).order_by(*order).limit(limit), order)


def recent_submissions(
    work: Work, since: datetime, limit: int = 20, holder_id: int | None = None
) -> list[ReviewRow]:
    """Return efforts that were handed in since a moment, whatever was decided, the newest first.

    At the employers of one account holder, or everywhere the actor may look when nobody is given.
    """
    newest = (col(Effort.submitted_at).desc(), col(Effort.id).desc())
    sent = col(Effort.state).in_((EffortState.SUBMITTED, EffortState.APPROVED, EffortState.SENT_BACK))
    found = select(Effort.id).where(col(Effort.submitted_at) >= since, sent)
    if holder_id is not None:
        held = col(Employer.holder_id) == holder_id
        found = found.join(Employer, col(Employer.id) == Effort.employer_id).where(held)
    return _handed_in(work, found.order_by(*newest).limit(limit), newest)


def effort_row(work: Work, found: Effort, ruleset: RuleSet, kinds: set[str]) -> EffortRow:
    """Return an effort as a row; `kinds` are the kinds of evidence that it has."""
    approved = found.approved_explanation
    return EffortRow(
        id=key(found),
        version=found.version,
        contract_id=found.contract_id,
        employer_id=found.employer_id,
        block=found.block,
        block_name=block_name(ruleset, found.block),
        subject=found.subject if knows_subjects(work) else "",
        description=found.description,
        facts=found.facts,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        state=found.state,
        value_cents=found.value_cents,
        explanation=Explanation.from_json(found.explanation),
        approved_cents=found.approved_cents,
        approved_explanation=None if approved is None else Explanation.from_json(approved),
        submitted_at=found.submitted_at,
        submitted_by_id=found.submitted_by_id,
        reviewed_at=found.reviewed_at,
        review_reason=found.review_reason,
        placement_id=found.placement_id,
        evidence_kinds=frozenset(kinds),
        missing=tuple(kind for kind in _needed(ruleset, found.block) if kind.code not in kinds),
    )


def block_name(ruleset: RuleSet, code: str) -> Bilingual:
    """Return the name of a block; its code when the rule set has no such block."""
    try:
        return ruleset.block(code).name
    except FactsError:
        return Bilingual(code, code)


def _needed(ruleset: RuleSet, code: str) -> tuple[Kind, ...]:
    try:
        return ruleset.evidence_for(ruleset.block(code))
    except FactsError:
        return ()


def knows_subjects(work: Work) -> bool:
    """Return whether the actor may see which candidate an effort is about."""
    return work.actor.may(Permission.EFFORT_OFFER) or work.actor.may(Permission.EFFORT_SUBMIT)


def _handed_in(work: Work, wanted: Any, order: Iterable[Any]) -> list[ReviewRow]:
    # The few ids come from the index alone, and only those efforts are read with their names.
    few = select(wanted.subquery().c.id)
    columns: tuple[Any, ...] = (
        Effort.id,
        Effort.contract_id,
        Effort.employer_id,
        Effort.block,
        Effort.subject,
        Effort.value_cents,
        Effort.submitted_at,
        Contract.title,
        RuleSetVersion,
        Employer.name,
        Authority.name,
    )
    rows: Any = (
        select(*columns)
        .join(Contract, col(Contract.id) == Effort.contract_id)
        .join(RuleSetVersion, col(RuleSetVersion.id) == Contract.rule_set_id)
        .join(Employer, col(Employer.id) == Effort.employer_id)
        .join(Authority, col(Authority.id) == Effort.authority_id)
        .where(col(Effort.id).in_(few))
        .order_by(*order)
    )
    return [_review_row(work, row) for row in work.session.exec(rows)]


def _review_row(work: Work, row: Any) -> ReviewRow:
    effort_id, contract_id, employer_id, block, subject, value_cents, submitted_at, title, rules, *names = row
    return ReviewRow(
        effort_id=effort_id,
        contract_id=contract_id,
        contract=title,
        authority=names[1],
        employer_id=employer_id,
        employer=names[0],
        block_name=block_name(rulebook.read(rules), block),
        subject=subject if knows_subjects(work) else "",
        value_cents=value_cents,
        submitted_at=submitted_at,
    )


def _kinds_by_effort(work: Work, of: Any) -> defaultdict[int, set[str]]:
    kinds: defaultdict[int, set[str]] = defaultdict(set)
    for effort_id, kind in work.session.exec(select(Evidence.effort_id, Evidence.kind).where(of)):
        kinds[effort_id].add(kind)
    return kinds


def _evidence(work: Work, ruleset: RuleSet, of: Any) -> list[EvidenceRow]:
    names = {kind.code: Bilingual(kind.name_nl, kind.name_en) for kind in ruleset.evidence}
    wanted = (
        select(Evidence, User.name)
        .outerjoin(User, col(User.id) == Evidence.added_by_id)
        .where(of)
        .order_by(col(Evidence.added_at), col(Evidence.id))
    )
    return [
        EvidenceRow(
            id=key(found),
            effort_id=found.effort_id,
            kind=found.kind,
            kind_name=names.get(found.kind, OTHER_EVIDENCE),
            file_name=found.file_name,
            media_type=found.media_type,
            size_bytes=found.size_bytes,
            seen_on=found.seen_on,
            added_at=found.added_at,
            added_by=added_by or "Vliegwiel",
        )
        for found, added_by in work.session.exec(wanted)
    ]
