"""The employer that a supplier in a notice stands for: found here, or made."""

from __future__ import annotations

from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.employers.rules import Segment, search_key
from crm.exchange.queries.stored import employer_id_of, employers_named
from crm.exchange.rules import Finding

_LONGEST_NAME = 200
LONGEST_KEY = 400


def employer_for(work: Work, name: str, kvk_number: str, region_id: int) -> int:
    """Return the id of the employer: by KvK number, else by exactly this name in the region, else new.

    Somebody of this name without a number is given the number. Raises `Invalid` when a supplier without a
    number can be more than one employer, or its name is too long.
    """
    numbered = employer_id_of(work, kvk_number) if kvk_number else None
    if numbered is not None:
        return numbered
    named = employers_named(work, name, region_id)
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
