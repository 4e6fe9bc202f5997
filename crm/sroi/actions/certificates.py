"""Noting the certificates of an employer. An obligation that was confirmed never moves by it."""

from __future__ import annotations

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.sroi.certificate_commands import (
    AddCertificate,
    CertificateFacts,
    EditCertificate,
    EndCertificate,
)
from crm.sroi.queries.certificates import known_certificates, stands_already
from crm.sroi.records import EmployerCertificate

FACTS = tuple(CertificateFacts.model_fields)


@action(Permission.CONTRACT_EDIT, AddCertificate)
def add_certificate(work: Work, command: AddCertificate) -> int:
    """Note a certificate that the actor has seen; return its id. Raises `Invalid` for what does not fit."""
    employer = work.get(Employer, command.employer_id)
    _check(work, command, command.employer_id, None)
    certificate = EmployerCertificate(
        region_id=employer.region_id,
        employer_id=key(employer),
        seen_by_id=work.actor.user_id,
        **command.model_dump(include=set(FACTS)),
    )
    return key(work.add(certificate))


@action(Permission.CONTRACT_EDIT, EditCertificate)
def edit_certificate(work: Work, command: EditCertificate) -> int:
    """Put a certificate right, as the actor has seen it now; raises `Invalid` like adding does."""
    yours = command.model_dump(include=set(FACTS))
    certificate = work.edit(EmployerCertificate, command.certificate_id, command.version, yours)
    _check(work, command, certificate.employer_id, command.certificate_id)
    if certificate.valid_until != command.valid_until:
        certificate.end_reason = ""
    for name, value in yours.items():
        setattr(certificate, name, value)
    certificate.seen_by_id = work.actor.user_id
    return command.certificate_id


@action(Permission.CONTRACT_EDIT, EndCertificate)
def end_certificate(work: Work, command: EndCertificate) -> int:
    """End a certificate early, with the reason; raises `Invalid` for a day outside its term."""
    yours = {"valid_until": command.ended_on, "end_reason": command.reason}
    certificate = work.edit(EmployerCertificate, command.certificate_id, command.version, yours)
    if not certificate.valid_from <= command.ended_on <= certificate.valid_until:
        raise Invalid("ended_on", "Choose a day on which this certificate is valid.")
    certificate.valid_until = command.ended_on
    certificate.end_reason = command.reason
    return command.certificate_id


def _check(work: Work, told: CertificateFacts, employer_id: int, certificate_id: int | None) -> None:
    if told.code not in known_certificates(work):
        raise Invalid("code", "No rule set knows this certificate. Choose one from the list.")
    if told.valid_until < told.valid_from:
        raise Invalid("valid_until", "The last day lies before the first day. Choose a later day.")
    if told.seen_on > clock.today():
        raise Invalid("seen_on", "Choose today or an earlier day.")
    if stands_already(work, employer_id, told, certificate_id):
        raise Invalid("valid_from", "This certificate stands here already from that day. Change that one.")
