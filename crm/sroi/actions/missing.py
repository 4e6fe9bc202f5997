"""What is done about an award without a contract: registered after all, or no clause and why."""

from __future__ import annotations

from typing import Any

from sqlalchemy.exc import IntegrityError

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Conflict, Invalid
from crm.core.i18n import N_
from crm.core.records import key
from crm.core.work import Work
from crm.employers.queries.finding import employer_with_kvk
from crm.employers.records import Employer
from crm.employers.rules import Segment, search_key
from crm.sroi.actions.contracts import authority_of, register_contract
from crm.sroi.commands import ContractTerms, RegisterContract
from crm.sroi.figure_commands import DecideNoClause, RegisterMissing, ReopenClause, SetClauseThreshold
from crm.sroi.missing import reckon
from crm.sroi.queries import missing as queries
from crm.sroi.records import ClauseThreshold, MissingClause
from crm.sroi.rules.missing import Decision, NoClause

TAKEN = N_("The contractor of this award belongs to another region. Ask the administrator to register it.")


@action(Permission.CONTRACT_EDIT, RegisterMissing)
def register_missing(work: Work, command: RegisterMissing) -> int:
    """Put an award in the register, to be confirmed like every contract; return the contract's id.

    Raises `Invalid` like `register_contract`, and for an award that was decided about already.
    """
    clause = _open(work, command.clause_id, command.version)
    employer_id = command.employer_id
    if employer_id is None:
        employer_id = _supplier(work, clause)
    terms = command.model_dump(include=set(ContractTerms.model_fields))
    contract_id = register_contract(
        work,
        RegisterContract(
            **terms,
            authority_id=clause.authority_id,
            employer_id=employer_id,
            award_key=clause.award_key,
            ocid=clause.ocid or None,
            cpv_code=clause.cpv_code or None,
        ),
    )
    clause.contract_id = contract_id
    _decide(work, clause, Decision.REGISTERED)
    return contract_id


@action(Permission.CONTRACT_EDIT, DecideNoClause)
def decide_no_clause(work: Work, command: DecideNoClause) -> int:
    """Settle that an award has no clause, and why; return its id."""
    clause = _open(work, command.clause_id, command.version)
    if command.no_clause is NoClause.OTHER and len(command.reason) < 3:
        raise Invalid("reason", "Say in a few words why this award has no clause.")
    clause.no_clause = command.no_clause
    clause.reason = command.reason or None
    _decide(work, clause, Decision.NO_CLAUSE)
    return command.clause_id


@action(Permission.CONTRACT_EDIT, ReopenClause)
def reopen_clause(work: Work, command: ReopenClause) -> int:
    """Take the decision back that an award has no clause; return its id."""
    clause = work.edit(MissingClause, command.clause_id, command.version, {})
    if clause.decision is not Decision.NO_CLAUSE:
        raise Invalid("clause_id", "Only a decision that there is no clause can be taken back.")
    clause.no_clause = None
    clause.reason = None
    _decide(work, clause, Decision.OPEN)
    reckon(work, clause)
    return command.clause_id


@action(Permission.CONTRACT_EDIT, SetClauseThreshold)
def set_clause_threshold(work: Work, command: SetClauseThreshold) -> int:
    """Set an authority's own threshold and hold its open awards against it; return how many are above it."""
    authority = authority_of(work, command.authority_id)
    values: dict[str, Any] = {"amount_cents": command.amount_cents, "percentage": command.percentage}
    stored = queries.threshold_of(work, command.authority_id)
    if stored is None:
        work.add(ClauseThreshold(region_id=authority.region_id, authority_id=key(authority), **values))
    else:
        if stored.version != command.version:
            raise Conflict({name: getattr(stored, name) for name in values}, values, stored.version)
        stored.amount_cents, stored.percentage = command.amount_cents, command.percentage
        work.flush()
    waiting = queries.undecided_of(work, command.authority_id)
    for clause in waiting:
        reckon(work, clause)
    return sum(clause.above for clause in waiting)


def _open(work: Work, clause_id: int, version: int) -> MissingClause:
    clause = work.edit(MissingClause, clause_id, version, {})
    if clause.decision is not Decision.OPEN:
        raise Invalid("clause_id", "Somebody decided about this award already.")
    return clause


def _decide(work: Work, clause: MissingClause, decision: Decision) -> None:
    clause.decision = decision
    clause.decided_by_id = work.actor.user_id
    clause.decided_at = clock.now()


def _supplier(work: Work, clause: MissingClause) -> int:
    """Return the employer that the supplier of an award is, made when the number is not known here."""
    known = employer_with_kvk(work, clause.supplier_kvk) if clause.supplier_kvk else None
    if known is not None:
        return key(known)
    if not clause.supplier_name:
        raise Invalid("employer_id", "Choose the contractor: the award does not name one.")
    made = Employer(
        region_id=clause.region_id,
        name=clause.supplier_name,
        kvk_number=clause.supplier_kvk or None,
        segment=Segment.SROI_ONLY,
    )
    made.search_key = search_key(made.name, None, made.kvk_number)[:400]
    try:
        return key(work.add(made))
    except IntegrityError as error:
        # Taken by an employer in a region that the actor does not see, so nothing more is said.
        raise Invalid("employer_id", TAKEN) from error
