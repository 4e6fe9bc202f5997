"""Which pages are measured, as whom, and with what in the address: every list, and the timeline."""

from __future__ import annotations

from dataclasses import dataclass, field

from crm.bench.ground import BUSIEST
from crm.core.access import Role


@dataclass(frozen=True)
class Visit:
    """A page as one user opens it, with what stands in the address and in its fields."""

    name: str
    role: Role
    file: str
    query: dict[str, str] = field(default_factory=dict)
    typed: dict[str, object] = field(default_factory=dict)


_MANAGER, _ADVISER, _OFFICER = Role.ACCOUNT_MANAGER, Role.ADVISER, Role.SROI_OFFICER
_BUSIEST = {"id": str(BUSIEST)}

VISITS = (
    Visit("My account (nearly empty)", _MANAGER, "shared/account.py"),
    Visit("Today, account manager", _MANAGER, "staff/today.py"),
    Visit("Today, SROI officer", _OFFICER, "staff/today.py"),
    Visit("Today, manager", Role.MANAGER, "staff/today.py"),
    Visit("Employers", _MANAGER, "staff/employers.py"),
    Visit("Employers, last page", _MANAGER, "staff/employers.py", typed={"pagina": 20}),
    Visit("Employers, searched", _MANAGER, "staff/employers.py", {"zoek": "wilgenhoek 42"}),
    Visit("Employers, own portfolio", _MANAGER, "staff/employers.py", typed={"alleen": ["mine"]}),
    Visit("Search everything", _ADVISER, "staff/search.py", typed={"find_text": "wilgenhoek 42"}),
    Visit(
        "Search everything, wrongly typed",
        _ADVISER,
        "staff/search.py",
        typed={"find_text": "wilgnehoek rucpen"},
    ),
    Visit("Timeline of an employer", _MANAGER, "staff/employer.py", {"id": "42"}),
    Visit("Timeline of the busiest employer", _MANAGER, "staff/employer.py", _BUSIEST),
    Visit("Employer, opportunities", _MANAGER, "staff/employer.py", {"id": "42", "tab": "Kansen"}),
    Visit("Employer, needs", _MANAGER, "staff/employer.py", {**_BUSIEST, "tab": "Behoeften"}),
    Visit("Employer, placements", _MANAGER, "staff/employer.py", {"id": "42", "tab": "Plaatsingen"}),
    Visit("Employer, contracts", _OFFICER, "staff/employer.py", {**_BUSIEST, "tab": "Contracten"}),
    Visit("Employer, network", _MANAGER, "staff/employer.py", {"id": "42", "tab": "Netwerk"}),
    Visit("Duplicates", _MANAGER, "staff/doubles.py"),
    Visit("Log a visit: choose an employer", _MANAGER, "staff/visit.py"),
    Visit("Log a visit at an employer", _MANAGER, "staff/visit.py", {"employer": str(BUSIEST)}),
    Visit("Needs, mine", _MANAGER, "staff/needs.py"),
    Visit("Needs, everybody's", _MANAGER, "staff/needs.py", typed={"needs_seen": "all"}),
    Visit("Needs, ended", _MANAGER, "staff/needs.py", typed={"needs_seen": "ended"}),
    Visit("Opportunities", _ADVISER, "staff/carving.py"),
    Visit("Opportunities in one stage", _ADVISER, "staff/carving.py", {"fase": "Analyse"}),
    Visit("Opportunity", _ADVISER, "staff/case.py", {"id": "9"}),
    Visit("Placements", _ADVISER, "staff/placements.py"),
    Visit("Placement", _ADVISER, "staff/placement.py", {"id": "9"}),
    Visit("Network, members", _ADVISER, "staff/network.py"),
    Visit("Network, who brought whom", _ADVISER, "staff/network.py", {"netwerk": "Wie bracht wie"}),
    Visit("Network, parties", _ADVISER, "staff/network.py", {"netwerk": "Partijen"}),
    Visit("Network, doors", _ADVISER, "staff/network.py", {"netwerk": "Deuren"}),
    Visit("Network, map", _ADVISER, "staff/network.py", {"netwerk": "Kaart"}),
    Visit("Network, events", _ADVISER, "staff/network.py", {"netwerk": "Bijeenkomsten"}),
    Visit("Party in the network", _ADVISER, "staff/party.py", {"id": "1"}),
    Visit("Event", _ADVISER, "staff/event.py", {"id": "4"}),
    Visit("Contracts", _OFFICER, "staff/contracts.py"),
    Visit("Contracts at risk", _OFFICER, "staff/contracts.py", {"beeld": "Dreigend"}),
    Visit("Tenders", _OFFICER, "staff/contracts.py", {"beeld": "Aanbestedingen"}),
    Visit("Contract", _OFFICER, "staff/contract.py", {"id": "1"}),
    Visit("Close the gap", _OFFICER, "staff/gap.py", {"id": "1"}),
    Visit("Review", _OFFICER, "staff/review.py"),
    Visit("Missing clauses", Role.MANAGER, "staff/missing.py"),
    Visit("Council figures", Role.MANAGER, "staff/figures.py"),
    Visit("Import", _OFFICER, "staff/imports.py"),
    Visit("Rule sets", _OFFICER, "staff/rulesets.py"),
    Visit("Users", Role.ADMIN, "admin/users.py"),
    Visit("Audit log", Role.ADMIN, "admin/audit.py"),
    Visit("Portal, all contracts", Role.EMPLOYER, "portal/overview.py"),
    Visit("Portal, contract", Role.EMPLOYER, "portal/contract.py", {"id": "2"}),
    Visit("Portal, company", Role.EMPLOYER, "portal/company.py"),
)
