"""Tables of social return: authorities, rule sets, contracts, efforts and their evidence."""

from crm.sroi.records.certificate_offers import CertificateOffer
from crm.sroi.records.certificates import EmployerCertificate
from crm.sroi.records.confirmations import ConfirmationTakenBack
from crm.sroi.records.contracts import Contract
from crm.sroi.records.efforts import Effort, Evidence
from crm.sroi.records.figure_grounds import FigureGround, VolumeSource
from crm.sroi.records.figures import ClauseThreshold, FigureSnapshot, MissingClause, PurchasingVolume
from crm.sroi.records.life import (
    ContractChange,
    ContractClock,
    ContractEvent,
    ObligationShare,
    ShareAnswer,
)
from crm.sroi.records.persons import DoubleCountDecision, KnownBy, PersonClaim
from crm.sroi.records.plans import Handover, Plan, PlanLine
from crm.sroi.records.ruleset_drafts import PublishedRuleSet, RuleSetDraft
from crm.sroi.records.rulesets import Authority, AuthorityRuleSet, RuleSetVersion
from crm.sroi.records.statements import Letter, Statement, StatementCopy
from crm.sroi.records.tenders import TenderIntake

__all__ = [
    "Authority",
    "AuthorityRuleSet",
    "CertificateOffer",
    "ClauseThreshold",
    "ConfirmationTakenBack",
    "Contract",
    "ContractChange",
    "ContractClock",
    "ContractEvent",
    "DoubleCountDecision",
    "Effort",
    "EmployerCertificate",
    "Evidence",
    "FigureGround",
    "FigureSnapshot",
    "Handover",
    "KnownBy",
    "Letter",
    "MissingClause",
    "ObligationShare",
    "PersonClaim",
    "Plan",
    "PlanLine",
    "PublishedRuleSet",
    "PurchasingVolume",
    "RuleSetDraft",
    "RuleSetVersion",
    "ShareAnswer",
    "Statement",
    "StatementCopy",
    "TenderIntake",
    "VolumeSource",
]
