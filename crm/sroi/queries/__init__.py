"""Questions about contracts, efforts, evidence and rule sets, always for an actor."""

from crm.sroi.queries.contracts import (
    contract_history,
    contract_page,
    offerable_contracts,
    own_authorities,
)
from crm.sroi.queries.efforts import (
    effort,
    efforts_of_contract,
    evidence_of_contract,
    evidence_of_effort,
    recent_submissions,
    to_review,
)
from crm.sroi.queries.forecasts import RiskRow, forecast_of, portfolio, worst
from crm.sroi.queries.register import (
    PAGE_SIZE,
    Order,
    RegisterFilter,
    contracts_of_employer,
    employer_summary,
    portal_contracts,
    register,
)
from crm.sroi.queries.review import ReviewPage, preview_effort, review_page
from crm.sroi.queries.rows import (
    ContractPage,
    ContractRow,
    EffortRow,
    EmployerSummary,
    EvidenceRow,
    OfferableContract,
    RegisterPage,
    ReviewRow,
    Totals,
    most_pressing,
)
from crm.sroi.queries.rulesets import Assignment, assignments, ruleset, ruleset_names

__all__ = [
    "PAGE_SIZE",
    "Assignment",
    "ContractPage",
    "ContractRow",
    "EffortRow",
    "EmployerSummary",
    "EvidenceRow",
    "OfferableContract",
    "Order",
    "RegisterFilter",
    "RegisterPage",
    "ReviewPage",
    "ReviewRow",
    "RiskRow",
    "Totals",
    "assignments",
    "contract_history",
    "contract_page",
    "contracts_of_employer",
    "effort",
    "efforts_of_contract",
    "employer_summary",
    "evidence_of_contract",
    "evidence_of_effort",
    "forecast_of",
    "most_pressing",
    "offerable_contracts",
    "own_authorities",
    "portal_contracts",
    "portfolio",
    "preview_effort",
    "recent_submissions",
    "register",
    "review_page",
    "ruleset",
    "ruleset_names",
    "to_review",
    "worst",
]
