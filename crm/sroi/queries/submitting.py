"""What somebody should know before an effort is handed in: what is missing, what gives nothing and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crm.core.access import Permission
from crm.core.work import Work
from crm.placements.records import Placement
from crm.sroi import claims, earlier, persons, rulebook
from crm.sroi.commands import EffortClaim
from crm.sroi.persons import Mark
from crm.sroi.queries.checks import AFTER_TERM, BEFORE_TERM, MISSING, Check
from crm.sroi.queries.parts import contract_for_efforts, term_for
from crm.sroi.queries.persons import DoubleCount, would_double
from crm.sroi.queries.same_person import Who
from crm.sroi.records import Contract, Effort
from crm.sroi.rules import Bilingual, Explanation, RuleSet
from crm.sroi.rules.persons import concerns_a_person


@dataclass(frozen=True)
class BeforeSubmitting:
    """What an effort would be worth, and what to look at before it is handed in.

    `doubles` are the efforts that claim the time of the same person already, for who reviews efforts.
    """

    value: Explanation
    checks: tuple[Check, ...]
    doubles: tuple[DoubleCount, ...]

    @property
    def is_fine(self) -> bool:
        """Whether there is nothing to look at."""
        return bool(self.value.amount) and not self.checks and not self.doubles


def before_submitting(
    work: Work,
    contract_id: int,
    claim: EffortClaim,
    there: frozenset[str],
    effort_id: int | None = None,
    placement_id: int | None = None,
) -> BeforeSubmitting:
    """Return what to look at before a claim is handed in; `there` are the kinds of evidence it will have.

    `effort_id` is the effort that it changes, `placement_id` the placement that a new one counts. Raises
    `Invalid` for a fact that is missing, and for half a person.
    """
    contract, part = contract_for_efforts(work, contract_id)
    ruleset = rulebook.of_contract(work, contract)
    who = who_is_claimed(work, contract, ruleset, claim, effort_id, placement_id)
    told = claims.facts_of(claim, contract, ruleset)
    facts = earlier.beforehand(work, told, ruleset, who, effort_id)
    value = claims.value_of(facts, ruleset)
    marks = {fingerprint for _known_by, fingerprint in who.marks}
    time = persons.time_of(effort_id or 0, facts, ruleset)
    # Told to officers only: a contractor could look up any name and date of birth here.
    may_know = work.actor.may(Permission.EFFORT_REVIEW)
    doubles = would_double(work, effort_id, marks, time) if time and may_know else ()
    return BeforeSubmitting(value, tuple(_checks(term_for(contract, part), ruleset, claim, there)), doubles)


def _checks(
    term: tuple[date, date], ruleset: RuleSet, claim: EffortClaim, there: frozenset[str]
) -> Iterator[Check]:
    first, last = term
    for kind in ruleset.evidence_for(claims.block_of(ruleset, claim.block)):
        if kind.code not in there:
            yield Check(MISSING, {"kind": Bilingual(kind.name_nl, kind.name_en)})
    if claim.start and claim.start < first:
        yield Check(BEFORE_TERM, {"day": claim.start})
    if claim.end and claim.end > last:
        yield Check(AFTER_TERM, {"day": claim.end})


def who_is_claimed(
    work: Work,
    contract: Contract,
    ruleset: RuleSet,
    claim: EffortClaim,
    effort_id: int | None = None,
    placement_id: int | None = None,
) -> Who:
    """Return whose time a claim on a contract is; the ids are as in `before_submitting`."""
    effort = work.get(Effort, effort_id) if effort_id is not None else None
    if effort is not None:
        placement_id = effort.placement_id
    marks: set[Mark] = set()
    if concerns_a_person(claims.block_of(ruleset, claim.block)):
        marks |= persons.told(claim) or (persons.marks_on(work, effort) if effort else frozenset())
        if placement_id is not None:
            marks.add(persons.mark_of_candidate(work.get(Placement, placement_id).candidate_reference))
    company = effort.employer_id if effort is not None else work.actor.employer_id or contract.employer_id
    return Who(company, frozenset(marks), placement_id, claim.subject)
