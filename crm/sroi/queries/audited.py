"""What the records in the audit log are called, as far as the reader may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlmodel import col, select

from crm.accounts.queries import AuditRow
from crm.accounts.records import User
from crm.core.work import Work
from crm.employers.records import Employer
from crm.sroi.records import Authority, Contract

EMPLOYERS, CONTRACTS, USERS, AUTHORITIES = "employers", "contracts", "users", "authorities"
_NAMES: dict[str, tuple[Any, Any]] = {
    EMPLOYERS: (Employer.id, Employer.name),
    CONTRACTS: (Contract.id, Contract.title),
    USERS: (User.id, User.name),
    AUTHORITIES: (Authority.id, Authority.name),
}
_FIELDS = {
    "employer_id": EMPLOYERS,
    "other_employer_id": EMPLOYERS,
    "contract_id": CONTRACTS,
    "user_id": USERS,
    "officer_id": USERS,
    "owner_id": USERS,
    "holder_id": USERS,
    "author_id": USERS,
    "authority_id": AUTHORITIES,
}

Names = dict[tuple[str, str], str]


def table_of_field(name: str) -> str | None:
    """Return which table a field of a record refers to, of the tables that have names."""
    return USERS if name.endswith("_by_id") else _FIELDS.get(name)


def names_in_log(work: Work, rows: Iterable[AuditRow]) -> Names:
    """Return by table and number the names that entries speak of, in at most four queries.

    What lies beyond the reader's scope has no name here, and stays a number.
    """
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for table, number in _spoken_of(row):
            wanted[table].add(number)
    return {
        (table, str(number)): name
        for table, numbers in sorted(wanted.items())
        for number, name in work.session.exec(_named(table, numbers))
    }


def _named(table: str, numbers: set[int]) -> Any:
    number, name = _NAMES[table]
    return select(number, name).where(col(number).in_(sorted(numbers)))


def _spoken_of(row: AuditRow) -> Iterator[tuple[str, int]]:
    if row.object_type in _NAMES and row.object_id.isdecimal():
        yield row.object_type, int(row.object_id)
    for changed in row.fields:
        table = table_of_field(changed.name)
        for value in (changed.before, changed.after):
            if table is not None and isinstance(value, int):
                yield table, value
