"""Questions about files that came in, and what imports need to find."""

from crm.exchange.queries.runs import (
    PAGE,
    BuyerRow,
    RunRow,
    VerdictRow,
    buyers,
    every_verdict,
    notes_of_contract,
    reasons,
    recent_runs,
    regions_to_import,
    run,
    verdicts,
)

__all__ = [
    "PAGE",
    "BuyerRow",
    "RunRow",
    "VerdictRow",
    "buyers",
    "every_verdict",
    "notes_of_contract",
    "reasons",
    "recent_runs",
    "regions_to_import",
    "run",
    "verdicts",
]
