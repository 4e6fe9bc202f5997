"""What users ask of a tender before its award: take it in, change it, award it, withdraw it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from crm.core.actions import Command
from crm.core.days import Day
from crm.core.privacy import WITHOUT_BSN
from crm.sroi.commands import Cents, Code, HoursOfWork, Percent, Reason
from crm.sroi.rules.tendering import AwardCriterion
from crm.sroi.states import ContractType


class TenderTerms(Command):
    """What is known of a tender; amounts in whole cents excl. VAT.

    The clause says a `percentage` or an `amount_cents`, or neither: then the rule set's own percentage.
    `social_weight` is the share of the points for social return, in percent.
    """

    title: Annotated[str, StringConstraints(min_length=1, max_length=400), WITHOUT_BSN]
    reference: Annotated[str, StringConstraints(max_length=80), WITHOUT_BSN] | None = None
    cpv_code: Annotated[str, StringConstraints(pattern=r"^\d{8}(-\d)?$")] | None = None
    contract_type: ContractType
    estimate_cents: Cents
    labour_share: Percent | None = None
    percentage: Percent | None = None
    amount_cents: Annotated[int, Field(gt=0, le=10**13)] | None = None
    criterion: AwardCriterion = AwardCriterion.BEST_VALUE
    social_weight: Percent | None = None
    published_on: Day | None = None
    award_on: Day
    start_on: Day
    end_on: Day
    rule_set_code: Code | None = None


class TakeInTender(TenderTerms):
    """Take in a tender of an authority; who takes it in owns it until somebody else does."""

    authority_id: int


class EditTender(TenderTerms):
    """Change a tender that was not awarded yet."""

    intake_id: int
    version: int


class AwardTender(Command):
    """Award a tender to an employer for a sum: it becomes a contract with everything that was taken in."""

    intake_id: int
    version: int
    employer_id: int
    value_cents: Cents
    award_on: Day
    start_on: Day
    end_on: Day
    wage_bill_cents: Cents | None = None
    contract_hours: HoursOfWork | None = None


class WithdrawTender(Command):
    """Say that a tender will not be awarded, and why."""

    intake_id: int
    version: int
    reason: Reason
