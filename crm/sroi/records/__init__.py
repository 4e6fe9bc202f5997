"""Tables of social return: authorities, rule sets, contracts, efforts and their evidence."""

from crm.sroi.records.contracts import Contract
from crm.sroi.records.efforts import Effort, Evidence
from crm.sroi.records.persons import DoubleCountDecision, KnownBy, PersonClaim
from crm.sroi.records.plans import Handover, Plan, PlanLine
from crm.sroi.records.rulesets import Authority, AuthorityRuleSet, RuleSetVersion
from crm.sroi.records.statements import Letter, Statement, StatementCopy

__all__ = [
    "Authority",
    "AuthorityRuleSet",
    "Contract",
    "DoubleCountDecision",
    "Effort",
    "Evidence",
    "Handover",
    "KnownBy",
    "Letter",
    "PersonClaim",
    "Plan",
    "PlanLine",
    "RuleSetVersion",
    "Statement",
    "StatementCopy",
]
