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
    region_id_of,
    regions_to_import,
    rejected,
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
    "region_id_of",
    "regions_to_import",
    "rejected",
    "run",
    "verdicts",
]
