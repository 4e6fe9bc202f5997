"""Which contract of an employer a carved job or a placement could help, for many employers at once."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import col

from crm.core import clock
from crm.core.work import Work
from crm.sroi.queries.register import as_rows, contract_rows
from crm.sroi.queries.rows import ContractRow
from crm.sroi.records import Contract
from crm.sroi.standing import OPEN


def contracts_to_serve(work: Work, employer_ids: Collection[int]) -> dict[int, ContractRow]:
    """Return each employer's open contract on which most euros are still needed, by employer."""
    wanted = contract_rows().where(col(Contract.employer_id).in_(employer_ids), col(Contract.state).in_(OPEN))
    most: dict[int, ContractRow] = {}
    for row in as_rows(work.session.exec(wanted), clock.today()):
        known = most.get(row.employer_id)
        if row.needed_cents > 0 and (known is None or row.needed_cents > known.needed_cents):
            most[row.employer_id] = row
    return most
