"""What SROI has to tell: contracts, efforts, letters and final statements."""

from __future__ import annotations

from sqlmodel import col

from crm.accounts.records import User
from crm.core.access import Permission
from crm.sroi.records import Authority, Contract, Effort, Letter, Statement
from crm.sroi.standing import CONFIRMED
from crm.sroi.states import ContractState, EffortState
from crm.timeline.queries.part import Part, day_of, no_number, nothing, text_of
from crm.timeline.rules import Happening, Topic

LISTED = (ContractState.TO_CONFIRM, *CONFIRMED)
HANDED_IN = (EffortState.SUBMITTED, EffortState.SENT_BACK, EffortState.APPROVED)

SROI = (
    Part(
        Happening.CONTRACT_AWARDED,
        frozenset({Topic.CONTRACT}),
        Permission.CONTRACT_VIEW,
        col(Contract.employer_id),
        col(Contract.award_on),
        Contract.id,
        (
            col(Contract.title),
            col(Authority.name),
            nothing(),
            text_of(Contract.state),
            col(Contract.obligation_cents),
            col(Contract.id),
        ),
        only=(col(Contract.state).in_(LISTED),),
        joined=((Authority, col(Authority.id) == Contract.authority_id),),
    ),
    Part(
        Happening.EFFORT_HANDED_IN,
        frozenset({Topic.EFFORT}),
        Permission.CONTRACT_VIEW,
        col(Effort.employer_id),
        day_of(Effort.submitted_at),
        Effort.id,
        (
            col(Contract.title),
            nothing(),
            nothing(),
            text_of(Effort.state),
            col(Effort.value_cents),
            col(Effort.contract_id),
        ),
        only=(col(Effort.submitted_at).is_not(None), col(Effort.state).in_(HANDED_IN)),
        joined=((Contract, col(Contract.id) == Effort.contract_id),),
    ),
    Part(
        Happening.LETTER_MADE,
        frozenset({Topic.LETTER}),
        Permission.CONTRACT_VIEW,
        col(Letter.employer_id),
        day_of(Letter.made_at),
        Letter.id,
        (
            col(Contract.title),
            nothing(),
            col(User.name),
            text_of(Letter.kind),
            no_number(),
            col(Letter.contract_id),
        ),
        joined=(
            (Contract, col(Contract.id) == Letter.contract_id),
            (User, col(User.id) == Letter.made_by_id),
        ),
    ),
    Part(
        Happening.STATEMENT_MADE,
        frozenset({Topic.LETTER}),
        Permission.CONTRACT_VIEW,
        col(Statement.employer_id),
        day_of(Statement.made_at),
        Statement.id,
        (
            col(Contract.title),
            nothing(),
            col(User.name),
            nothing(),
            col(Statement.number),
            col(Statement.contract_id),
        ),
        joined=(
            (Contract, col(Contract.id) == Statement.contract_id),
            (User, col(User.id) == Statement.made_by_id),
        ),
    ),
)
