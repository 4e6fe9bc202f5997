"""Questions about employers that may be one, and about those that were made one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.accounts.records import User
from crm.core.access import Permission
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import Work, seeing_all
from crm.employers.likeness import Alike, Parties, Party
from crm.employers.moving import CHOSEN
from crm.employers.records import AccountTeamMember, Employer
from crm.employers.records_merging import DifferentEmployers, EmployerMerge
from crm.employers.rules import TeamRole

_MOST_STEPS = 5
MOST_PAIRS = 1000
"""How many pairs that look alike are kept: who has seen those looks again."""


@dataclass(frozen=True)
class Side:
    """One of two employers side by side, with the fields somebody can choose from."""

    id: int
    version: int
    name: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class MergeRow:
    """A merge as screens show it; `left` is what undoing it could not put back."""

    id: int
    kept_id: int
    kept_name: str
    gone_name: str
    merged_at: datetime
    merged_by: str | None
    undone_at: datetime | None
    left: int


@dataclass(frozen=True)
class Successor:
    """The employer that another became, and how that other was called."""

    id: int
    gone_name: str


def likely_doubles(work: Work, limit: int = MOST_PAIRS) -> list[Alike]:
    """Return the employers that look most alike, without those that are known to differ.

    It reads every employer of the actor, a few seconds for 100,000, so it is done when asked for.
    """
    found = work.session.exec(
        select(Employer.id, Employer.name, Employer.postcode, Employer.city).where(
            col(Employer.ceased_on).is_(None)
        )
    )
    parties = (Party(int(known or 0), name, code or "", city or "") for known, name, code, city in found)
    different = set(work.session.exec(select(DifferentEmployers.one, DifferentEmployers.other)))
    pairs = (pair for pair in Parties(parties).pairs() if (pair.one, pair.other) not in different)
    return list(islice(pairs, limit))


def sides(work: Work, ids: Iterable[int]) -> dict[int, Side]:
    """Return employers to put side by side, by id; those that are not (any more) here are left out."""
    found = work.session.exec(select(Employer).where(col(Employer.id).in_(set(ids))))
    return {key(employer): _side(employer) for employer in found}


def recent_merges(work: Work, limit: int = 20) -> list[MergeRow]:
    """Return the last merges, newest first."""
    wanted = (
        select(EmployerMerge, Employer.name, User.name)
        .outerjoin(Employer, col(Employer.id) == EmployerMerge.kept)
        .outerjoin(User, col(User.id) == EmployerMerge.merged_by_id)
        .order_by(col(EmployerMerge.id).desc())
        .limit(limit)
    )
    return [_row(merge, kept, by) for merge, kept, by in work.session.exec(wanted)]


def known_to_differ(work: Work, one: int, other: int) -> DifferentEmployers | None:
    """Return what was noted of two employers that are not the same, the lowest id first."""
    wanted = select(DifferentEmployers).where(
        DifferentEmployers.one == one, DifferentEmployers.other == other
    )
    return work.session.exec(wanted).first()


def holders(work: Work, employer_id: int) -> list[AccountTeamMember]:
    """Return who is or was account holder ("accounthouder") of an employer."""
    wanted = select(AccountTeamMember).where(
        AccountTeamMember.employer_id == employer_id, AccountTeamMember.team_role == TeamRole.HOLDER
    )
    return list(work.session.exec(wanted))


def has_kvk_number(work: Work, kvk_number: str) -> bool:
    """Tell whether an employer has this KvK number."""
    return work.session.exec(select(Employer.id).where(Employer.kvk_number == kvk_number)).first() is not None


def became(work: Work, employer_id: int) -> Successor:
    """Return which employer an employer that went became, over as many merges as it took.

    A merge is looked up beyond scope, because also a partner keeps old addresses. Raises `NotFound` when the
    employer did not go up in another, and when that other is not the actor's.
    """
    merges: list[EmployerMerge] = []
    with seeing_all(work, Permission.EMPLOYER_VIEW):
        at: int | None = employer_id
        while at is not None and len(merges) < _MOST_STEPS:
            found = work.session.exec(_merge_of(at)).first()
            at = found.kept if found else None
            merges += [found] if found else []
    if not merges:
        raise NotFound()
    return Successor(key(work.get(Employer, merges[-1].kept)), merges[0].gone_name)


def _merge_of(employer_id: int) -> SelectOfScalar[EmployerMerge]:
    merged = select(EmployerMerge).where(
        EmployerMerge.gone == employer_id, col(EmployerMerge.undone_at).is_(None)
    )
    return merged.order_by(col(EmployerMerge.id).desc())


def _side(employer: Employer) -> Side:
    fields = {name: getattr(employer, name) for name in CHOSEN}
    return Side(key(employer), employer.version, employer.name, fields)


def _row(merge: EmployerMerge, kept: str | None, by: str | None) -> MergeRow:
    return MergeRow(
        id=key(merge),
        kept_id=merge.kept,
        kept_name=kept or "",
        gone_name=merge.gone_name,
        merged_at=merge.merged_at,
        merged_by=by,
        undone_at=merge.undone_at,
        left=len(merge.left),
    )
