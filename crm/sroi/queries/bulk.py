"""The tags of contracts, what a change for many of them would do, and the last one that can be undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select

from crm.accounts.records import User, UserAuthority
from crm.core.access import Role
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.employers.rules_bulk import BulkRow, LastBulk
from crm.sroi.records import Authority, Contract
from crm.sroi.records.bulk import ContractBulk, ContractBulkStep, ContractTag
from crm.sroi.rules.bulk import ContractBulkKind

MOST_TAGS = 60


def preview(work: Work, kind: ContractBulkKind, value: str, contract_ids: Collection[int]) -> list[BulkRow]:
    """Return what the change would do to each contract in view, by title; in at most two questions.

    A contract of an authority that the colleague does not work for does not fit.
    """
    found = select(Contract, Employer.name).join(Employer, col(Employer.id) == Contract.employer_id)
    found = found.where(col(Contract.id).in_(contract_ids)).order_by(col(Contract.title), col(Contract.id))
    is_owner = kind is ContractBulkKind.OWNER
    tagged = set() if is_owner else contracts_tagged(work, value, contract_ids)
    served = authorities_served(work, int(value)) if is_owner else set()
    after = None if kind is ContractBulkKind.UNTAG else value
    return [
        BulkRow(
            key(row),
            f"{row.title} · {contractor}",
            value_now(row, kind, value, tagged),
            after,
            fits=not is_owner or row.authority_id in served,
        )
        for row, contractor in work.session.exec(found)
    ]


def value_now(contract: Contract, kind: ContractBulkKind, value: str, tagged: Collection[int]) -> str | None:
    """Return what a contract has now of what a change is about, as it is kept."""
    if kind is ContractBulkKind.OWNER:
        return None if contract.officer_id is None else str(contract.officer_id)
    return value if contract.id in tagged else None


def contracts_tagged(work: Work, tag: str, contract_ids: Collection[int]) -> set[int]:
    """Return which of these contracts have a tag."""
    found = select(ContractTag.contract_id).where(
        ContractTag.tag == tag, col(ContractTag.contract_id).in_(contract_ids)
    )
    return set(work.session.exec(found))


def contract_tags_in_use(work: Work) -> list[str]:
    """Return the tags that contracts have, by name."""
    found = select(ContractTag.tag).distinct().order_by(col(ContractTag.tag)).limit(MOST_TAGS)
    return list(work.session.exec(found))


def tags_of_contracts(work: Work, contract_ids: Collection[int]) -> Mapping[int, list[str]]:
    """Return the tags of these contracts, by contract; in one question."""
    found = select(ContractTag.contract_id, ContractTag.tag).where(
        col(ContractTag.contract_id).in_(contract_ids)
    )
    tags: dict[int, list[str]] = defaultdict(list)
    for contract_id, tag in work.session.exec(found.order_by(col(ContractTag.tag))):
        tags[contract_id].append(tag)
    return tags


def has_contract_tag(tag: str) -> ColumnElement[bool]:
    """Return the condition that a contract has a tag."""
    return col(Contract.id).in_(select(ContractTag.contract_id).where(ContractTag.tag == tag))


def tags_on(work: Work, contract_id: int, tag: str) -> list[ContractTag]:
    """Return the records that say that a contract wears a tag."""
    worn = select(ContractTag).where(ContractTag.contract_id == contract_id, ContractTag.tag == tag)
    return list(work.session.exec(worn))


def officers(work: Work) -> dict[int, str]:
    """Return the SROI officers who work for an authority in view, by id, in order of name."""
    wanted = (
        select(User.id, User.name)
        .join(UserAuthority, col(UserAuthority.user_id) == User.id)
        .join(Authority, col(Authority.id) == UserAuthority.authority_id)
        .where(User.role == Role.SROI_OFFICER, col(User.active).is_(True))
        .order_by(col(User.name))
        .distinct()
    )
    return {int(user_id or 0): name for user_id, name in work.session.exec(wanted)}


def authorities_served(work: Work, officer_id: int) -> set[int]:
    """Return the authorities that a colleague works for as an SROI officer."""
    found = select(UserAuthority.authority_id).join(User, col(User.id) == UserAuthority.user_id)
    is_officer = (User.role == Role.SROI_OFFICER, col(User.active).is_(True))
    return set(work.session.exec(found.where(UserAuthority.user_id == officer_id, *is_officer)))


def last_contract_bulk(work: Work) -> LastBulk[ContractBulkKind] | None:
    """Return the actor's last change for many contracts, unless it was undone."""
    steps = select(func.count()).where(ContractBulkStep.bulk_id == ContractBulk.id).scalar_subquery()
    found = select(ContractBulk, steps).where(ContractBulk.made_by_id == work.actor.user_id)
    row = work.session.exec(found.order_by(col(ContractBulk.id).desc()).limit(1)).first()
    if row is None or row[0].undone_at is not None:
        return None
    change, count = row
    return LastBulk(key(change), change.version, change.kind, change.made_at, int(count))


def steps_of(work: Work, bulk_id: int) -> list[ContractBulkStep]:
    """Return what a change did, contract by contract."""
    return list(work.session.exec(select(ContractBulkStep).where(ContractBulkStep.bulk_id == bulk_id)))
