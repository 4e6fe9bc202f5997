"""Rules of needs and of vacancies."""

from crm.needs.rules.needs import (
    REACT_WITHIN,
    NeedKind,
    NeedUrgency,
    Outcome,
    Phase,
    Reaction,
    lacks_reason,
    reaction,
    reaction_due,
)
from crm.needs.rules.vacancies import (
    Agreement,
    Application,
    ContractTerm,
    Licence,
    ShiftWork,
    WorkLevel,
    closes_soon,
    hours_fault,
)

__all__ = [
    "REACT_WITHIN",
    "Agreement",
    "Application",
    "ContractTerm",
    "Licence",
    "NeedKind",
    "NeedUrgency",
    "Outcome",
    "Phase",
    "Reaction",
    "ShiftWork",
    "WorkLevel",
    "closes_soon",
    "hours_fault",
    "lacks_reason",
    "reaction",
    "reaction_due",
]
