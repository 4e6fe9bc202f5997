"""One contract in full, and what can be counted on an employer's contracts."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Bundle
from sqlmodel import col, select

from crm.accounts.records import User
from crm.candidates.rules import TargetGroup
from crm.core import clock
from crm.core.access import visible
from crm.core.errors import NotFound
from crm.core.history import Change, history_of
from crm.core.records import Record, key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.sroi import claims, rulebook
from crm.sroi.queries.efforts import efforts_under
from crm.sroi.queries.parts import approved_on_parts, contract_for_efforts
from crm.sroi.queries.register import as_row
from crm.sroi.queries.rows import ContractPage, OfferableContract
from crm.sroi.records import (
    Authority,
    Contract,
    ContractChange,
    ContractEvent,
    Effort,
    Handover,
    ObligationShare,
    Plan,
    RuleSetVersion,
)
from crm.sroi.records.contract_hours import ContractHours
from crm.sroi.rules import Block, Explanation, RuleSet
from crm.sroi.standing import OPEN


def contract_page(work: Work, contract_id: int) -> ContractPage:
    """Return everything about a contract; raises `NotFound` when it is not the actor's."""
    officer_is = (col(User.name), col(User.phone), col(User.email))
    names: Bundle[tuple[str, str, str | None, str | None, str | None, Decimal | None]] = Bundle(
        "names", col(Employer.name), col(Authority.name), *officer_is, col(ContractHours.hours)
    )
    wanted = (
        select(Contract, RuleSetVersion, names)
        .join(RuleSetVersion, col(RuleSetVersion.id) == Contract.rule_set_id)
        .join(Employer, col(Employer.id) == Contract.employer_id)
        .join(Authority, col(Authority.id) == Contract.authority_id)
        .outerjoin(User, col(User.id) == Contract.officer_id)
        .outerjoin(ContractHours, col(ContractHours.contract_id) == Contract.id)
        .where(Contract.id == contract_id)
    )
    found = work.session.exec(wanted).first()
    if found is None:
        raise NotFound()
    contract, version, (employer, authority, officer, phone, email, hours) = found
    ruleset = rulebook.remember(work, version)
    return ContractPage(
        row=as_row(contract, employer, authority, clock.today()),
        version=contract.version,
        contract_type=contract.contract_type,
        value_cents=contract.value_cents,
        labour_share=contract.labour_share,
        percentage=contract.percentage,
        wage_bill_cents=contract.wage_bill_cents,
        contract_hours=hours,
        published_on=contract.published_on,
        confirmed_on=contract.confirmed_on,
        settled_on=contract.settled_on,
        withdrawn_reason=contract.withdrawn_reason,
        officer=officer,
        officer_phone=phone,
        officer_email=email,
        authority_id=contract.authority_id,
        cpv_code=contract.cpv_code,
        rule_set=ruleset,
        chosen_by_hand=claims.was_chosen_by_hand(contract.obligation_explanation),
        obligation=Explanation.from_json(contract.obligation_explanation),
        efforts=efforts_under(work, contract, ruleset),
        approved_on_parts=approved_on_parts(work, contract),
    )


def ruleset_of(work: Work, contract_id: int) -> RuleSet:
    """Return the rule set that was stored for a contract, or for one of which a part was taken over.

    Raises `NotFound` for any other.
    """
    return rulebook.of_contract(work, contract_for_efforts(work, contract_id)[0])


def offerable_contracts(
    work: Work, employer_id: int, group: TargetGroup | None = None
) -> list[OfferableContract]:
    """Return an employer's open contracts, those that end first in front, with the blocks that fit.

    With a target group only the blocks for that group, and only contracts that have one; without it every
    block that is meant for some group.
    """
    wanted = (
        select(Contract, Authority.name)
        .join(Authority, col(Authority.id) == Contract.authority_id)
        .where(Contract.employer_id == employer_id, col(Contract.state).in_(OPEN))
        .order_by(col(Contract.end_on), col(Contract.id))
    )
    found = work.session.exec(wanted).all()
    rulesets = rulebook.stored(work, {contract.rule_set_id for contract, _ in found})
    offers = [_offer(contract, name, rulesets[contract.rule_set_id], group) for contract, name in found]
    return [offer for offer in offers if offer.blocks]


def contract_history(
    work: Work, contract_id: int, limit: int = 20, before: int | None = None
) -> list[Change]:
    """Return the changes of a contract, its efforts and plan, newest first; `NotFound` when not yours."""
    about: dict[type[Record], ColumnElement[bool]] = {
        Contract: col(Contract.id) == contract_id,
        ContractHours: col(ContractHours.contract_id) == contract_id,
        Effort: col(Effort.contract_id) == contract_id,
        Plan: col(Plan.contract_id) == contract_id,
        Handover: col(Handover.contract_id) == contract_id,
        ContractEvent: col(ContractEvent.contract_id) == contract_id,
        ContractChange: col(ContractChange.contract_id) == contract_id,
        ObligationShare: col(ObligationShare.contract_id) == contract_id,
    }
    return history_of(work, about, limit, before)


def own_authorities(work: Work) -> dict[int, str]:
    """Return the authorities that the actor works for, by id, in order of name."""
    wanted = select(Authority.id, Authority.name).order_by(Authority.name)
    own = visible(work.actor).authorities
    if own is not None:
        wanted = wanted.where(col(Authority.id).in_(sorted(own)))
    return {int(authority_id or 0): name for authority_id, name in work.session.exec(wanted)}


def _offer(
    contract: Contract, authority: str, ruleset: RuleSet, group: TargetGroup | None
) -> OfferableContract:
    short = contract.obligation_cents - contract.approved_cents - contract.submitted_cents
    return OfferableContract(
        id=key(contract),
        title=contract.title,
        authority=authority,
        needed_cents=max(short, 0),
        end_on=contract.end_on,
        blocks=tuple(block for block in ruleset.blocks if _fits(block, group)),
    )


def _fits(block: Block, group: TargetGroup | None) -> bool:
    return bool(block.groups) if group is None else group in block.groups
