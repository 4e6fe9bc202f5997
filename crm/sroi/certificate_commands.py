"""What officers ask of the certificates of an employer."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

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
