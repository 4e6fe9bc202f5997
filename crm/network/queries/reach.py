"""Who opens doors, and which sectors and municipalities we do not reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func
from sqlmodel import col, select

from crm.core import clock
from crm.core.work import Work
from crm.employers.queries.archive import not_archived
from crm.employers.records import Employer, Municipality
from crm.network.brokers import Doors, doors
from crm.network.queries.nearby import names_of
from crm.network.queries.whole import network
from crm.network.records import Membership
from crm.network.rules import acquainted_since

_DIVISION = 2


@dataclass(frozen=True)
class BrokerRow:
    """A party that opens doors, by name."""

    party_id: int
    name: str
    opens: int
    only: int


@dataclass(frozen=True)
class ReachRow:
    """How many employers there are of a kind, and how many of them we spoke with in two years or are member.

    `name` is an SBI division or a municipality; None when that is not known.
    """

    name: str | None
    employers: int
    spoken: int
    members: int


@dataclass(frozen=True)
class Reach:
    """Employers by sector (SBI division) and by municipality, those we reach least first."""

    sectors: list[ReachRow]
    places: list[ReachRow]


def brokers(work: Work) -> list[BrokerRow]:
    """Return who opens most doors to employers that we did not speak with in two years."""
    found = _doors(work).brokers
    names = names_of(work, [broker.party_id for broker in found])
    return [
        BrokerRow(broker.party_id, names[broker.party_id], broker.opens, broker.only)
        for broker in found
        if broker.party_id in names
    ]


def reach(work: Work) -> Reach:
    """Return which sectors and municipalities we reach, from one question; at most ten minutes old."""
    return network(work).once(("reach", work.scope, clock.today()), lambda: _reach(work))


def _reach(work: Work) -> Reach:
    division = func.substr(Employer.sbi_code, 1, _DIVISION)
    since = acquainted_since(clock.today())
    columns: Any = (
        division,
        col(Municipality.name),
        func.count(col(Employer.id)),
        func.sum(case((col(Employer.last_contact_on) >= since, 1), else_=0)),
        func.count(col(Membership.id)),
    )
    asked: Any = (
        select(*columns)
        .select_from(Employer)
        .outerjoin(Municipality, col(Municipality.id) == Employer.municipality_id)
        .outerjoin(
            Membership,
            (col(Membership.employer_id) == Employer.id) & col(Membership.left_on).is_(None),
        )
        .where(col(Employer.ceased_on).is_(None), not_archived())
        .group_by(division, col(Municipality.name))
    )
    rows = [tuple(row) for row in work.session.exec(asked)]
    return Reach(_summed(rows, 0), _summed(rows, 1))


def _summed(rows: Iterable[tuple[Any, ...]], by: int) -> list[ReachRow]:
    every, spoken, members = Counter[Hashable](), Counter[Hashable](), Counter[Hashable]()
    for row in rows:
        name = row[by] or None
        every[name] += row[2]
        spoken[name] += int(row[3] or 0)
        members[name] += row[4]
    found = [
        ReachRow(str(name) if name is not None else None, count, spoken[name], members[name])
        for name, count in every.items()
    ]
    return sorted(found, key=lambda row: (row.spoken / row.employers, -row.employers, row.name or ""))


def _doors(work: Work) -> Doors:
    whole, regions, today = network(work), work.scope.regions, clock.today()
    return whole.once(("doors", regions, today), lambda: doors(whole.graph, regions, today))
