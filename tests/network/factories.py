"""Makes members of the network and ties between employers."""

from __future__ import annotations

from datetime import date
from typing import Any

from crm.core.records import key
from crm.employers.records import Employer
from crm.network.records import Membership, Tie
from crm.network.rules import Motive, TieKind
from tests.factories import save


def make_member(employer: Employer, **values: Any) -> Membership:
    """Make an employer a member of the network."""
    values = {"joined_on": date(2025, 1, 1), "motive": Motive.NEEDS_STAFF, **values}
    return save(Membership(region_id=employer.region_id, employer_id=key(employer), **values))


def make_tie(employer: Employer, other: Employer, kind: TieKind = TieKind.SUPPLIER, **values: Any) -> Tie:
    """Tie two employers, told from the first."""
    values = {"since": date(2025, 1, 1), **values}
    return save(
        Tie(
            region_id=employer.region_id,
            employer_id=key(employer),
            other_employer_id=key(other),
            kind=kind,
            **values,
        )
    )
