"""Letters about a contract: those that were made, and what a new one would say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from crm.accounts.records import User
from crm.core import clock
from crm.core.work import Work
from crm.employers.records import Employer
from crm.sroi.documents import letters
from crm.sroi.queries.contracts import contract_page
from crm.sroi.queries.rows import ContractPage
from crm.sroi.queries.statements import statements_of
from crm.sroi.records import Letter
from crm.sroi.states import LetterKind


@dataclass(frozen=True)
class LetterRow:
    """A letter that was made, in a list."""

    id: int
    kind: LetterKind
    language: str
    made_at: datetime
    made_by: str


def letters_of(work: Work, contract_id: int, limit: int = 50) -> list[LetterRow]:
    """Return the letters that were made about a contract, the newest first."""
    columns: tuple[Any, ...] = (Letter.id, Letter.kind, Letter.language, Letter.made_at, User.name)
    wanted: Any = (
        select(*columns)
        .outerjoin(User, col(User.id) == Letter.made_by_id)
        .where(Letter.contract_id == contract_id)
        .order_by(col(Letter.made_at).desc(), col(Letter.id).desc())
        .limit(limit)
    )
    return [
        LetterRow(letter_id, kind, language, made_at, name or "Vliegwiel")
        for letter_id, kind, language, made_at, name in work.session.exec(wanted)
    ]


def letter_about(
    work: Work,
    contract_id: int,
    kind: LetterKind,
    language: str,
    paragraph: str = "",
    page: ContractPage | None = None,
) -> letters.Letter:
    """Return what a new letter would be made from; `page` is the contract when it is known already.

    Raises `NotFound` when the contract is not the actor's.
    """
    page = page or contract_page(work, contract_id)
    made = statements_of(work, contract_id)
    return letters.Letter(
        page=page,
        kind=kind,
        language=language,
        today=clock.today(),
        paper=made[0].paper if made else None,
        code=made[0].code if made else "",
        paragraph=paragraph,
    )


def address_of(work: Work, employer_id: int) -> tuple[str, ...]:
    """Return the lines of an employer's address, as far as it is known: street, then postcode and place."""
    employer = work.get(Employer, employer_id)
    place = "  ".join(part for part in (employer.postcode, (employer.city or "").upper()) if part)
    return tuple(line for line in (employer.street, place) if line)


def stored_letter(work: Work, letter_id: int) -> dict[str, Any]:
    """Return what a letter is made from; raises `NotFound` when it is not the actor's."""
    inputs: dict[str, Any] = json.loads(work.get(Letter, letter_id).inputs)
    return inputs
