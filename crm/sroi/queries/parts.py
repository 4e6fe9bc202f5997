"""A part of another company's contract: what its holder has to know of that contract, and nothing else.

A part is held by the company that answered yes to it. The contract itself lies beyond that company's scope,
so it is read there, for holders alone; of its efforts they see only their own, because those bear the id of
the company that handed them in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from crm.core.access import Permission
from crm.core.errors import NotFound
from crm.core.work import Work, seeing_all
from crm.employers.records import Employer
from crm.sroi import rulebook
from crm.sroi.counting import Amount
from crm.sroi.queries.efforts import efforts_under
from crm.sroi.queries.plans import PlanFor
from crm.sroi.queries.rows import EffortRow
from crm.sroi.records import Contract, Effort, ObligationShare, ShareAnswer
from crm.sroi.rules import RuleSet
from crm.sroi.standing import OPEN, last_day
from crm.sroi.states import EffortState


@dataclass(frozen=True)
class Part:
    """What a company took over of a contract: the parts that both sides agreed on, together.

    `holds` is false once all of it was taken back.
    """

    contract_id: int
    title: str
    authority: str
    amount_cents: int
    starts_on: date
    ends_on: date
    holds: bool


@dataclass(frozen=True)
class PartPage:
    """A part with the company's own efforts on it, and what those and its plan are valued by."""

    part: Part
    employer: str
    rule_set: RuleSet
    is_open: bool
    last_day: date
    efforts: tuple[EffortRow, ...]
    term: PlanFor

    @property
    def approved_cents(self) -> int:
        """What of the company's own efforts was approved."""
        approved = (one for one in self.efforts if one.state is EffortState.APPROVED)
        return sum(one.approved_cents for one in approved)

    @property
    def submitted_cents(self) -> int:
        """What of them waits for review."""
        waiting = (one for one in self.efforts if one.state is EffortState.SUBMITTED)
        return sum(one.value_cents for one in waiting)


@contextmanager
def whole_contract(work: Work) -> Iterator[None]:
    """Let a contractor's unit of work reach all of a contract on which several companies work."""
    if work.actor.employer_id is None:
        yield
        return
    permission = Permission.EFFORT_SUBMIT if work.session.autoflush else Permission.PORTAL_VIEW
    with seeing_all(work, permission):
        yield


def part_of(work: Work, contract_id: int) -> Part:
    """Return the part of a contract that the actor's company took over.

    Raises `NotFound` for a contract of which it took over nothing.
    """
    own = work.actor.employer_id
    if own is None or contract_id in work.actor.hidden:
        raise NotFound()
    with whole_contract(work):
        wanted: Any = (
            select(ObligationShare, ShareAnswer)
            .join(ShareAnswer, col(ShareAnswer.share_id) == ObligationShare.id)
            .where(
                ObligationShare.contract_id == contract_id,
                ShareAnswer.employer_id == own,
                col(ShareAnswer.agrees).is_(True),
                col(ObligationShare.main_agrees).is_(True),
            )
            .order_by(col(ObligationShare.id))
        )
        if work.actor.authorities:
            wanted = wanted.where(col(ObligationShare.authority_id).in_(sorted(work.actor.authorities)))
        found = work.session.exec(wanted).all()
    if not found:
        raise NotFound()
    held = [pair for pair in found if pair[0].taken_back_on is None]
    answers = [answer for _share, answer in held or found]
    return Part(
        contract_id=contract_id,
        title=answers[-1].contract_title,
        authority=answers[-1].authority_name,
        amount_cents=sum(answer.amount_cents for answer in answers) if held else 0,
        starts_on=min(answer.starts_on for answer in answers),
        ends_on=max(answer.ends_on for answer in answers),
        holds=bool(held),
    )


def contract_for_efforts(work: Work, contract_id: int) -> tuple[Contract, Part | None]:
    """Return a contract of the actor's own, or one of which its company took over a part, with that part.

    Raises `NotFound` for any other.
    """
    found = work.session.get(Contract, contract_id)
    if found is not None and found.employer_id == (work.actor.employer_id or found.employer_id):
        return found, None
    part = part_of(work, contract_id)
    with whole_contract(work):
        return work.get(Contract, contract_id), part


def part_page(work: Work, contract_id: int) -> PartPage:
    """Return a part with the company's own efforts; raises `NotFound` for what it took nothing over of."""
    contract, part = contract_for_efforts(work, contract_id)
    if part is None:
        raise NotFound()
    ruleset = rulebook.of_contract(work, contract)
    return PartPage(
        part=part,
        employer=work.get(Employer, work.actor.employer_id or 0).name,
        rule_set=ruleset,
        is_open=part.holds and contract.state in OPEN,
        last_day=term_for(contract, part)[1],
        efforts=tuple(efforts_under(work, contract, ruleset)),
        term=PlanFor(contract_id, ruleset, contract),
    )


def term_for(contract: Contract, part: Part | None) -> tuple[date, date]:
    """Return the first and the last day for efforts: of the contract, or of the part that was taken over.

    A repair period of the contract is there for its parts too.
    """
    if part is None:
        return contract.start_on, last_day(contract)
    end = last_day(contract)
    return part.starts_on, max(part.ends_on, end) if end > contract.end_on else part.ends_on


def approved_on_parts(work: Work, contract: Contract) -> tuple[Amount, ...]:
    """Return what was approved of other companies' efforts, for the contractor that sees only the total.

    Staff see those efforts themselves, so for them there is nothing to add.
    """
    if work.actor.employer_id is None:
        return ()
    columns: Any = (col(Effort.id), col(Effort.block), col(Effort.approved_cents), col(Effort.facts))
    with whole_contract(work):
        wanted = select(*columns).where(
            Effort.contract_id == contract.id,
            Effort.employer_id != contract.employer_id,
            Effort.state == EffortState.APPROVED,
        )
        found = work.session.execute(wanted.order_by(col(Effort.id))).all()
    return tuple(Amount(*one) for one in found)
