"""Keeping the hours of work of a contract; for actions that asked for the permission."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm.attributes import flag_modified

from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.sroi.queries.contract_hours import hours_kept
from crm.sroi.records import Contract
from crm.sroi.records.contract_hours import ContractHours
from crm.sroi.standing import OPEN


def keep_hours(work: Work, contract: Contract, hours: Decimal | None) -> None:
    """Put the hours of work on a contract that was written; None takes them away.

    The contract counts a change of its hours as one of its own, so that nobody saves over it unseen. Raises
    `Invalid` for `contract_hours` when the obligation that rests on them is confirmed.
    """
    found = hours_kept(work, key(contract))
    if (found.hours if found else None) == hours:
        return
    if contract.state in OPEN:
        raise Invalid(
            "contract_hours",
            "The obligation is confirmed. Take the confirmation back before you change this.",
        )
    flag_modified(contract, "title")
    if found is None:
        add_hours(work, contract, hours)
    elif hours is None:
        work.session.delete(found)
    else:
        found.hours = hours
    work.flush()


def add_hours(work: Work, contract: Contract, hours: Decimal | None) -> None:
    """Keep the hours of a contract that has none yet; nothing for None."""
    if hours is not None:
        work.add(
            ContractHours(
                region_id=contract.region_id,
                authority_id=contract.authority_id,
                employer_id=contract.employer_id,
                contract_id=key(contract),
                hours=hours,
            )
        )


def follow_contractor(work: Work, contract: Contract) -> None:
    """Let the hours of a contract go with it to another contractor."""
    found = hours_kept(work, key(contract))
    if found is not None:
        found.employer_id = contract.employer_id
