"""How a contract ends: settled with a final statement, corrected when it was wrong, and its letters."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.exc import IntegrityError

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.sroi import statements
from crm.sroi.actions.contracts import require_state, unchanged
from crm.sroi.commands import CorrectStatement, MakeLetter, SettleContract
from crm.sroi.documents.letters import letter_inputs
from crm.sroi.queries import contract_page, deciding
from crm.sroi.queries.letters import address_of, letter_about
from crm.sroi.queries.shares import held_cents
from crm.sroi.queries.statements import copy_is_known, current_number, frame_of
from crm.sroi.records import Contract, Letter, Statement, StatementCopy
from crm.sroi.rules import Explanation
from crm.sroi.rules.changing import rests_on_estimate
from crm.sroi.standing import OPEN
from crm.sroi.statements import Decisions
from crm.sroi.states import ContractState


@action(Permission.CONTRACT_EDIT, SettleContract)
def settle_contract(work: Work, command: SettleContract) -> int:
    """Close a contract with what was approved, and make its final statement.

    Raises `Invalid` while efforts wait for review, while parts of other companies are more than the
    obligation, while a repair period still runs for a shortfall, while the obligation still holds an estimate
    of turnover after the last day, and for `last_instalment_cents` when the rule set needs it.
    """
    contract = unchanged(work, command.contract_id, command.version)
    require_state(contract, *OPEN)
    _require_real_invoices(contract)
    _require_parts_that_fit(work, contract)
    if contract.submitted_cents or deciding.has_waiting_efforts(work, command.contract_id):
        raise Invalid("contract_id", "Efforts still wait for review. Review them first, then settle.")
    statement = _make(work, contract, command, current_number(work, command.contract_id) + 1, "")
    contract.state = ContractState.SETTLED
    contract.settled_on = clock.today()
    return statement.contract_id


@action(Permission.CONTRACT_EDIT, CorrectStatement)
def correct_statement(work: Work, command: CorrectStatement) -> int:
    """Make a new version of a final statement that says why; the old one stays.

    Raises `Invalid` when somebody else corrected it meanwhile, and like settling.
    """
    contract = unchanged(work, command.contract_id, command.version)
    require_state(contract, ContractState.SETTLED)
    number = current_number(work, command.contract_id)
    if number != command.number:
        raise Invalid(
            "contract_id", "Somebody corrected this statement meanwhile. Look at it again and decide."
        )
    return _make(work, contract, command, number + 1, command.reason).contract_id


@action(Permission.CONTRACT_EDIT, MakeLetter)
def make_letter(work: Work, command: MakeLetter) -> int:
    """Make a letter and keep it; it is sent by people, never from here. Return its id."""
    about = letter_about(
        work, command.contract_id, command.kind, command.language, paragraph=command.paragraph
    )
    contract = work.get(Contract, command.contract_id)
    letter = Letter(
        region_id=contract.region_id,
        authority_id=contract.authority_id,
        employer_id=contract.employer_id,
        contract_id=command.contract_id,
        kind=command.kind,
        language=command.language,
        made_at=clock.now(),
        made_by_id=work.actor.user_id,
        inputs=statements.canonical(
            letter_inputs(
                replace(about, address=address_of(work, contract.employer_id), sender=_signer(work))
            )
        ),
    )
    return key(work.add(letter))


def _signer(work: Work) -> str:
    return work.actor.name if work.actor.user_id is not None else ""


def note_copy(work: Work, statement_id: int, language: str, sha256: str) -> None:
    """Remember the hash of a PDF that is handed out, once."""
    if copy_is_known(work, statement_id, sha256):
        return
    parent = work.get(Statement, statement_id)
    copy = StatementCopy(
        region_id=parent.region_id,
        authority_id=parent.authority_id,
        employer_id=parent.employer_id,
        statement_id=statement_id,
        language=language,
        sha256=sha256,
        made_at=clock.now(),
    )
    try:
        with work.session.begin_nested():
            work.session.add(copy)
    except IntegrityError:
        # Somebody else was handed the same bytes a moment earlier.
        return


def _require_real_invoices(contract: Contract) -> None:
    """Raise `Invalid` when the term is over and the obligation still goes by an estimate of turnover."""
    obligation = Explanation.from_json(contract.obligation_explanation)
    if clock.today() > contract.end_on and rests_on_estimate(obligation):
        raise Invalid(
            "contract_id",
            "The obligation still holds an estimate of the turnover. Note the last invoices first, or 0 when "
            "there were none; then settle.",
        )


def _require_parts_that_fit(work: Work, contract: Contract) -> None:
    """Raise `Invalid` when the obligation was lowered below what other companies took over of it."""
    if held_cents(work, key(contract)) > contract.obligation_cents:
        raise Invalid(
            "contract_id",
            "The parts of other companies are more than the obligation together. Propose a new split on the "
            "contract, under Course, or take parts back; then settle.",
        )


def _make(work: Work, contract: Contract, command: SettleContract, number: int, reason: str) -> Statement:
    page = contract_page(work, command.contract_id)
    frame = frame_of(work, command.contract_id, number, reason)
    inputs = statements.gather(page, frame, Decisions(command.last_instalment_cents, command.not_to_blame))
    until = contract.repair_until
    if inputs["totals"]["shortfall_cents"] and until is not None and frame.today <= until:
        raise Invalid("contract_id", "The repair period still runs. Settle when it is over.")
    text = statements.canonical(inputs)
    sha256 = statements.digest(text)
    return work.add(
        Statement(
            region_id=contract.region_id,
            authority_id=contract.authority_id,
            employer_id=contract.employer_id,
            contract_id=command.contract_id,
            number=number,
            code=statements.check_code(sha256),
            sha256=sha256,
            made_at=clock.now(),
            made_by_id=work.actor.user_id,
            inputs=text,
        )
    )
