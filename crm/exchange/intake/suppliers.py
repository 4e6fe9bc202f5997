"""The employer that a supplier in a notice stands for: found here, or made."""

from __future__ import annotations

from sqlmodel import col, select

from crm.core import search
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.employers.rules import Segment, folded, search_key
from crm.exchange.rules import Finding

_LONGEST_NAME = 200
LONGEST_KEY = 400


def employer_for(work: Work, name: str, kvk_number: str, region_id: int) -> int:
    """Return the id of the employer: by KvK number, else by exactly this name in the region, else new.

    Somebody of this name without a number is given the number. Raises `Invalid` when a supplier without a
    number can be more than one employer, or its name is too long.
    """
    numbered = _by_number(work, kvk_number) if kvk_number else None
    if numbered is not None:
        return numbered
    named = _by_name(work, name, region_id)
    without = [employer for employer in named if employer.kvk_number is None]
    fitting = without if kvk_number or without else named
    if len(fitting) > 1:
        raise Invalid("supplier_name", Finding.SAME_NAME)
    if fitting:
        return _known(fitting[0], kvk_number)
    return _new(work, name, kvk_number, region_id)


def _known(employer: Employer, kvk_number: str) -> int:
    if kvk_number and employer.kvk_number is None:
        employer.kvk_number = kvk_number
        employer.search_key = search_key(employer.name, employer.city, kvk_number)[:LONGEST_KEY]
    return key(employer)


def _by_number(work: Work, kvk_number: str) -> int | None:
    return work.session.exec(select(Employer.id).where(Employer.kvk_number == kvk_number)).first()


def _by_name(work: Work, name: str, region_id: int) -> list[Employer]:
    wanted = folded(name)
    if not wanted:
        return []
    starting = select(Employer).where(
        Employer.region_id == region_id, search.starts_with(work, wanted, col(Employer.search_key))
    )
    return [employer for employer in work.session.exec(starting) if folded(employer.name) == wanted]


def _new(work: Work, name: str, kvk_number: str, region_id: int) -> int:
    if len(name) > _LONGEST_NAME:
        raise Invalid("supplier_name", Finding.TOO_LONG, limit=_LONGEST_NAME)
    made = Employer(
        region_id=region_id,
        name=name or kvk_number,
        kvk_number=kvk_number or None,
        segment=Segment.SROI_ONLY,
    )
    made.search_key = search_key(made.name, None, made.kvk_number)[:LONGEST_KEY]
    return key(work.add(made))
