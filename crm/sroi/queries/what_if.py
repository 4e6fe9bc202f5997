"""The running contracts of a rule set, as a what-if with another one needs them."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from sqlmodel import col, select

from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.sroi.calculator import effort_facts
from crm.sroi.claims import clause_facts
from crm.sroi.queries.certificates import held_by
from crm.sroi.queries.contract_hours import hours_by_contract
from crm.sroi.records import Contract, Effort, RuleSetVersion
from crm.sroi.rules import Facts, FactsError, ObligationFacts
from crm.sroi.rules.effects import RunningContract
from crm.sroi.rules.held import Held, covering
from crm.sroi.standing import OPEN
from crm.sroi.states import EffortState

COUNTED = (EffortState.SUBMITTED, EffortState.APPROVED)


def contracts_under(work: Work, content_hash: str) -> list[RunningContract]:
    """Return the open contracts that keep the rule set with this hash, with what was handed in for them.

    Efforts are those under review or approved; an approval of a part is not seen here, because what is
    asked is what the rules make of the work.
    """
    found = (
        select(Contract)
        .join(RuleSetVersion, col(RuleSetVersion.id) == Contract.rule_set_id)
        .where(RuleSetVersion.content_hash == content_hash, col(Contract.state).in_(OPEN))
        .order_by(col(Contract.id))
    )
    contracts = list(work.session.exec(found))
    handed_in = _efforts(work, [key(contract) for contract in contracts])
    held = held_by(work, {contract.employer_id for contract in contracts})
    hours = hours_by_contract(work, [key(contract) for contract in contracts])
    return [
        RunningContract(
            contract.title, _clause(contract, held, hours.get(key(contract))), tuple(handed_in[key(contract)])
        )
        for contract in contracts
    ]


def _clause(contract: Contract, held: dict[int, list[Held]], hours: Decimal | None) -> ObligationFacts:
    owned = held.get(contract.employer_id, [])
    return clause_facts(contract, covering(owned, contract.award_on, contract.end_on), hours)


def _efforts(work: Work, contract_ids: list[int]) -> dict[int, list[Facts]]:
    told = (
        select(Effort.contract_id, Effort.facts)
        .where(col(Effort.contract_id).in_(contract_ids), col(Effort.state).in_(COUNTED))
        .order_by(col(Effort.id))
    )
    found: dict[int, list[Facts]] = defaultdict(list)
    for contract_id, facts in work.session.exec(told):
        try:
            found[contract_id].append(effort_facts(facts))
        except (FactsError, Invalid):
            # Facts of before a stricter rule have no value under either.
            continue
    return found
