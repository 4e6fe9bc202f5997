"""What a contract holds valued anew, when it gets another rule set or another date that decides.

What was approved keeps its amount and its rule set. What waits, was sent back or is still a draft, and the
lines of the plan, are worth at once what the rules that now hold give them, so that nobody counts on an
amount that cannot be approved any more.
"""

from __future__ import annotations

from datetime import date

from crm.core.errors import Invalid
from crm.core.money import cents
from crm.core.records import key
from crm.core.work import Work
from crm.sroi import claims, earlier, persons, plans, rulebook
from crm.sroi.queries import deciding, planning
from crm.sroi.records import Contract, Effort, PlanLine
from crm.sroi.rules import RuleSet
from crm.sroi.states import EffortState

NOT_DECIDED = (EffortState.DRAFT, EffortState.SUBMITTED, EffortState.SENT_BACK)
Deciding = tuple[int, date, date | None, date, date]


def decides(contract: Contract) -> Deciding:
    """Return what of a contract the value of its efforts and plan lines depends on."""
    dates = (contract.award_on, contract.published_on, contract.start_on, contract.end_on)
    return (contract.rule_set_id, *dates)


def revalue(work: Work, contract: Contract) -> None:
    """Value what is not decided yet anew, and write down for the audit what it was worth and is worth now.

    The totals of the contract are for the caller to refresh.
    """
    ruleset = rulebook.of_contract(work, contract)
    efforts = [one for one in deciding.efforts_on(work, key(contract)) if one.state in NOT_DECIDED]
    held = planning.lines_that_hold(work, key(contract))
    lines = [line for _plan, some in held.values() for line in some]
    before = _worth(efforts, lines)
    for effort in efforts:
        _effort(work, effort, contract, ruleset)
    for plan, some in held.values():
        for line in some:
            plans.value_anew(line, contract, ruleset)
        plan.total_cents = sum(line.value_cents for line in some)
    work.flush()
    if before != (after := _worth(efforts, lines)):
        detail = {"before_cents": before, "after_cents": after, "rule_set": ruleset.name}
        work.note("revalue", "contracts", key(contract), detail)


def _effort(work: Work, effort: Effort, contract: Contract, ruleset: RuleSet) -> None:
    facts = claims.on_contract(effort.facts, contract, ruleset)
    try:
        block = claims.block_of(ruleset, effort.block)
    except Invalid:
        facts = earlier.as_told(facts)
    else:
        marks = persons.marks_of(work, effort, block)
        counts = effort.state is EffortState.SUBMITTED
        facts = earlier.for_effort(work, effort, facts, ruleset, marks, counts=counts)
        persons.write_claims(work, effort, ruleset, frozenset())
    value = claims.value_anew(facts, ruleset)
    effort.facts, effort.rule_set_hash = facts, ruleset.hash
    effort.value_cents, effort.explanation = cents(value.amount), value.to_json()


def _worth(efforts: list[Effort], lines: list[PlanLine]) -> int:
    return sum(one.value_cents for one in efforts) + sum(line.value_cents for line in lines)
