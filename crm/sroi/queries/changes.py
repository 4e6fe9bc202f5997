"""The changes of a contract after it was confirmed, and what of them still holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.money import euros
from crm.core.records import key
from crm.core.work import Work
from crm.sroi.records import ContractChange
from crm.sroi.rules import Explanation
from crm.sroi.rules.changing import Change, ChangeKind, EndingMethod


@dataclass(frozen=True)
class ChangeRow:
    """A change with the obligation before and after it, in whole cents, and why it is that much."""

    id: int
    kind: ChangeKind
    holds_on: date
    starts_on: date | None
    ends_on: date | None
    amount_cents: int | None
    method: EndingMethod | None
    reference: str
    reason: str
    old_value_cents: int
    new_value_cents: int
    old_obligation_cents: int
    new_obligation_cents: int
    old_end_on: date
    new_end_on: date
    noted_at: datetime
    noted_by: str | None
    takes_back_id: int | None
    taken_back: bool
    told: Explanation


def changes_of(work: Work, contract_id: int) -> list[ChangeRow]:
    """Return the changes of a contract in the order in which they were noted, also those taken back."""
    wanted = (
        select(ContractChange, User.name)
        .outerjoin(User, col(User.id) == ContractChange.noted_by_id)
        .where(ContractChange.contract_id == contract_id)
        .order_by(col(ContractChange.id))
    )
    found = work.session.exec(wanted).all()
    wrong = {change.takes_back_id for change, _ in found}
    return [_row(change, name, change.id in wrong) for change, name in found]


def in_force(rows: Iterable[ChangeRow]) -> list[Change]:
    """Return the changes that hold, as the rules know them: nothing that was taken back."""
    return [as_change(row) for row in rows if not row.taken_back and row.kind is not ChangeKind.TAKEN_BACK]


def as_change(row: ChangeRow | ContractChange) -> Change:
    """Return a change on record as the rules know it."""
    reason = f"{row.reference}, {row.reason}" if row.reference else row.reason
    return Change(
        kind=row.kind,
        on=row.holds_on,
        reason=reason,
        amount=None if row.amount_cents is None else euros(row.amount_cents),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        method=row.method,
    )


def _row(change: ContractChange, noted_by: str | None, taken_back: bool) -> ChangeRow:
    names = set(ChangeRow.__dataclass_fields__) - {"id", "noted_by", "taken_back", "told"}
    return ChangeRow(
        **change.model_dump(include=names),
        id=key(change),
        noted_by=noted_by,
        taken_back=taken_back,
        told=Explanation.from_json(change.explanation),
    )
