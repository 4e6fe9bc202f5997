"""Every page in every role: it runs for who may see it, at a price, and does not exist for who may not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from streamlit.testing.v1 import AppTest

from crm.core.access import Role
from crm.core.records import key
from crm.ui.registry import PAGES, PAGES_DIR
from tests.counting import MOST_ON_A_PAGE, statements
from tests.factories import World, make_session
from tests.pages.full_world import Ids, furnish
from tests.snapshots import begin_with
from tests.sources import ROOT

RELATIONS = {Role.ADVISER, Role.ACCOUNT_MANAGER}
CARETAKERS = RELATIONS | {Role.SROI_OFFICER}
STAFF = CARETAKERS | {Role.MANAGER}
WITH_PARTNERS = STAFF | {Role.PARTNER}
SECONDS = 30


@dataclass(frozen=True)
class Expected:
    """Who may open a page, what its title says in Dutch, and the record it is opened on."""

    roles: set[Role]
    title: str
    on: Callable[[Ids], dict[str, int]] = lambda _ids: {}


# A new page gets its line here, on purpose by hand: who is meant to see it?
EXPECTED = {
    "staff/today.py": Expected(WITH_PARTNERS, ""),
    "staff/search.py": Expected(WITH_PARTNERS, "Zoeken"),
    "staff/employers.py": Expected(WITH_PARTNERS, "Werkgevers"),
    "staff/employer.py": Expected(WITH_PARTNERS, "De Linde Groen BV", lambda ids: {"id": ids.employer}),
    "staff/employer_edit.py": Expected(RELATIONS, "De Linde Groen BV", lambda ids: {"id": ids.employer}),
    "staff/visit.py": Expected(CARETAKERS, "Bezoek vastleggen"),
    "staff/needs.py": Expected(STAFF, "Behoeften"),
    "staff/need.py": Expected(STAFF, "Vacature", lambda ids: {"id": ids.need}),
    "staff/proposal.py": Expected(STAFF, "Magazijnmedewerker", lambda ids: {"id": ids.proposal}),
    "staff/mail.py": Expected(CARETAKERS, "Een mail in het dossier"),
    "staff/questions.py": Expected(CARETAKERS, "Gesprek over groei", lambda ids: {"id": ids.answers}),
    "staff/carving.py": Expected(WITH_PARTNERS, "Kansen"),
    "staff/case.py": Expected(WITH_PARTNERS, "", lambda ids: {"id": ids.case}),
    "staff/network.py": Expected(STAFF, "Netwerk"),
    "staff/party.py": Expected(STAFF, "Wijkhuis Zuid", lambda ids: {"id": ids.party}),
    "staff/event.py": Expected(STAFF, "Kennismaken", lambda ids: {"id": ids.event}),
    "staff/placements.py": Expected(WITH_PARTNERS, "Plaatsingen"),
    "staff/placement.py": Expected(WITH_PARTNERS, "", lambda ids: {"id": ids.placement}),
    "staff/contracts.py": Expected(STAFF, "Contracten"),
    "staff/contract.py": Expected(STAFF, "Groenonderhoud", lambda ids: {"id": ids.contract}),
    "staff/gap.py": Expected(STAFF, "Tekort oplossen", lambda ids: {"id": ids.contract}),
    "staff/settle.py": Expected(STAFF, "Afrekenen", lambda ids: {"id": ids.contract}),
    "staff/review.py": Expected({Role.SROI_OFFICER}, ""),
    "staff/doubles.py": Expected({Role.ADVISER, Role.ACCOUNT_MANAGER}, "Dubbelingen"),
    "staff/missing.py": Expected({Role.SROI_OFFICER, Role.MANAGER}, "Ontbrekende clausules"),
    "staff/figures.py": Expected({Role.SROI_OFFICER, Role.MANAGER}, "Raadscijfers"),
    "staff/imports.py": Expected({Role.ADVISER, Role.SROI_OFFICER, Role.ADMIN}, "Inlezen"),
    "staff/rulesets.py": Expected(STAFF | {Role.ADMIN}, "Regelsets"),
    "portal/overview.py": Expected({Role.EMPLOYER}, ""),
    "portal/company.py": Expected({Role.EMPLOYER}, "Mijn bedrijf"),
    "portal/contract.py": Expected({Role.EMPLOYER}, "Groenonderhoud", lambda ids: {"id": ids.contract}),
    "portal/effort.py": Expected({Role.EMPLOYER}, "", lambda ids: {"contract": ids.contract}),
    "admin/ruleset.py": Expected({Role.ADMIN}, "Brabant 2027", lambda ids: {"id": ids.draft}),
    "admin/users.py": Expected({Role.ADMIN}, "Gebruikers"),
    "admin/audit.py": Expected({Role.ADMIN, Role.MANAGER}, "Logboek"),
    "shared/account.py": Expected(set(Role), "Mijn account"),
}


def visit(script: str, world: World, role: Role | None, params: dict[str, int] | None = None) -> AppTest:
    """Return a session of a user of a role on a script, ready to run."""
    at = AppTest.from_file(str(ROOT / script), default_timeout=SECONDS)
    if role is not None:
        at.user = {"ident": str(key(make_session(world.users[role])))}
    for name, value in (params or {}).items():
        at.query_params[name] = str(value)
    return at


def words(at: AppTest) -> str:
    """Return everything that can be read on the screen."""
    return "\n".join(str(getattr(element, "value", "")) for element in at)


@pytest.fixture
def ids(lite_world: World) -> Ids:
    """One of everything to show."""
    return begin_with("furnished", lambda: furnish(lite_world))


def test_every_page_has_a_line_in_the_table() -> None:
    assert {spec.file for spec in PAGES} == set(EXPECTED)


@pytest.mark.parametrize(
    ("file", "role"), [(file, role) for file in EXPECTED for role in sorted(EXPECTED[file].roles)]
)
def test_a_page_runs_for_who_may_see_it(lite_world: World, ids: Ids, file: str, role: Role) -> None:
    at = visit("crm/ui/main.py", lite_world, role, EXPECTED[file].on(ids))
    at.run().switch_page(str(PAGES_DIR / file))
    with statements() as asked:
        at.run()
    assert len(asked) <= MOST_ON_A_PAGE
    assert [fault.value for fault in [*at.exception, *at.error]] == []
    assert len(at.title) == 1
    assert EXPECTED[file].title in at.title[0].value


@pytest.mark.parametrize("role", Role)
def test_a_page_is_not_there_for_who_may_not_see_it(lite_world: World, role: Role) -> None:
    at = visit("crm/ui/main.py", lite_world, role).run()
    for file, expected in EXPECTED.items():
        if role not in expected.roles:
            with pytest.raises(ValueError, match="Could not find a navigation page"):
                at.switch_page(str(PAGES_DIR / file))


@pytest.mark.parametrize("file", EXPECTED)
def test_a_page_that_is_run_by_itself_refuses(lite_world: World, ids: Ids, file: str) -> None:
    nobody: set[Role | None] = {None}
    for role in nobody | (set(Role) - EXPECTED[file].roles):
        at = visit(f"pages/{file}", lite_world, role, EXPECTED[file].on(ids)).run()
        assert not at.exception
        assert len(at.error) == 1
        assert not at.title
        assert not at.dataframe
        assert "Linde" not in words(at)
