"""How an employer is built up: the concern it belongs to, and what it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select as sa_select
from sqlmodel import col, select

from crm.accounts.records import Region
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer, Municipality
from crm.employers.records_structure import EmployerActivity, MotherCompany
from crm.employers.rules import SbiEdition

MOST_SHOWN = 200


@dataclass(frozen=True)
class FamilyRow:
    """A company of a concern; `depth` counts from the top, which stands at 0."""

    id: int
    name: str
    city: str | None
    kvk_number: str | None
    depth: int


@dataclass(frozen=True)
class ActivityRow:
    """A further activity of an employer."""

    id: int
    edition: SbiEdition
    code: str


@dataclass(frozen=True)
class Whereabouts:
    """The municipality of an employer with its CBS code, and its region ("arbeidsmarktregio")."""

    municipality: str | None
    municipality_code: str | None
    region: str
    region_code: str


def family(work: Work, employer_id: int) -> list[FamilyRow]:
    """Return the concern of an employer as a tree, read from top to bottom; nothing when it stands alone.

    Companies that the actor does not see are left out, with all under them.
    """
    top = next(iter(reversed(above(work, employer_id))), employer_id)
    below = sa_select(col(MotherCompany.employer_id), col(MotherCompany.mother_id)).where(
        col(MotherCompany.mother_id) == top
    )
    tree = below.cte("tree", recursive=True)
    tree = tree.union(
        sa_select(col(MotherCompany.employer_id), col(MotherCompany.mother_id)).join(
            tree, col(MotherCompany.mother_id) == tree.c.employer_id
        )
    )
    found: Any = (
        sa_select(
            col(Employer.id),
            col(Employer.name),
            col(Employer.city),
            col(Employer.kvk_number),
            tree.c.mother_id,
        )
        .outerjoin(tree, tree.c.employer_id == Employer.id)
        .where((col(Employer.id) == top) | tree.c.employer_id.is_not(None))
        .order_by(col(Employer.name))
        .limit(MOST_SHOWN)
    )
    rows = work.session.execute(found).all()
    return _laid_out([tuple(row) for row in rows], top) if len(rows) > 1 else []


def above(work: Work, employer_id: int) -> list[int]:
    """Return the ids of the companies above an employer, the nearest first."""
    ladder = (
        sa_select(col(MotherCompany.employer_id), col(MotherCompany.mother_id))
        .where(col(MotherCompany.employer_id) == employer_id)
        .cte("ladder", recursive=True)
    )
    ladder = ladder.union(
        sa_select(col(MotherCompany.employer_id), col(MotherCompany.mother_id)).join(
            ladder, col(MotherCompany.employer_id) == ladder.c.mother_id
        )
    )
    rungs = work.session.execute(sa_select(ladder.c.employer_id, ladder.c.mother_id)).all()
    mothers: dict[int, int] = {rung.employer_id: rung.mother_id for rung in rungs}
    found, now = [], mothers.get(employer_id)
    while now is not None and now not in found:
        found.append(now)
        now = mothers.get(now)
    return found


def mother_of(work: Work, employer_id: int) -> MotherCompany | None:
    """Return the record that puts an employer under a mother company."""
    return work.session.exec(select(MotherCompany).where(MotherCompany.employer_id == employer_id)).first()


def activities(work: Work, employer_id: int) -> list[ActivityRow]:
    """Return the further activities of an employer, by edition and code."""
    found = (
        select(EmployerActivity)
        .where(EmployerActivity.employer_id == employer_id)
        .order_by(col(EmployerActivity.edition), col(EmployerActivity.code))
    )
    return [ActivityRow(key(one), one.edition, one.code) for one in work.session.exec(found)]


def whereabouts(work: Work, employer_id: int) -> Whereabouts:
    """Return in which municipality and labour-market region an employer is."""
    row = work.session.execute(
        sa_select(col(Municipality.name), col(Municipality.code), col(Region.name), col(Region.code))
        .select_from(Employer)
        .join(Region, col(Region.id) == Employer.region_id)
        .outerjoin(Municipality, col(Municipality.id) == Employer.municipality_id)
        .where(col(Employer.id) == employer_id)
    ).one()
    return Whereabouts(*row)


def _laid_out(rows: list[tuple[Any, ...]], top: int) -> list[FamilyRow]:
    """Return the rows of a tree, each mother before its daughters."""
    by_mother: dict[int | None, list[tuple[Any, ...]]] = {}
    for row in rows:
        by_mother.setdefault(None if row[0] == top else row[4], []).append(row)
    laid: list[FamilyRow] = []

    def lay(mother: int | None, depth: int) -> None:
        for company_id, name, city, number, _mother in by_mother.pop(mother, []):
            laid.append(FamilyRow(company_id, name, city, number, depth))
            lay(company_id, depth + 1)

    lay(None, 0)
    return laid
