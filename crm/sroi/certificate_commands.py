"""What officers and employers ask of the certificates of an employer."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from crm.core.actions import Command
from crm.core.days import Day
from crm.core.privacy import WITHOUT_BSN
from crm.sroi.commands import Code, Reason


class CertificateFacts(Command):
    """What a certificate says, both days included, and on which day it was seen."""

    code: Code
    valid_from: Day
    valid_until: Day
    number: Annotated[str, StringConstraints(max_length=80), WITHOUT_BSN] = ""
    seen_on: Day


class AddCertificate(CertificateFacts):
    """Note a certificate of an employer."""

    employer_id: int


class EditCertificate(CertificateFacts):
    """Put a certificate right."""

    certificate_id: int
    version: int


class EndCertificate(Command):
    """Say that a certificate ends earlier than it says; `ended_on` is the last day that it is valid."""

    certificate_id: int
    version: int
    ended_on: Day
    reason: Reason


class OfferCertificate(Command):
    """Hand in a certificate of the own employer: a file of it, or the number to look it up by."""

    code: Code
    valid_from: Day
    valid_until: Day
    number: Annotated[str, StringConstraints(max_length=80), WITHOUT_BSN] = ""
    file_name: Annotated[str, StringConstraints(max_length=200), WITHOUT_BSN] = ""
    content: Annotated[bytes | None, Field(repr=False)] = None


class TakeBackCertificateOffer(Command):
    """Take a certificate back that waits for an answer."""

    offer_id: int
    version: int


class ConfirmCertificateOffer(Command):
    """Confirm that a certificate that was handed in holds; `seen_on` is when it was looked at."""

    offer_id: int
    version: int
    seen_on: Day


class RefuseCertificateOffer(Command):
    """Say why a certificate that was handed in does not hold."""

    offer_id: int
    version: int
    reason: Reason
