"""Certificates that employers hand in themselves; an officer confirms or refuses them."""

from __future__ import annotations

import re

from crm.core import clock, files
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.sroi.actions.certificates import add_certificate
from crm.sroi.certificate_commands import (
    AddCertificate,
    ConfirmCertificateOffer,
    OfferCertificate,
    RefuseCertificateOffer,
    TakeBackCertificateOffer,
)
from crm.sroi.queries.certificates import known_certificates
from crm.sroi.records import CertificateOffer
from crm.sroi.states import OfferState

_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\]+")


@action(Permission.EVIDENCE_ADD, OfferCertificate)
def offer_certificate(work: Work, command: OfferCertificate) -> int:
    """Hand in a certificate of the actor's own employer; return its id.

    Raises `Invalid` for a term that cannot be, for a file that is not accepted, and when there is neither a
    file nor a number to look it up by.
    """
    employer = work.get(Employer, work.actor.employer_id or 0)
    _check(work, command)
    offer = CertificateOffer(
        region_id=employer.region_id,
        employer_id=key(employer),
        state=OfferState.WAITS,
        offered_at=clock.now(),
        offered_by_id=work.actor.user_id,
        **command.model_dump(include={"code", "valid_from", "valid_until", "number"}),
    )
    if command.content is not None:
        offer.media_type = files.media_type(command.content)
        offer.sha256 = files.store(command.content)
        offer.file_name = _UNSAFE.sub(" ", command.file_name).strip() or command.code
    return key(work.add(offer))


@action(Permission.EVIDENCE_ADD, TakeBackCertificateOffer)
def take_back_certificate_offer(work: Work, command: TakeBackCertificateOffer) -> int:
    """Take back what waits for an answer; its file is let go."""
    offer = _waiting(work, command.offer_id, command.version)
    _close(work, offer, OfferState.TAKEN_BACK)
    return command.offer_id


@action(Permission.CONTRACT_EDIT, ConfirmCertificateOffer)
def confirm_certificate_offer(work: Work, command: ConfirmCertificateOffer) -> int:
    """Note a certificate that was handed in as one the actor has seen; return the id of the certificate.

    Raises `Invalid` like noting one does.
    """
    offer = _waiting(work, command.offer_id, command.version)
    told = offer.model_dump(include={"employer_id", "code", "valid_from", "valid_until", "number"})
    _close(work, offer, OfferState.CONFIRMED)
    return add_certificate(work, AddCertificate(**told, seen_on=command.seen_on))


@action(Permission.CONTRACT_EDIT, RefuseCertificateOffer)
def refuse_certificate_offer(work: Work, command: RefuseCertificateOffer) -> int:
    """Refuse a certificate that was handed in, with the reason that the employer reads."""
    offer = _waiting(work, command.offer_id, command.version)
    offer.reason = command.reason
    _close(work, offer, OfferState.REFUSED)
    return command.offer_id


def _check(work: Work, command: OfferCertificate) -> None:
    if command.code not in known_certificates(work):
        raise Invalid("code", "No rule set knows this certificate. Choose one from the list.")
    if command.valid_until < command.valid_from:
        raise Invalid("valid_until", "The last day lies before the first day. Choose a later day.")
    if command.content is None and not command.number:
        raise Invalid("number", "Add the certificate as a file, or fill in its number.")


def _waiting(work: Work, offer_id: int, version: int) -> CertificateOffer:
    offer = work.get(CertificateOffer, offer_id)
    if offer.version != version or offer.state is not OfferState.WAITS:
        raise Invalid("offer_id", "This certificate was answered or taken back already.")
    return offer


def _close(work: Work, offer: CertificateOffer, state: OfferState) -> None:
    offer.state = state
    offer.decided_at, offer.decided_by_id = clock.now(), work.actor.user_id
    offer.sha256 = offer.file_name = offer.media_type = None
    work.flush()
