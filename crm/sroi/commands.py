"""What users ask of contracts, efforts and their evidence; checked again on the server."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from crm.core.actions import Command
from crm.core.days import Day
from crm.core.privacy import REFERENCE_WITHOUT_BSN, WITHOUT_BSN
from crm.sroi.states import ContractType, LetterKind

Cents = Annotated[int, Field(ge=0, le=10**13)]
Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
Hours = Annotated[Decimal, Field(ge=0, le=60, max_digits=4, decimal_places=1)]
HoursOfWork = Annotated[Decimal, Field(gt=0, le=10_000_000, max_digits=10, decimal_places=2)]
Quantity = Annotated[Decimal, Field(ge=0, le=100_000, max_digits=8, decimal_places=2)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Reason = Annotated[str, StringConstraints(min_length=3, max_length=400), WITHOUT_BSN]
Surname = Annotated[str, StringConstraints(max_length=120), WITHOUT_BSN]
Content = Annotated[bytes, Field(repr=False)]

_CertificateNumber = Annotated[str, StringConstraints(max_length=80), REFERENCE_WITHOUT_BSN]


class ContractTerms(Command):
    """What a contract says; amounts in whole cents excl. VAT, percentages 5 for 5 %.

    `percentage` is what the clause or the bid says; None leaves it to the rule set. `published_on` is the
    day on which the tender was published.
    """

    title: Annotated[str, StringConstraints(min_length=1, max_length=400), WITHOUT_BSN]
    reference: Annotated[str, StringConstraints(max_length=80), REFERENCE_WITHOUT_BSN] | None = None
    contract_type: ContractType
    value_cents: Cents
    labour_share: Percent | None = None
    percentage: Percent | None = None
    wage_bill_cents: Cents | None = None
    published_on: Day | None = None
    award_on: Day
    start_on: Day
    end_on: Day
    rule_set_code: Code | None = None


class RegisterContract(ContractTerms):
    """Put a contract in the register; `award_key` tells an award of an import from every other."""

    authority_id: int
    employer_id: int
    contract_hours: HoursOfWork | None = None
    award_key: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    ocid: Annotated[str, StringConstraints(max_length=80)] | None = None
    cpv_code: Annotated[str, StringConstraints(max_length=16)] | None = None


class RefreshAward(ContractTerms):
    """Take over what a later notice says of an award that is not confirmed yet."""

    contract_id: int
    employer_id: int
    cpv_code: Annotated[str, StringConstraints(max_length=16)] | None = None


class EditContract(ContractTerms):
    """Change a contract; once confirmed only its title, reference and term."""

    contract_id: int
    version: int
    contract_hours: HoursOfWork | None = None


class ConfirmObligation(Command):
    """Fix the obligation and let the contract run."""

    contract_id: int
    version: int
    percentage: Percent | None = None
    labour_share: Percent | None = None


class ReopenObligation(Command):
    """Take a confirmed obligation back, because it was wrong."""

    contract_id: int
    version: int
    reason: Reason


class StartRepair(Command):
    """Grant a repair period ("herstelperiode") up to and including a day."""

    contract_id: int
    version: int
    until: Day


class SettleContract(Command):
    """Close a contract with what was approved ("afrekenen").

    `not_to_blame` is why the contractor is not to blame for a shortfall; empty when nothing excuses it.
    """

    contract_id: int
    version: int
    last_instalment_cents: Cents | None = None
    not_to_blame: Annotated[str, StringConstraints(max_length=400), WITHOUT_BSN] = ""


class CorrectStatement(SettleContract):
    """Make a new version of a final statement; `number` is that of the statement it corrects."""

    number: int
    reason: Reason


class MakeLetter(Command):
    """Make a letter about a contract; `paragraph` is what the officer adds to its text."""

    contract_id: int
    kind: LetterKind
    language: Literal["nl", "en"]
    paragraph: Annotated[str, StringConstraints(max_length=1500), WITHOUT_BSN] = ""


class WithdrawContract(Command):
    """Take a contract out of the register that should not be there."""

    contract_id: int
    version: int
    reason: Reason


class WithdrawAward(Command):
    """Take a contract out of the register because its award was cancelled before it was confirmed."""

    contract_id: int
    reason: Reason


class AssignRuleSet(Command):
    """Say which rule set an authority uses from a day on."""

    authority_id: int
    rule_set_code: Code
    valid_from: Day


class HoursFrom(Command):
    """Hours a week that hold from a day on."""

    start: Day
    hours: Hours


class EffortClaim(Command):
    """The facts of an effort; amounts in whole cents excl. VAT.

    `age` is in whole years on the reference date, so that no birth date is kept. `hours_history`
    goes before `hours_per_week`. `supplier_certificate` is the code of what the supplier of a purchase holds,
    empty when that is nothing, None when it is not known. `subject` is a reference such as K-2041, never a
    name. `surname` and `birth_date` say whose time it is; they become a fingerprint and are kept nowhere.
    Left out, the person stays who it was.
    """

    block: Code
    start: Day | None = None
    end: Day | None = None
    hours_per_week: Hours | None = None
    hours_history: tuple[HoursFrom, ...] = ()
    worked_hours: Quantity | None = None
    quantity: Quantity | None = None
    amount_cents: Cents | None = None
    labour_amount_cents: Cents | None = None
    age: Annotated[int, Field(ge=12, le=100)] | None = None
    benefit_start: Day | None = None
    permanent: bool = False
    tags: tuple[Code, ...] = ()
    supplier_certificate: _CertificateNumber | None = None
    description: Annotated[str, StringConstraints(max_length=400), WITHOUT_BSN] = ""
    subject: Annotated[str, StringConstraints(max_length=120), WITHOUT_BSN] = ""
    surname: Surname | None = Field(default=None, repr=False)
    birth_date: date | None = Field(default=None, repr=False)
    submit: bool = True


class SubmitEffort(EffortClaim):
    """Hand in an effort for review, or keep it as a draft; `placement_id` is the placement that it counts."""

    contract_id: int
    placement_id: int | None = None


class SubmitEfforts(Command):
    """Hand in several efforts on one contract, or keep them all as drafts."""

    contract_id: int
    efforts: Annotated[tuple[EffortClaim, ...], Field(min_length=1, max_length=300)]
    submit: bool = True


class EditEffort(EffortClaim):
    """Change an effort that is not approved, and hand it in again or keep it as a draft."""

    effort_id: int
    version: int


class CopyEffort(Command):
    """Make a draft of an effort for the period that follows it."""

    effort_id: int


class WithdrawEffort(Command):
    """Take back an effort that is not approved."""

    effort_id: int
    version: int


class OfferPlacement(Command):
    """Offer a placement as a draft effort that the contractor completes and hands in."""

    placement_id: int
    contract_id: int
    block: Code


class TakeBackOffer(Command):
    """Take back a placement that was offered, while it is still a draft."""

    effort_id: int
    version: int


class AddEvidence(Command):
    """Add a file to an effort; `kind` is a code of the rule set's evidence list, or `other`."""

    effort_id: int
    kind: Code
    file_name: Annotated[str, StringConstraints(min_length=1, max_length=200), WITHOUT_BSN]
    content: Content


class NoteEvidenceSeen(Command):
    """Note that somebody saw evidence that is not kept."""

    effort_id: int
    kind: Code
    seen_on: Day


class RemoveEvidence(Command):
    """Take evidence away from an effort that is not approved."""

    evidence_id: int


class SweepEvidence(Command):
    """Delete evidence whose time is over, at most `most` pieces of it at once."""

    most: Annotated[int, Field(ge=1, le=10_000)] = 500


class SweepFiles(Command):
    """Take files off the disk that nothing refers to any more."""


class ApproveEffort(Command):
    """Approve an effort, for a part of its value when `approved_cents` says so (then with a reason).

    `double_reason` says why it may count although its person's time is claimed elsewhere as well.
    """

    effort_id: int
    version: int
    approved_cents: Cents | None = None
    reason: Annotated[str, StringConstraints(max_length=400), WITHOUT_BSN] | None = None
    double_reason: Annotated[str, StringConstraints(max_length=400), WITHOUT_BSN] | None = None


class SendBack(Command):
    """Send an effort back to the contractor with what has to change."""

    effort_id: int
    version: int
    reason: Reason


class ReopenEffort(SendBack):
    """Take the approval of an effort back; the contractor reads the reason and hands it in again."""
