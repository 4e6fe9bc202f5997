"""Keeping track of awards that came to no contract, so that no clause is forgotten.

An award that a rule set frees of an obligation is not kept: nothing is missing there. What an officer decided
about an award stays, whatever a later notice says.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from crm.core import clock
from crm.core.privacy import holds_bsn
from crm.core.records import key
from crm.core.work import Work
from crm.exchange.intake.grouping import Found
from crm.exchange.intake.lines import remark
from crm.exchange.records import ImportedAward
from crm.exchange.rules import Finding, Rejected, RowProblem, Verdict
from crm.exchange.rules.notices import Statement, together
from crm.exchange.rules.terms import LONGEST_CPV, LONGEST_TITLE, NoTerms, Terms, terms_of, type_of_cpv
from crm.sroi.missing import reckon
from crm.sroi.queries.missing import clauses_by_key
from crm.sroi.records import Authority, MissingClause
from crm.sroi.rules.missing import Decision

NOT_OURS = frozenset({Finding.CONFIRMED, Finding.OTHER_BUYER})
"""Refusals that say nothing of a missing contract: it is there, or the award is somebody else's."""

UNDECIDED = frozenset({Decision.OPEN, Decision.LAPSED})
LONGEST_NAME = 200


class Clauses:
    """The awards of one batch that are known to miss a contract."""

    def __init__(self, work: Work, keys: Collection[str]) -> None:
        self.work = work
        self.known = clauses_by_key(work, keys)

    def follow(
        self,
        found: Found,
        authority: Authority,
        statement: Statement,
        award: ImportedAward | None,
        verdict: Verdict,
    ) -> None:
        """Keep an award that came to no contract; let go of one that did, or that no longer has to."""
        if award is not None and award.contract_id is not None:
            self._settle(found, Decision.REGISTERED, award.contract_id)
            return
        why = verdict.rejected
        if why is None or why.message == Finding.CANCELLED:
            self._settle(found, Decision.LAPSED)
        elif why.message not in NOT_OURS:
            said = statement
            if award is not None:
                said = together(Statement.from_json(one) for one in award.statements)
            self._keep(found, authority, said, why)

    def unreadable(self, found: Found, authority: Authority) -> None:
        """Keep an award of which a notice cannot be read; one that was not awarded misses nothing."""
        why = found.rejected
        if why is not None and why.message != RowProblem.NOT_AWARDED:
            published = found.place.notice.published
            moment = published.isoformat() if published else ""
            self._keep(found, authority, Statement(0, moment, found.place.notice.release_id), why)

    def _settle(self, found: Found, decision: Decision, contract_id: int | None = None) -> None:
        clause = self.known.get(found.key)
        if clause is not None and clause.decision in UNDECIDED:
            clause.decision = decision
            clause.contract_id = contract_id

    def _keep(self, found: Found, authority: Authority, said: Statement, why: Rejected) -> None:
        clause = self.known.get(found.key)
        if clause is not None and clause.decision not in UNDECIDED:
            return
        if clause is None:
            clause = MissingClause(
                award_key=found.key,
                region_id=authority.region_id,
                authority_id=key(authority),
                year=clock.today().year,
                why="",
                decision=Decision.OPEN,
            )
            self.known[found.key] = clause
        clause.decision = Decision.OPEN
        told: dict[str, Any] = remark(why)
        clause.why, clause.why_params = str(told["message"]), told["params"]
        _describe(clause, said, found.place.ocid)
        reckon(self.work, clause)
        self.work.session.add(clause)


def _describe(clause: MissingClause, said: Statement, ocid: str) -> None:
    """Fill in what the notices say of the award; what they leave open stays empty."""
    title = said.title or clause.title or ocid
    clause.title = "" if holds_bsn(title) else title[:LONGEST_TITLE].strip()
    clause.ocid = ocid[:80]
    clause.supplier_name = (said.supplier_name or clause.supplier_name)[:LONGEST_NAME]
    clause.supplier_kvk = said.supplier_kvk or clause.supplier_kvk
    clause.cpv_code = said.cpv if len(said.cpv) <= LONGEST_CPV else ""
    clause.contract_type = said.category or type_of_cpv(said.cpv)
    clause.value_cents = said.amount_cents
    terms = _dated(said, ocid)
    if isinstance(terms, Terms):
        clause.award_on, clause.start_on, clause.end_on = terms.award_on, terms.start_on, terms.end_on
        clause.year = terms.award_on.year


def _dated(said: Statement, ocid: str) -> Terms | NoTerms:
    """Return the terms for their dates, also of an award without a value or kind."""
    told = replace(said, amount_cents=said.amount_cents or 0, category=said.category or "services")
    return terms_of(told, ocid)
