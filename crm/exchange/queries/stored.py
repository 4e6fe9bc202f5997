"""What an import needs to find in the installation before it writes."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import col, select

from crm.accounts.records import Region
from crm.core import search
from crm.core.work import Work
from crm.employers.records import Employer
from crm.employers.rules import folded
from crm.exchange.records import ImportedAward, ImportRun
from crm.exchange.records_undo import ImportUndo
from crm.exchange.rules.runs import RunState
from crm.sroi.records import Authority


def regions_held(work: Work) -> list[Region]:
    """Return every region, held until the transaction ends: two imports cannot start at the same moment.

    On SQLite nothing has to be held, it has one writer at a time.
    """
    return list(work.session.exec(select(Region).order_by(col(Region.name)).with_for_update()))


def open_runs(work: Work) -> list[ImportRun]:
    """Return the runs that say they are still running."""
    return list(work.session.exec(select(ImportRun).where(ImportRun.state == RunState.RUNNING)))


def open_undos(work: Work) -> list[ImportUndo]:
    """Return the undoings that say they are still running."""
    return list(work.session.exec(select(ImportUndo).where(ImportUndo.state == RunState.RUNNING)))


def authorities(work: Work) -> list[Authority]:
    """Return every authority."""
    return list(work.session.exec(select(Authority)))


def awards_by_key(work: Work, keys: Collection[str]) -> dict[str, ImportedAward]:
    """Return what is known about these awards."""
    if not keys:
        return {}
    found = work.session.exec(select(ImportedAward).where(col(ImportedAward.key).in_(keys)))
    return {award.key: award for award in found}


def employer_id_of(work: Work, kvk_number: str) -> int | None:
    """Return the id of the employer with a KvK number, in whichever region."""
    return work.session.exec(select(Employer.id).where(Employer.kvk_number == kvk_number)).first()


def employers_named(work: Work, name: str, region_id: int) -> list[Employer]:
    """Return the employers of a region with exactly this name, but for capitals and accents."""
    wanted = folded(name)
    if not wanted:
        return []
    starting = select(Employer).where(
        Employer.region_id == region_id, search.starts_with(work, wanted, col(Employer.search_key))
    )
    return [employer for employer in work.session.exec(starting) if folded(employer.name) == wanted]
