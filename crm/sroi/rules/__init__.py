"""The rules of social return: values, obligations and standing, as pure functions on dates and decimals."""

from crm.sroi.rules.checks import check_ruleset
from crm.sroi.rules.eligibility import fits
from crm.sroi.rules.errors import FactsError, RuleSetError
from crm.sroi.rules.explanation import (
    Bilingual,
    Explanation,
    Note,
    ReadableStep,
    Step,
    Term,
)
from crm.sroi.rules.facts import Facts, HoursFrom, ObligationFacts, Spell
from crm.sroi.rules.kinds import (
    Base,
    CapBase,
    ContractType,
    DateKind,
    FineBase,
    Kind,
    LongGap,
    ProRata,
    Stacking,
    Unit,
    WithholdingReading,
)
from crm.sroi.rules.model import (
    Block,
    BonusRule,
    ByType,
    Exclusion,
    LabourShare,
    ObligationRule,
    RuleSet,
    Valuation,
)
from crm.sroi.rules.numbers import Rounding, rounded, written
from crm.sroi.rules.obligation import compute_obligation
from crm.sroi.rules.periods import add_months, calendar_months
from crm.sroi.rules.settlement import withholding
from crm.sroi.rules.sourced import Sourced
from crm.sroi.rules.standing import Standing, Status, contract_standing
from crm.sroi.rules.terms import Cap, Certificate, Deadline, Deadlines, Evidence, LadderStep, Sanctions
from crm.sroi.rules.valuation import value_effort

__all__ = [
    "Base",
    "Bilingual",
    "Block",
    "BonusRule",
    "ByType",
    "Cap",
    "CapBase",
    "Certificate",
    "ContractType",
    "DateKind",
    "Deadline",
    "Deadlines",
    "Evidence",
    "Exclusion",
    "Explanation",
    "Facts",
    "FactsError",
    "FineBase",
    "HoursFrom",
    "Kind",
    "LabourShare",
    "LadderStep",
    "LongGap",
    "Note",
    "ObligationFacts",
    "ObligationRule",
    "ProRata",
    "ReadableStep",
    "Rounding",
    "RuleSet",
    "RuleSetError",
    "Sanctions",
    "Sourced",
    "Spell",
    "Stacking",
    "Standing",
    "Status",
    "Step",
    "Term",
    "Unit",
    "Valuation",
    "WithholdingReading",
    "add_months",
    "calendar_months",
    "check_ruleset",
    "compute_obligation",
    "contract_standing",
    "fits",
    "rounded",
    "value_effort",
    "withholding",
    "written",
]
