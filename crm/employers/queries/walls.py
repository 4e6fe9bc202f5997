"""Questions about which contracts somebody with a portal sees, for when two employers become one or part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from crm.accounts.records import UserAuthority
from crm.accounts.records_access import HiddenContract
from crm.core.work import Work
from crm.employers.moving import model_of
from crm.employers.records import Employer
from crm.employers.records_merging import FormerLimits


@dataclass(frozen=True)
class Contracts:
    """The contracts that an employer has itself, and those of others that it has or was offered a part of."""

    own: frozenset[int]
    parts: frozenset[int]

    def new_in(self, other: Contracts) -> frozenset[int]:
        """Return what would come into view with another employer, or more of it than a part."""
        return other.own | (other.parts - self.own - self.parts)

    def apart_from(self, other: Contracts) -> frozenset[int]:
        """Return what can be in view without anything of another employer's."""
        return self.own | (self.parts - other.own)


def contracts_of(work: Work, employer_id: int) -> Contracts:
    """Return the contracts of an employer, and those of others of which it has or was offered a part."""
    # The tables of contracts belong to a noun that stands on this one.
    contract: Any = model_of("contracts")
    own = select(contract.id).where(contract.employer_id == employer_id)
    parts = (found for asked in _parts(employer_id) for found in work.session.exec(asked))
    return Contracts(frozenset(work.session.exec(own)), frozenset(parts))


def _parts(employer_id: int) -> tuple[Any, ...]:
    """Return who may have a part: chosen by name, by the KvK number, and who answered to that before."""
    part: Any = model_of("obligation_shares")
    answer: Any = model_of("share_answers")
    numbered: Any = model_of("share_numbers")
    number = select(Employer.kvk_number).where(Employer.id == employer_id).scalar_subquery()
    chosen = (part.other_employer_id == employer_id, part.employer_id != employer_id)
    return (
        select(part.contract_id).where(*chosen),
        select(part.contract_id)
        .join(answer, answer.share_id == part.id)
        .where(answer.employer_id == employer_id),
        select(part.contract_id)
        .join(numbered, numbered.share_id == part.id)
        .where(numbered.kvk_number == number),
    )


def have_agreed(work: Work, one: int, other: int) -> bool:
    """Return whether one of two employers said yes to a part that the other offered by KvK number."""
    part: Any = model_of("obligation_shares")
    answer: Any = model_of("share_answers")
    asked = select(part.id).join(answer, answer.share_id == part.id)
    both = (part.employer_id.in_((one, other)), answer.employer_id.in_((one, other)), answer.agrees)
    return work.session.exec(asked.where(*both, part.employer_id != answer.employer_id)).first() is not None


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
