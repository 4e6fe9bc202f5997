"""Which contracts a portal user does not see and the actor does: what letting them see more would open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, ScalarSelect, String, cast, func, or_
from sqlmodel import col, select

from crm.accounts.records_access import HiddenContract
from crm.core.access import Permission, Role
from crm.core.work import Work, seeing_all
from crm.employers.records import Employer
from crm.sroi.records import Authority, Contract, ObligationShare, ShareAnswer
from crm.sroi.records.share_numbers import ShareNumber
from crm.sroi.standing import CONFIRMED


@dataclass(frozen=True)
class SeenContract:
    """A contract that the actor sees, with the users from whom a merge hides it.

    `is_own` is whether the employer is its main contractor, and has not only a part of it.
    """

    id: int
    authority_id: int
    title: str
    authority: str
    confirmed: bool
    is_own: bool
    hidden_from: frozenset[int]


def would_open(
    work: Work, seen: Iterable[SeenContract], limits: Mapping[int, frozenset[int]]
) -> dict[int, tuple[SeenContract, ...]]:
    """Return by user what the actor could show them; `limits` has their authorities, none for all.

    Who can be shown nothing is left out. An administrator who sees every authority can take limits away also
    when no contract follows from that yet; one who is limited shows nobody anything.
    """
    at_employer = work.actor.role is Role.EMPLOYER
    if at_employer and work.actor.authorities:
        return {}
    confirmed = [one for one in seen if one.confirmed]
    opens: dict[int, tuple[SeenContract, ...]] = {}
    for user_id, own in limits.items():
        found = tuple(
            one
            for one in confirmed
            if user_id in one.hidden_from or (own and one.is_own and one.authority_id not in own)
        )
        if found or (own and at_employer):
            opens[user_id] = found
    return opens


def contracts_seen(work: Work, employer_id: int) -> list[SeenContract]:
    """Return what the actor sees of the contracts of an employer, by title, in one question.

    For staff those of which it has a part come with them.
    """
    columns: Any = (Contract.id, Contract.authority_id, Contract.title, Authority.name, Contract.state)
    found = (
        sqlalchemy.select(*columns, col(Contract.employer_id) == employer_id, _hidden_from())
        .join(Authority, col(Authority.id) == col(Contract.authority_id))
        .order_by(col(Contract.title), col(Contract.id))
    )
    is_staff = work.actor.role is not Role.EMPLOYER
    if is_staff:
        found = found.where(_of(employer_id))
    else:
        own = col(Contract.employer_id).in_(work.actor.employers & {employer_id})
        found = found.where(own, col(Contract.id).not_in(sorted(work.actor.hidden)))
    # From whom something is hidden, nobody in a portal may read by themselves.
    with nullcontext() if is_staff else seeing_all(work, Permission.COLLEAGUE_MANAGE):
        rows = work.session.execute(found).all()
    return [
        SeenContract(number, authority_id, title, authority, state in CONFIRMED, is_own, _ids(hidden))
        for number, authority_id, title, authority, state, is_own, hidden in rows
    ]


def all_contracts(work: Work, employer_id: int) -> dict[int, int]:
    """Return the contracts of an employer and those it has a part of, with their authority, also unseen ones.

    To tell what must stay out of sight, and for nothing else.
    """
    wanted = select(Contract.id, Contract.authority_id).where(_of(employer_id))
    with seeing_all(work, Permission.COLLEAGUE_MANAGE):
        return {int(one or 0): authority for one, authority in work.session.exec(wanted)}


def _of(employer_id: int) -> ColumnElement[bool]:
    part = select(ObligationShare.contract_id)
    number = select(Employer.kvk_number).where(Employer.id == employer_id).scalar_subquery()
    return or_(
        col(Contract.employer_id) == employer_id,
        col(Contract.id).in_(part.where(ObligationShare.other_employer_id == employer_id)),
        col(Contract.id).in_(
            part.join(ShareAnswer, col(ShareAnswer.share_id) == ObligationShare.id).where(
                ShareAnswer.employer_id == employer_id
            )
        ),
        col(Contract.id).in_(
            part.join(ShareNumber, col(ShareNumber.share_id) == ObligationShare.id).where(
                ShareNumber.kvk_number == number
            )
        ),
    )


def _ids(text: str | None) -> frozenset[int]:
    return frozenset(map(int, filter(None, (text or "").split(","))))


def _hidden_from() -> ScalarSelect[str]:
    users = func.aggregate_strings(cast(HiddenContract.user_id, String), ",")
    at = col(HiddenContract.contract_id) == col(Contract.id)
    return sqlalchemy.select(users).where(at).correlate(Contract).scalar_subquery()
