"""Every page, named once: navigation, guard and tests are made from this list."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crm.core.access import Actor, Permission
from crm.core.i18n import N_

PAGES_DIR = Path(__file__).resolve().parents[2] / "pages"


@dataclass(frozen=True)
class PageSpec:
    """A screen: its file under `pages/`, its address, its title and what it takes to see it.

    `menu` is whether it stands in the navigation; the others are reached from a record. `section`
    is the heading it stands under there; without one it stands by itself, in front. `home` is whether
    it is the first page of those who may see it; that one is at `/`.
    """

    file: str
    address: str
    title: str
    permission: Permission
    icon: str
    menu: bool = True
    section: str = ""
    home: bool = False

    @property
    def path(self) -> Path:
        """The absolute path, so that nothing depends on a `pages/` folder beside the script."""
        return PAGES_DIR / self.file


P = Permission

PAGES: tuple[PageSpec, ...] = (
    PageSpec(
        "staff/today.py",
        "vandaag",
        N_("Today"),
        P.EMPLOYER_VIEW,
        ":material/event_available:",
        home=True,
    ),
    PageSpec(
        "portal/overview.py",
        "mijn-contracten",
        N_("My contracts"),
        P.PORTAL_VIEW,
        ":material/home:",
        home=True,
    ),
    PageSpec("portal/company.py", "mijn-bedrijf", N_("My company"), P.PORTAL_VIEW, ":material/domain:"),
    PageSpec("portal/contract.py", "mijn-contract", N_("My contract"), P.PORTAL_VIEW, "", menu=False),
    PageSpec("portal/effort.py", "mijn-inspanning", N_("New effort"), P.PORTAL_VIEW, "", menu=False),
    PageSpec("staff/search.py", "zoeken", N_("Search"), P.EMPLOYER_VIEW, ":material/search:", menu=False),
    PageSpec("staff/employers.py", "werkgevers", N_("Employers"), P.EMPLOYER_VIEW, ":material/apartment:"),
    PageSpec("staff/employer.py", "werkgever", N_("Employer"), P.EMPLOYER_VIEW, "", menu=False),
    PageSpec(
        "staff/employer_edit.py",
        "werkgever-wijzigen",
        N_("Employer details"),
        P.EMPLOYER_EDIT,
        "",
        menu=False,
    ),
    PageSpec("staff/doubles.py", "dubbelingen", N_("Duplicates"), P.EMPLOYER_EDIT, "", menu=False),
    PageSpec("staff/visit.py", "bezoek", N_("Log a visit"), P.VISIT_LOG, ":material/edit_note:"),
    PageSpec("staff/needs.py", "behoeften", N_("Needs"), P.VISIT_VIEW, ":material/contact_support:"),
    PageSpec("staff/need.py", "behoefte", N_("Need"), P.VISIT_VIEW, "", menu=False),
    PageSpec("staff/proposal.py", "voorstel", N_("Proposal"), P.VISIT_VIEW, "", menu=False),
    PageSpec("staff/mail.py", "mail", N_("A mail into the file"), P.VISIT_LOG, "", menu=False),
    PageSpec("staff/questions.py", "vragenlijst", N_("Question list"), P.VISIT_LOG, "", menu=False),
    PageSpec("staff/carving.py", "kansen", N_("Opportunities"), P.CARVING_VIEW, ":material/account_tree:"),
    PageSpec("staff/case.py", "kans", N_("Opportunity"), P.CARVING_VIEW, "", menu=False),
    PageSpec("staff/network.py", "netwerk", N_("Network"), P.NETWORK_VIEW, ":material/hub:"),
    PageSpec("staff/party.py", "partij", N_("Party in the network"), P.NETWORK_VIEW, "", menu=False),
    PageSpec("staff/event.py", "bijeenkomst", N_("Event"), P.NETWORK_VIEW, "", menu=False),
    PageSpec("staff/placements.py", "plaatsingen", N_("Placements"), P.PLACEMENT_VIEW, ":material/badge:"),
    PageSpec("staff/placement.py", "plaatsing", N_("Placement"), P.PLACEMENT_VIEW, "", menu=False),
    PageSpec(
        "staff/contracts.py", "sroi", N_("Contracts"), P.CONTRACT_VIEW, ":material/gavel:", section=N_("SROI")
    ),
    PageSpec("staff/contract.py", "contract", N_("Contract"), P.CONTRACT_VIEW, "", menu=False),
    PageSpec("staff/settle.py", "afrekenen", N_("Settle"), P.CONTRACT_VIEW, "", menu=False),
    PageSpec("staff/gap.py", "tekort", N_("Close the gap"), P.CONTRACT_VIEW, "", menu=False),
    PageSpec(
        "staff/review.py",
        "beoordelen",
        N_("Review"),
        P.EFFORT_REVIEW,
        ":material/fact_check:",
        section=N_("SROI"),
    ),
    PageSpec(
        "staff/missing.py",
        "ontbrekend",
        N_("Missing clauses"),
        P.FIGURES_VIEW,
        ":material/assignment_late:",
        section=N_("SROI"),
    ),
    PageSpec(
        "staff/figures.py",
        "raadscijfers",
        N_("Council figures"),
        P.FIGURES_VIEW,
        ":material/account_balance:",
        section=N_("SROI"),
    ),
    PageSpec(
        "staff/imports.py",
        "inlezen",
        N_("Import"),
        P.IMPORT_RUN,
        ":material/upload_file:",
        section=N_("SROI"),
    ),
    PageSpec(
        "staff/rulesets.py",
        "regelsets",
        N_("Rule sets"),
        P.RULESET_VIEW,
        ":material/rule:",
        section=N_("SROI"),
    ),
    PageSpec(
        "admin/ruleset.py", "regelset-maken", N_("New version of a rule set"), P.RULESET_EDIT, "", menu=False
    ),
    PageSpec(
        "admin/users.py",
        "gebruikers",
        N_("Users"),
        P.USER_MANAGE,
        ":material/group:",
        section=N_("Administration"),
        home=True,
    ),
    PageSpec(
        "admin/audit.py",
        "logboek",
        N_("Audit log"),
        P.AUDIT_VIEW,
        ":material/history:",
        section=N_("Administration"),
    ),
    PageSpec(
        "shared/account.py",
        "account",
        N_("My account"),
        P.PROFILE_EDIT,
        ":material/person:",
        section=N_("Account"),
    ),
)


def pages_for(actor: Actor) -> list[PageSpec]:
    """Return the pages this actor may open, in the order of the navigation."""
    return [spec for spec in PAGES if actor.may(spec.permission)]


def home_of(permissions: frozenset[Permission]) -> PageSpec:
    """Return the page that somebody with these permissions starts on."""
    return next(spec for spec in PAGES if spec.home and spec.permission in permissions)


def page(file: str) -> PageSpec:
    """Return the page that lives in a file under `pages/`."""
    return next(spec for spec in PAGES if spec.file == file)
