"""Whose time an effort claims: a person as a fingerprint, never as a name.

A fingerprint is an HMAC-SHA256 with the secret of the installation (`CRM_SECRET_KEY`), so that nobody can
find out by trying names, not even with a copy of the database. Another secret makes other fingerprints:
what was claimed before is then no longer recognised.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from crm.core import clock
from crm.core.config import settings
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.placements.records import Placement
from crm.sroi.calculator import effort_facts
from crm.sroi.commands import EffortClaim
from crm.sroi.queries.deciding import person_claims_of
from crm.sroi.records import Effort, KnownBy, PersonClaim
from crm.sroi.rules import Block, FactsError, RuleSet
from crm.sroi.rules.bonuses import age_on
from crm.sroi.rules.persons import TimeClaim, concerns_a_person, names_of, stretches

YOUNGEST, OLDEST = 12, 100


class Mark(NamedTuple):
    """A fingerprint, and what it was made of."""

    known_by: KnownBy
    fingerprint: str


def marks_of_name(surname: str, birth_date: date) -> frozenset[Mark]:
    """Return the fingerprints of somebody, one for each name of a double name.

    Raises `Invalid` for a surname without letters.
    """
    names = names_of(surname)
    if not names:
        raise Invalid("surname", "Fill in the surname in letters.")
    return frozenset(Mark(KnownBy.NAME, _sealed(f"{name}|{birth_date.isoformat()}")) for name in names)


def mark_of_candidate(reference: str) -> Mark:
    """Return the fingerprint of a candidate of the system, known by a reference such as K-2041."""
    return Mark(KnownBy.CANDIDATE, _sealed(f"candidate|{reference}"))


def told(claim: EffortClaim) -> frozenset[Mark]:
    """Return the fingerprints of the person that a claim names; empty when it names nobody.

    Raises `Invalid` for half a person, and for a date of birth that cannot be.
    """
    if not claim.surname and claim.birth_date is None:
        return frozenset()
    if not claim.surname or claim.birth_date is None:
        field = "birth_date" if claim.surname else "surname"
        raise Invalid(field, "Fill in both the surname and the date of birth, or neither.")
    if not YOUNGEST <= age_on(claim.birth_date, clock.today()) <= OLDEST:
        raise Invalid("birth_date", "Check the date of birth: this person would be too young or too old.")
    return marks_of_name(claim.surname, claim.birth_date)


def time_of(effort_id: int, facts: Mapping[str, Any], ruleset: RuleSet) -> list[TimeClaim]:
    """Return the time that an effort claims of its person; nothing while its days are not known."""
    try:
        known = effort_facts(facts)
    except (FactsError, Invalid):
        return []
    if known.start is None or known.end is None:
        return []
    basis = ruleset.valuation.hours_basis
    double = ruleset.valuation.double_counting.value
    parts = stretches(known.start, known.end, known.hours_per_week, basis.value if basis else None)
    return [TimeClaim(effort_id, first, last, share, double) for first, last, share in parts]


def marks_on(work: Work, effort: Effort) -> frozenset[Mark]:
    """Return by which fingerprints of a name the person of an effort is known."""
    rows = person_claims_of(work, key(effort))
    return frozenset(Mark(row.known_by, row.fingerprint) for row in rows if row.known_by is KnownBy.NAME)


def marks_of(
    work: Work, effort: Effort, block: Block, person: frozenset[Mark] = frozenset()
) -> frozenset[Mark]:
    """Return by which fingerprints the person of an effort on a block is known; none when it is about nobody.

    Without a `person` it stays who it was.
    """
    if not concerns_a_person(block):
        return frozenset()
    known = person or (marks_on(work, effort) if effort.id is not None else frozenset())
    if effort.placement_id is None:
        return known
    return known | {mark_of_candidate(work.get(Placement, effort.placement_id).candidate_reference)}


def write_claims(work: Work, effort: Effort, ruleset: RuleSet, person: frozenset[Mark]) -> None:
    """Write down whose time an effort claims now, in place of what was written before.

    Without a `person` it stays who it was; an effort on a block that is about nobody claims nothing.
    """
    stored = {_content(row): row for row in person_claims_of(work, key(effort))}
    wanted = {_content(row): row for row in _rows(work, effort, ruleset, person)}
    for content in stored.keys() - wanted.keys():
        work.session.delete(stored[content])
    work.session.add_all(row for content, row in wanted.items() if content not in stored)


def forget_person(work: Work, effort: Effort) -> None:
    """Forget whose time an effort claimed."""
    for row in person_claims_of(work, key(effort)):
        work.session.delete(row)


def _rows(work: Work, effort: Effort, ruleset: RuleSet, person: frozenset[Mark]) -> list[PersonClaim]:
    marks = marks_of(work, effort, ruleset.block(effort.block), person)
    time: list[TimeClaim | None] = [*time_of(key(effort), effort.facts, ruleset)]
    return [_row(effort, mark, part) for mark in sorted(marks) for part in time or [None]]


def _row(effort: Effort, mark: Mark, part: TimeClaim | None) -> PersonClaim:
    return PersonClaim(
        region_id=effort.region_id,
        authority_id=effort.authority_id,
        employer_id=effort.employer_id,
        effort_id=key(effort),
        contract_id=effort.contract_id,
        known_by=mark.known_by,
        fingerprint=mark.fingerprint,
        starts_on=part.starts_on if part else None,
        ends_on=part.ends_on if part else None,
        share=part.share if part else Decimal(0),
        may_double=part.may_double if part else False,
    )


def _content(row: PersonClaim) -> tuple[str, date, date, Decimal, bool]:
    first, last = row.starts_on or date.min, row.ends_on or date.min
    return row.fingerprint, first, last, row.share, row.may_double


def _sealed(text: str) -> str:
    # Apart from whatever else is sealed with the same secret.
    purpose = hmac.new(settings().secret, b"vliegwiel:person", hashlib.sha256).digest()
    return hmac.new(purpose, text.encode(), hashlib.sha256).hexdigest()
