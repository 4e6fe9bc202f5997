"""Questions about which contracts somebody with a portal sees, for when two employers become one or part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlmodel import col, select

from crm.accounts.records import UserAuthority
from crm.accounts.records_access import HiddenContract
from crm.core.work import Work
from crm.employers.moving import model_of
from crm.employers.records_merging import FormerLimits


def contracts_of(work: Work, employer_id: int) -> set[int]:
    """Return the contracts of an employer, and those of others of which it was offered a part."""
    # The tables of contracts belong to a noun that stands on this one.
    contract: Any = model_of("contracts")
    part: Any = model_of("obligation_shares")
    own = work.session.exec(select(contract.id).where(contract.employer_id == employer_id))
    parts = work.session.exec(select(part.contract_id).where(part.other_employer_id == employer_id))
    return {*own, *parts}


def hidden_rows(work: Work, user_ids: Iterable[int]) -> list[HiddenContract]:
    """Return what is hidden from these users, for a change."""
    found = select(HiddenContract).where(col(HiddenContract.user_id).in_(set(user_ids)))
    return list(work.session.exec(found.order_by(col(HiddenContract.id))))


def limits_of(work: Work, user_ids: Iterable[int]) -> dict[int, set[int]]:
    """Return to which authorities users are limited, by user; who is not there sees all."""
    found: dict[int, set[int]] = defaultdict(set)
    for row in limit_rows(work, user_ids):
        found[row.user_id].add(row.authority_id)
    return found


def limit_rows(work: Work, user_ids: Iterable[int]) -> list[UserAuthority]:
    """Return what limits these users to some authorities, for a change."""
    wanted = select(UserAuthority).where(col(UserAuthority.user_id).in_(set(user_ids)))
    return list(work.session.exec(wanted.order_by(col(UserAuthority.id))))


def former_limits(work: Work, merge_id: int) -> list[FormerLimits]:
    """Return the limits that portal users had when a merge was made, for a change."""
    wanted = select(FormerLimits).where(FormerLimits.merge_id == merge_id)
    return list(work.session.exec(wanted.order_by(col(FormerLimits.id))))


def hidden_by_user(work: Work, user_ids: Iterable[int]) -> dict[int, set[int]]:
    """Return which contracts are hidden from users, by user."""
    found: dict[int, set[int]] = defaultdict(set)
    for row in hidden_rows(work, user_ids):
        found[row.user_id].add(row.contract_id)
    return found
