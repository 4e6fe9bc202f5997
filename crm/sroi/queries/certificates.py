"""The certificates of employers: on their page, on a contract, and those that lapse soon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, exists, select

from crm.accounts.records import User
from crm.core import clock
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.sroi import claims, rulebook
from crm.sroi.certificate_commands import CertificateFacts
from crm.sroi.queries.rows import ContractPage
from crm.sroi.records import Contract, EmployerCertificate, RuleSetVersion
from crm.sroi.rules import RuleSet
from crm.sroi.rules.explanation import Bilingual
from crm.sroi.rules.held import KINDS, WARN_DAYS, Held, Notice, covering, lapsing, name_of, notices
from crm.sroi.rulesets import shipped_rulesets
from crm.sroi.standing import OPEN
from crm.sroi.states import ContractState

MOST_LAPSING = 50


@dataclass(frozen=True)
class CertificateRow:
    """A certificate of an employer, with who saw it."""

    id: int
    version: int
    code: str
    name: Bilingual
    valid_from: date
    valid_until: date
    number: str
    seen_on: date
    seen_by: str | None
    end_reason: str

    @property
    def held(self) -> Held:
        """What the rules need of it."""
        return Held(self.code, self.valid_from, self.valid_until)


@dataclass(frozen=True)
class Lapsing:
    """A certificate that lapses within 90 days while its employer has a contract that runs on."""

    employer_id: int
    employer: str
    name: Bilingual
    last_day: date


def certificates_of(work: Work, employer_id: int) -> list[CertificateRow]:
    """Return the certificates of an employer, those that are valid longest in front."""
    wanted = (
        select(EmployerCertificate, User.name)
        .outerjoin(User, col(User.id) == EmployerCertificate.seen_by_id)
        .where(EmployerCertificate.employer_id == employer_id)
        .order_by(col(EmployerCertificate.valid_until).desc(), col(EmployerCertificate.id))
    )
    return [_row(certificate, name) for certificate, name in work.session.exec(wanted)]


def held_by(work: Work, employer_ids: Collection[int]) -> dict[int, list[Held]]:
    """Return what employers hold or held, in one query."""
    told = select(EmployerCertificate).where(col(EmployerCertificate.employer_id).in_(sorted(employer_ids)))
    found: dict[int, list[Held]] = defaultdict(list)
    for one in work.session.exec(told.order_by(col(EmployerCertificate.id))):
        found[one.employer_id].append(Held(one.code, one.valid_from, one.valid_until))
    return found


def covering_certificates(work: Work, contract: Contract) -> frozenset[str]:
    """Return the codes of what the contractor holds from the award to the end of the contract."""
    held = held_by(work, [contract.employer_id])[contract.employer_id]
    return covering(held, contract.award_on, contract.end_on)


def notices_on(work: Work, contract: ContractPage) -> list[Notice]:
    """Return what to know of the contractor's certificates; nothing once a contract is closed."""
    row = contract.row
    if row.state is not ContractState.TO_CONFIRM and row.state not in OPEN:
        return []
    held = held_by(work, [row.employer_id])[row.employer_id]
    counted = (
        None
        if row.state is ContractState.TO_CONFIRM
        else claims.certificates_counted(contract.obligation, contract.rule_set)
    )
    return notices(held, contract.rule_set, (row.award_on, row.end_on), clock.today(), counted)


def lapsing_soon(work: Work, authority_ids: Collection[int]) -> list[Lapsing]:
    """Return what lapses within 90 days at employers with a running contract of one of these authorities.

    A certificate that is renewed without a gap does not lapse.
    """
    today = clock.today()
    runs_on = exists().where(
        col(Contract.employer_id) == col(EmployerCertificate.employer_id),
        col(Contract.authority_id).in_(sorted(authority_ids)),
        col(Contract.state).in_(OPEN),
        col(Contract.end_on) > col(EmployerCertificate.valid_until),
    )
    wanted = (
        select(Employer.id, Employer.name)
        .join(EmployerCertificate, col(EmployerCertificate.employer_id) == Employer.id)
        .where(
            col(EmployerCertificate.valid_until).between(today, today + timedelta(days=WARN_DAYS)), runs_on
        )
        .order_by(col(EmployerCertificate.valid_until), col(Employer.id))
        .limit(MOST_LAPSING)
    )
    names = {int(employer_id or 0): name for employer_id, name in work.session.exec(wanted)}
    held = held_by(work, names) if names else {}
    found = [
        Lapsing(employer_id, names[employer_id], name_of(code, shipped_rulesets()), day)
        for employer_id, owned in held.items()
        for code, day in lapsing(owned, today)
    ]
    return sorted(found, key=lambda one: (one.last_day, one.employer))


def known_certificates(work: Work) -> dict[str, Bilingual]:
    """Return the certificates that can be noted: the usual ones, and those of every rule set there is."""
    stored = work.session.exec(select(RuleSetVersion).order_by(col(RuleSetVersion.id)))
    rulesets: Sequence[RuleSet] = [*shipped_rulesets(), *(rulebook.read(version) for version in stored)]
    own = {one.code: one.name for ruleset in rulesets for one in ruleset.certificates}
    return KINDS | {code: name for code, name in sorted(own.items()) if code not in KINDS}


def stands_already(work: Work, employer_id: int, told: CertificateFacts, but: int | None) -> bool:
    """Return whether an employer has this certificate from the same day, in another record than `but`."""
    same = select(EmployerCertificate.id).where(
        EmployerCertificate.employer_id == employer_id,
        EmployerCertificate.code == told.code,
        EmployerCertificate.valid_from == told.valid_from,
    )
    return any(found != but for found in work.session.exec(same))


def _row(one: EmployerCertificate, seen_by: str | None) -> CertificateRow:
    told = one.model_dump(
        include={"version", "code", "valid_from", "valid_until", "number", "seen_on", "end_reason"}
    )
    return CertificateRow(id=key(one), name=name_of(one.code, shipped_rulesets()), seen_by=seen_by, **told)
