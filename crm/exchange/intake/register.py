"""What notices about one award come to in the register of contracts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from crm.core.config import settings
from crm.core.errors import Invalid
from crm.core.i18n import translate
from crm.core.records import key
from crm.core.work import Work
from crm.exchange.intake.grouping import Found
from crm.exchange.intake.lines import remark
from crm.exchange.intake.obligations import NoContract, without_obligation
from crm.exchange.intake.suppliers import employer_for
from crm.exchange.records import ImportedAward
from crm.exchange.rules import Finding, Note, NoteText, Outcome, Place, Rejected, Verdict, refuse
from crm.exchange.rules.notices import Statement, together, with_statement
from crm.exchange.rules.terms import NoTerms, Terms, terms_of
from crm.sroi import actions
from crm.sroi.commands import RefreshAward, RegisterContract, WithdrawAward
from crm.sroi.records import Authority, Contract

LONGEST_OCID = 80
_KEPT_BY_OFFICER = ("reference", "labour_share", "percentage", "wage_bill_cents", "published_on")
_TERMS = ("title", "contract_type", "value_cents", "award_on", "start_on", "end_on", "cpv_code")
_SUPPLIER = ("supplier_name", "supplier_kvk")


def take_award(
    work: Work,
    found: Found,
    authority: Authority,
    statement: Statement,
    award: ImportedAward | None,
    known: dict[str, ImportedAward],
) -> Verdict:
    """Add what a notice says of an award to what is known, and bring the register into line with it.

    Raises `Invalid` for what makes it impossible; nothing is to be kept then.
    """
    if len(found.place.ocid) > LONGEST_OCID:
        raise Invalid("ocid", Finding.TOO_LONG, limit=LONGEST_OCID)
    if award is None:
        award = ImportedAward(
            key=found.key, region_id=authority.region_id, authority_id=key(authority), statements=[]
        )
        known[found.key] = award
    if award.authority_id != authority.id:
        raise Invalid("buyer", Finding.OTHER_BUYER)
    stored = tuple(Statement.from_json(said) for said in award.statements)
    statements = with_statement(stored, statement)
    award.statements = [said.as_json() for said in statements]
    verdict = _Award(work, award, found.place).follow(together(statements))
    work.session.add(award)
    return _with_notes_of_row(verdict, found)


class _Award:
    """One award and its contract, if there is one."""

    def __init__(self, work: Work, award: ImportedAward, place: Place) -> None:
        self.work = work
        self.award = award
        self.place = place

    def follow(self, said: Statement) -> Verdict:
        """Make, change, withdraw or leave the contract as the notices together say."""
        wanted = self._wanted(said)
        if isinstance(wanted, NoContract):
            return self._take_back(wanted)
        self.award.notes = [remark(note) for note in wanted.notes]
        told = _told(wanted)
        if self.award.contract_id is None:
            return self._register(wanted, told)
        if self.award.said == told:
            return Verdict(Outcome.SAME, self.place)
        return self._refresh(wanted, told)

    def _wanted(self, said: Statement) -> Terms | NoContract:
        if said.status:
            return NoContract(Outcome.REJECTED, "status", Finding.CANCELLED, {"status": said.status})
        terms = terms_of(said, self.place.ocid)
        if isinstance(terms, NoTerms):
            return NoContract(Outcome.REJECTED, terms.field, terms.message, {})
        if self.award.contract_id is not None and self.award.said == _told(terms):
            return terms
        return without_obligation(self.work, self.award.authority_id, terms) or terms

    def _register(self, terms: Terms, told: dict[str, Any]) -> Verdict:
        command = RegisterContract(
            authority_id=self.award.authority_id,
            employer_id=self._employer(terms),
            award_key=self.award.key,
            ocid=self.place.ocid,
            **{name: told[name] for name in _TERMS},
        )
        self.award.contract_id = actions.register_award(self.work, command)
        self.award.said = told
        return Verdict(Outcome.NEW, self.place, notes=terms.notes)

    def _refresh(self, terms: Terms, told: dict[str, Any]) -> Verdict:
        """Change what the notices changed; what an officer changed meanwhile stays."""
        contract = self.work.get(Contract, self.award.contract_id or 0)
        before: Mapping[str, Any] = self.award.said or {}
        changed = [name for name in told if before.get(name) != told[name]]
        values = {name: told[name] if name in changed else getattr(contract, name) for name in _TERMS}
        is_other = any(name in changed for name in _SUPPLIER)
        self.award.said = told
        command = RefreshAward(
            contract_id=key(contract),
            employer_id=self._employer(terms) if is_other else contract.employer_id,
            **values,
            **{name: getattr(contract, name) for name in _KEPT_BY_OFFICER},
        )
        try:
            actions.refresh_award(self.work, command)
        except Invalid as fault:
            return self._confirmed(fault)
        return Verdict(Outcome.UPDATED, self.place, tuple(changed), notes=terms.notes)

    def _take_back(self, why: NoContract) -> Verdict:
        """Withdraw the contract that no longer should be there, or say why none comes of the award."""
        reason = Note(why.field, why.message, why.params)
        if self.award.contract_id is None:
            return self._none(why, reason)
        if self.award.said is None:
            return Verdict(Outcome.SAME, self.place, notes=(reason,))
        self.award.said = None
        words = translate(settings().language, why.message, **why.params)
        try:
            actions.withdraw_award(self.work, WithdrawAward(contract_id=self.award.contract_id, reason=words))
        except Invalid as fault:
            return self._confirmed(fault)
        self.award.contract_id = None
        notes = (Note("contract", Finding.WITHDRAWN), reason)
        return Verdict(Outcome.UPDATED, self.place, ("contract",), notes=notes)

    def _none(self, why: NoContract, reason: Note) -> Verdict:
        if why.outcome is Outcome.SKIPPED:
            return Verdict(Outcome.SKIPPED, self.place, notes=(reason,))
        return refuse(Rejected(self.place, why.field, why.message, why.params))

    def _confirmed(self, fault: Invalid) -> Verdict:
        if fault.field != "contract_id":
            raise fault
        return refuse(Rejected(self.place, "contract", Finding.CONFIRMED))

    def _employer(self, terms: Terms) -> int:
        return employer_for(self.work, terms.supplier_name, terms.supplier_kvk, self.award.region_id)


def _told(terms: Terms) -> dict[str, Any]:
    """Return the terms as JSON values, to compare with next time."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(terms).items()
        if name != "notes"
    }


def _with_notes_of_row(verdict: Verdict, found: Found) -> Verdict:
    """Add what was read differently from what the notice wrote, when it was taken in."""
    if verdict.outcome not in (Outcome.NEW, Outcome.UPDATED) or not found.rows:
        return verdict
    padded = tuple(note for note in found.rows[0].notes if note.message == NoteText.ZERO_ADDED)
    return Verdict(verdict.outcome, verdict.place, verdict.fields, notes=(*verdict.notes, *padded))
