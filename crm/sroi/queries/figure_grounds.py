"""What published council figures were counted from, to lay a new one beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from crm.core.work import Work
from crm.employers.records import Employer
from crm.sroi.figure_commands import FigureFilter
from crm.sroi.queries.published import snapshot
from crm.sroi.records import Contract, FigureGround, FigureSnapshot
from crm.sroi.rules.figures import Basis, ContractFact, Ground, Person
from crm.sroi.rules.small_numbers import Part

PAGE = 50


@dataclass(frozen=True)
class Grounds:
    """What was published of the same contracts and year, and whether that leaves people to be told at all.

    A contract belongs to the year of its award and to the year of its end. Whoever has the people of both
    can subtract whole years until a few are left, so people are told one way: the way that came first. Of a
    figure whose ground was not kept nobody knows what follows from it.
    """

    beside: tuple[Ground, ...]
    no_people: bool


@dataclass(frozen=True)
class Behind:
    """A contract that a published figure was counted from, with its amounts of then in whole cents."""

    contract_id: int
    title: str
    employer: str
    imposed_cents: int
    realised_cents: int


def grounds(work: Work, asked: FigureFilter) -> Grounds:
    """Return what was published in the region that can be laid beside what is asked."""
    wanted = (
        select(FigureSnapshot.year, FigureSnapshot.basis, FigureGround)
        .outerjoin(FigureGround, col(FigureGround.snapshot_id) == FigureSnapshot.id)
        .where(FigureSnapshot.region_id == asked.region_id)
        .order_by(col(FigureSnapshot.id))
    )
    beside, no_people = [], False
    for year, basis, ground in work.session.exec(wanted):
        if basis == asked.basis and year == asked.year:
            no_people |= ground is None
            beside += [] if ground is None else [_ground(ground)]
        elif basis != asked.basis and _may_share(asked, year):
            no_people |= ground is None or bool(ground.told and ground.people)
    return Grounds(tuple(beside), no_people)


def stored_people(people: Iterable[Person]) -> list[Any]:
    """Return how many people there are of each kind, to keep with a figure."""
    found = Counter(
        (tuple(sorted(one.authorities)), one.municipality_id, one.own_file, one.existing) for one in people
    )
    return [[list(kind[0]), *kind[1:], number] for kind, number in sorted(found.items(), key=str)]


def stored_cells(cells: Iterable[tuple[int | None, Part]]) -> list[Any]:
    """Return the counts that a figure tells, to keep with it: authority, part and perhaps municipality."""
    return sorted(([one, *part] if isinstance(part, tuple) else [one, part] for one, part in cells), key=str)


def stored_contracts(contracts: Iterable[ContractFact]) -> list[Any]:
    """Return the confirmed contracts with what was imposed and realised, to keep with a figure."""
    return [[one.contract_id, one.imposed_cents, one.realised_cents] for one in contracts if one.confirmed]


def contracts_behind(work: Work, snapshot_id: int, page: int = 1) -> tuple[list[Behind], int]:
    """Return the contracts of a page that a published figure is the sum of, and how many there are in all.

    The most realised come first; those that the actor may not see are left out. Raises `NotFound` when
    the figure is not the actor's to see.
    """
    ground = work.session.exec(
        select(FigureGround).where(FigureGround.snapshot_id == snapshot(work, snapshot_id).id)
    ).first()
    kept = [] if ground is None else sorted(ground.contracts, key=lambda one: (-one[2], one[0]))
    wanted = kept[(page - 1) * PAGE : page * PAGE]
    titles = select(Contract.id, Contract.title, Employer.name).join(
        Employer, col(Employer.id) == Contract.employer_id
    )
    named = {
        number: (title, employer)
        for number, title, employer in work.session.exec(
            titles.where(col(Contract.id).in_([one[0] for one in wanted]))
        )
    }
    rows = [
        Behind(number, *named[number], imposed, realised)
        for number, imposed, realised in wanted
        if number in named
    ]
    return rows, len(kept)


def _may_share(asked: FigureFilter, year: int) -> bool:
    """Return whether contracts can be in both: none ends before the year of its award."""
    return year >= asked.year if asked.basis is Basis.AWARDED else year <= asked.year


def _ground(stored: FigureGround) -> Ground:
    people = [
        Person(frozenset(authorities), own_file, municipality_id, existing)
        for authorities, municipality_id, own_file, existing, number in stored.people
        for _one in range(number)
    ]
    told = frozenset((one, part[0] if len(part) == 1 else (part[0], part[1])) for one, *part in stored.told)
    return Ground(tuple(people), told)
