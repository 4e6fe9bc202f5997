"""Certificates that employers handed in, and what an employer's own certificates do for its contracts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.sroi import claims, rulebook
from crm.sroi.queries.certificates import CertificateRow, certificates_of, known_certificates
from crm.sroi.records import CertificateOffer, Contract
from crm.sroi.rules import Bilingual, Explanation, RuleSet
from crm.sroi.rules.certificate_effects import Effect, effect_of
from crm.sroi.rules.held import Held, name_of
from crm.sroi.rulesets import shipped_rulesets
from crm.sroi.standing import OPEN
from crm.sroi.states import OfferState

MOST = 50
SHOWN = (OfferState.WAITS, OfferState.REFUSED)


@dataclass(frozen=True)
class OfferRow:
    """A certificate that was handed in; `has_file` until it is answered."""

    id: int
    version: int
    employer_id: int
    employer: str
    code: str
    name: Bilingual
    valid_from: date
    valid_until: date
    number: str
    has_file: bool
    state: OfferState
    offered_at: datetime
    offered_by: str | None
    reason: str


@dataclass(frozen=True)
class OwnEffect:
    """What a certificate does for one open contract of its holder."""

    contract: str
    effect: Effect


@dataclass(frozen=True)
class OwnCertificates:
    """What an employer holds, what that does, what it handed in, and which certificates there are."""

    employer: str
    held: list[CertificateRow]
    effects: dict[str, list[OwnEffect]]
    offers: list[OfferRow]
    known: dict[str, Bilingual]


def own_certificates(work: Work) -> OwnCertificates:
    """Return the certificates of the portal user's own employer, with what each does for its contracts."""
    employer = work.get(Employer, work.actor.employer_id or 0)
    held = certificates_of(work, key(employer))
    return OwnCertificates(
        employer=employer.name,
        held=held,
        effects=_effects(work, key(employer), [row.held for row in held]),
        offers=offers_of(work, key(employer)),
        known=known_certificates(work),
    )


def offers_of(work: Work, employer_id: int) -> list[OfferRow]:
    """Return what an employer handed in and waits or was refused, the newest first."""
    wanted = _offers().where(
        CertificateOffer.employer_id == employer_id, col(CertificateOffer.state).in_(SHOWN)
    )
    found = work.session.exec(wanted.order_by(col(CertificateOffer.id).desc()).limit(MOST))
    return [_row(*told) for told in found]


def waiting_offers(work: Work) -> list[OfferRow]:
    """Return what waits for an officer, the oldest first."""
    wanted = _offers().where(CertificateOffer.state == OfferState.WAITS)
    found = work.session.exec(wanted.order_by(col(CertificateOffer.id)).limit(MOST))
    return [_row(*told) for told in found]


def _offers() -> Any:
    return (
        select(CertificateOffer, Employer.name, User.name)
        .join(Employer, col(Employer.id) == CertificateOffer.employer_id)
        .outerjoin(User, col(User.id) == CertificateOffer.offered_by_id)
    )


def _row(offer: CertificateOffer, employer: str, offered_by: str | None) -> OfferRow:
    told = offer.model_dump(
        include={
            "version",
            "employer_id",
            "code",
            "valid_from",
            "valid_until",
            "number",
            "state",
            "offered_at",
            "reason",
        }
    )
    return OfferRow(
        id=key(offer),
        employer=employer,
        name=name_of(offer.code, shipped_rulesets()),
        has_file=offer.sha256 is not None,
        offered_by=offered_by,
        **told,
    )


def _effects(work: Work, employer_id: int, held: list[Held]) -> dict[str, list[OwnEffect]]:
    own = select(Contract).where(Contract.employer_id == employer_id, col(Contract.state).in_(OPEN))
    contracts = list(work.session.exec(own.order_by(col(Contract.end_on), col(Contract.id)).limit(MOST)))
    rulesets = rulebook.stored(work, {contract.rule_set_id for contract in contracts})
    codes = sorted({one.code for one in held})
    return {
        code: list(_for(code, held, [(one, rulesets[one.rule_set_id]) for one in contracts]))
        for code in codes
    }


def _for(code: str, held: list[Held], contracts: list[tuple[Contract, RuleSet]]) -> Iterator[OwnEffect]:
    for contract, ruleset in contracts:
        counted = claims.certificates_counted(Explanation.from_json(contract.obligation_explanation), ruleset)
        term = (contract.award_on, contract.end_on)
        yield OwnEffect(contract.title, effect_of(code, held, ruleset, term, counted))
