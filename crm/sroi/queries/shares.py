"""Parts of an obligation that other companies take over, for each side only what is its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from crm.core.access import Actor, Permission
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import Work, beyond_scope
from crm.employers.records import Employer
from crm.sroi.records import Effort, ObligationShare, ShareAnswer
from crm.sroi.records.share_numbers import ShareNumber
from crm.sroi.rules.sharing import GivenOut, ShareKind, ShareState, share_state
from crm.sroi.states import EffortState

HOLDING = (ShareState.WAITS_FOR_MAIN, ShareState.WAITS_FOR_OTHER, ShareState.AGREED)


@dataclass(frozen=True)
class PartResult:
    """What another company's efforts on a contract amount to, without telling which those are."""

    employer_id: int
    approved_cents: int
    submitted_cents: int


@dataclass(frozen=True)
class ShareRow:
    """A part as the main contractor and the officer see it.

    Of a company that has not answered yet, the main contractor reads the number it filled in itself: a name
    would tell who is in the register. `by_number` tells that `other` is such a number; staff read one only
    while nobody with it is in the register.
    """

    id: int
    version: int
    other: str
    kind: ShareKind
    amount_cents: int
    starts_on: date
    ends_on: date
    note: str
    state: ShareState
    reason: str
    percentage: Decimal | None = None
    done: PartResult | None = None
    by_number: bool = False


@dataclass(frozen=True)
class OwnShare:
    """A part as the other company sees it: what, for whom, how much and when, and nothing else."""

    id: int
    contract_title: str
    authority: str
    amount_cents: int
    starts_on: date
    ends_on: date
    state: ShareState
    answered: bool
    contract_id: int


def shares_of(work: Work, contract_id: int) -> list[ShareRow]:
    """Return the parts of a contract of the actor's own, newest first, in one query.

    The names and answers of the other companies lie beyond a main contractor's scope, so it is asked there
    for the parts of its own contracts, and for nothing else.
    """
    if work.actor.may(Permission.CONTRACT_VIEW):
        return _shares(work, contract_id)
    if contract_id in work.actor.hidden:
        return []
    with beyond_scope(work.actor, Permission.PORTAL_VIEW) as everything:
        return _shares(everything, contract_id, work.actor.employer_id or 0)


def _shares(work: Work, contract_id: int, main_id: int | None = None) -> list[ShareRow]:
    numbered = aliased(Employer)
    names = (ShareNumber.kvk_number, Employer.name, numbered.name)
    approved = _done(EffortState.APPROVED, Effort.approved_cents)
    submitted = _done(EffortState.SUBMITTED, Effort.value_cents)
    found: Any = (ObligationShare, *names, ShareAnswer, approved, submitted)
    wanted: Any = (
        select(*found)
        .outerjoin(ShareNumber, col(ShareNumber.share_id) == ObligationShare.id)
        .outerjoin(
            Employer,
            and_(
                col(Employer.id) == ObligationShare.other_employer_id,
                col(Employer.id) != ObligationShare.employer_id,
            ),
        )
        .outerjoin(numbered, col(numbered.kvk_number) == ShareNumber.kvk_number)
        .outerjoin(ShareAnswer, col(ShareAnswer.share_id) == ObligationShare.id)
        .where(ObligationShare.contract_id == contract_id)
        .order_by(col(ObligationShare.id).desc())
    )
    if main_id is not None:
        wanted = wanted.where(col(ObligationShare.employer_id) == main_id)
    return [
        _row(share, answer, (number, name or other), done, staff=main_id is None)
        for share, number, name, other, answer, *done in work.session.exec(wanted)
    ]


def _done(state: EffortState, amount: Any) -> ScalarSelect[Any]:
    """Return what the company of an answer did on the contract of its part."""
    total = select(func.coalesce(func.sum(amount), 0)).where(
        Effort.contract_id == ObligationShare.contract_id,
        Effort.employer_id == ShareAnswer.employer_id,
        col(Effort.state) == state,
    )
    return total.correlate(ObligationShare, ShareAnswer).scalar_subquery()


def given_out(rows: Iterable[ShareRow]) -> list[GivenOut]:
    """Return the parts that hold, or wait for an answer, as the rules know them."""
    return [GivenOut(row.id, row.amount_cents, row.percentage) for row in rows if row.state in HOLDING]


def held_cents(work: Work, contract_id: int) -> int:
    """Return what the parts of a contract that hold or wait are together, for who reaches all of them."""
    wanted: Any = (
        select(func.coalesce(func.sum(ObligationShare.amount_cents), 0))
        .outerjoin(ShareAnswer, col(ShareAnswer.share_id) == ObligationShare.id)
        .where(
            ObligationShare.contract_id == contract_id,
            col(ObligationShare.taken_back_on).is_(None),
            col(ObligationShare.main_agrees).is_not(False),
            col(ShareAnswer.agrees).is_not(False),
        )
    )
    return int(work.session.exec(wanted).one())


def number_of(work: Work, share_id: int) -> ShareNumber | None:
    """Return the KvK number to which a part was offered; None when the company was chosen by name."""
    return work.session.exec(select(ShareNumber).where(ShareNumber.share_id == share_id)).first()


def own_shares(work: Work) -> list[OwnShare]:
    """Return the parts that were proposed to the actor's own company, newest first."""
    with beyond_scope(work.actor, Permission.PORTAL_VIEW) as everything:
        wanted: Any = (
            select(ObligationShare, ShareAnswer.agrees)
            .outerjoin(ShareNumber, col(ShareNumber.share_id) == ObligationShare.id)
            .outerjoin(ShareAnswer, col(ShareAnswer.share_id) == ObligationShare.id)
            .where(*_offered_to(work.actor))
            .order_by(col(ObligationShare.id).desc())
        )
        found = everything.session.exec(wanted).all()
    return list(_as_own(found))


def share_for_answer(work: Work, share_id: int) -> ObligationShare:
    """Return a part that was proposed to the actor's own company, only to be copied from.

    Raises `NotFound` for a part of others.
    """
    with beyond_scope(work.actor, Permission.EFFORT_SUBMIT) as everything:
        wanted = (
            select(ObligationShare)
            .outerjoin(ShareNumber, col(ShareNumber.share_id) == ObligationShare.id)
            .where(ObligationShare.id == share_id, *_offered_to(work.actor))
        )
        found = everything.session.exec(wanted).first()
    if found is None:
        raise NotFound()
    return found


def _offered_to(actor: Actor) -> list[ColumnElement[bool]]:
    """Return what makes a part one for the actor's own company: chosen for it, or sent to its number."""
    own = actor.employer_id or 0
    number = select(Employer.kvk_number).where(Employer.id == own).scalar_subquery()
    theirs = [
        col(ObligationShare.employer_id) != own,
        or_(
            and_(col(ShareNumber.id).is_(None), col(ObligationShare.other_employer_id) == own),
            col(ShareNumber.kvk_number) == number,
        ),
    ]
    if actor.authorities:
        theirs.append(col(ObligationShare.authority_id).in_(sorted(actor.authorities)))
    if actor.hidden:
        theirs.append(col(ObligationShare.contract_id).not_in(sorted(actor.hidden)))
    return theirs


def answer_to(work: Work, share_id: int) -> ShareAnswer | None:
    """Return what was answered to a part, within the actor's own scope."""
    return work.session.exec(select(ShareAnswer).where(ShareAnswer.share_id == share_id)).first()


def employer_known_as(work: Work, kvk_number: str) -> int | None:
    """Return the id of the employer with a KvK number within the actor's own scope."""
    return work.session.exec(select(Employer.id).where(Employer.kvk_number == kvk_number)).first()


def _row(
    share: ObligationShare,
    answer: ShareAnswer | None,
    known_as: tuple[str | None, str | None],
    done: Sequence[int],
    *,
    staff: bool,
) -> ShareRow:
    number, name = known_as
    by_number = number is not None and not (name and (staff or answer is not None))
    return ShareRow(
        id=key(share),
        version=share.version,
        other=f"KvK {number}" if by_number else name or "–",
        by_number=by_number,
        kind=share.kind,
        amount_cents=share.amount_cents,
        starts_on=share.starts_on,
        ends_on=share.ends_on,
        note=share.note,
        state=_state(share, answer.agrees if answer else None),
        reason=share.reason or (answer.reason if answer else None) or "",
        percentage=share.percentage,
        done=PartResult(answer.employer_id, int(done[0]), int(done[1])) if answer else None,
    )


def _as_own(found: Iterable[tuple[ObligationShare, bool | None]]) -> Iterable[OwnShare]:
    for share, agrees in found:
        yield OwnShare(
            id=key(share),
            contract_title=share.contract_title,
            authority=share.authority_name,
            amount_cents=share.amount_cents,
            starts_on=share.starts_on,
            ends_on=share.ends_on,
            state=_state(share, agrees),
            answered=agrees is not None,
            contract_id=share.contract_id,
        )


def _state(share: ObligationShare, agrees: bool | None) -> ShareState:
    taken_back = share.taken_back_on is not None
    return share_state(main_agrees=share.main_agrees, other_agrees=agrees, taken_back=taken_back)
