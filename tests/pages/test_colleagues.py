"""Who has access to an employer's portal, on the screen of the employer and on that of the officer."""

from __future__ import annotations

import re

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm.accounts.records import (
    EmployerAdministrator,
    EmployerInvitation,
    User,
    UserAuthority,
    UserEmployer,
)
from crm.accounts.records_access import HiddenContract
from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import reading, work
from crm.sroi.queries.colleagues import offered
from tests.counting import MOST_ON_A_PAGE, statements
from tests.factories import World, make_person, make_user, save
from tests.pages.walking import field, labels, opened, press, text
from tests.sroi.factories import make_contract

PORTAL = "portal/company.py"


@pytest.fixture
def sam(lite_world: World) -> User:
    """A colleague at employer A, where the other portal user is the administrator."""
    employer = lite_world.employer_a
    boss = lite_world.users[Role.EMPLOYER]
    make_person(employer, email="noor@example.nl")
    save(EmployerAdministrator(user_id=key(boss), employer_id=key(employer), region_id=employer.region_id))
    user = make_user(Role.EMPLOYER, "Sam Bakker", email="sam@example.nl")
    save(UserEmployer(user_id=key(user), employer_id=key(employer)))
    return user


def invite(at: AppTest, name: str, email: str) -> AppTest:
    press(at, "Iemand uitnodigen")
    field(at, "text_input", "Naam").set_value(name)
    field(at, "text_input", "E-mailadres").set_value(email)
    return press(at, "Link maken")


def link(at: AppTest) -> str:
    """Return the secret of the link on the screen."""
    found = re.search(r"/auth/uitnodiging\?code=([\w-]{43})$", at.code[0].value)
    assert found
    return found[1]


def test_an_administrator_invites_and_sees_the_link_once(lite_world: World, sam: User) -> None:
    at = invite(opened(lite_world, PORTAL, Role.EMPLOYER), "Noor Visser", "noor@example.nl")
    assert not at.exception
    told = offered(link(at))
    assert (told.employer, told.name) == ("De Linde Groen BV", "Noor Visser")
    assert "Geef deze link alleen aan **Noor Visser**" in text(at)
    at.run()
    assert not at.code
    assert "noor@example\\.nl" in text(at)


def test_a_fault_stays_beside_what_was_typed(lite_world: World, sam: User) -> None:
    at = invite(opened(lite_world, PORTAL, Role.EMPLOYER), "Noor Visser", "geen adres")
    assert "Vul een e-mailadres in" in text(at)
    assert not at.code


def test_an_invitation_gets_a_new_link_and_is_withdrawn(lite_world: World, sam: User) -> None:
    at = invite(opened(lite_world, PORTAL, Role.EMPLOYER), "Noor Visser", "noor@example.nl")
    first = link(at)
    press(at, "Nieuwe link maken")
    assert link(at) != first
    press(at, "Uitnodiging intrekken")
    assert "noor@example" not in text(at)
    with reading(system("test")) as unit:
        assert unit.session.exec(select(EmployerInvitation)).one().ended_at is not None


def test_access_is_ended_and_given_again(lite_world: World, sam: User) -> None:
    at = press(opened(lite_world, PORTAL, Role.EMPLOYER), "Ja, toegang stoppen")
    with reading(system("test")) as unit:
        assert not unit.get(User, key(sam)).active
    press(at, "Weer toegang geven")
    with reading(system("test")) as unit:
        assert unit.get(User, key(sam)).active
    assert "Toegang stoppen" not in labels(at)


def test_a_colleague_is_made_administrator_and_no_longer(lite_world: World, sam: User) -> None:
    at = press(opened(lite_world, PORTAL, Role.EMPLOYER), "Beheerder maken")
    press(at, "Geen beheerder meer")
    assert "Beheerder maken" in labels(at)
    with reading(system("test")) as unit:
        kept = unit.session.exec(select(EmployerAdministrator.user_id)).all()
    assert list(kept) == [key(lite_world.users[Role.EMPLOYER])]


def test_who_is_no_administrator_sees_names_only(lite_world: World) -> None:
    at = opened(lite_world, PORTAL, Role.EMPLOYER)
    assert "Een beheerder nodigt collega's uit." in text(at)
    assert not {"Iemand uitnodigen", "Beheerder maken"} & set(labels(at))


def test_the_officer_of_a_contract_invites_the_first_who_becomes_administrator(lite_world: World) -> None:
    make_contract(lite_world)
    make_person(lite_world.employer_a, email="noor@example.nl")
    at = opened(
        lite_world, "staff/employer.py", Role.SROI_OFFICER, id=key(lite_world.employer_a), tab="Contracten"
    )
    invite(at, "Noor Visser", "noor@example.nl")
    assert not at.exception
    assert offered(link(at)).email == "noor@example.nl"
    with reading(system("test")) as unit:
        assert unit.session.exec(select(EmployerInvitation)).one().as_administrator


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADVISER])
def test_others_do_not_see_who_has_access(lite_world: World, role: Role) -> None:
    make_contract(lite_world)
    at = opened(lite_world, "staff/employer.py", role, id=key(lite_world.employer_a), tab="Contracten")
    assert "Iemand uitnodigen" not in labels(at)
    assert "Toegang tot het portaal" not in text(at)


def test_who_was_let_in_by_an_officer_is_told_whose_contracts_they_see(lite_world: World, sam: User) -> None:
    save(UserAuthority(user_id=key(sam), authority_id=key(lite_world.authority)))
    at = opened(lite_world, PORTAL, Role.EMPLOYER)
    assert "Ziet de contracten van Gemeente Halderberge" in text(at)
    assert "Nu gaat er niets open." in text(at)
    press(at, "Ja, laat dit zien")
    assert "Ziet de contracten van" not in text(at)
    with reading(system("test")) as unit:
        limits = select(UserAuthority).where(UserAuthority.user_id == key(sam))
        assert unit.session.exec(limits).all() == []


def test_what_a_merge_keeps_out_of_sight_is_shown_after_reading_what_opens(
    lite_world: World, sam: User
) -> None:
    contract = make_contract(lite_world, title="Wegen Zuid")
    save(HiddenContract(user_id=key(sam), contract_id=key(contract)))
    about = {"id": key(lite_world.employer_a), "tab": "Contracten"}
    at = opened(lite_world, "staff/employer.py", Role.SROI_OFFICER, **about)
    assert "Dit contract gaat open:" in text(at)
    assert "- Wegen Zuid (Gemeente Halderberge)" in text(at)
    press(at, "Ja, laat dit zien")
    assert "Ja, laat dit zien" not in labels(at)
    assert lite_world.actor_for(sam).hidden == frozenset()


def test_what_the_central_administrator_closed_has_no_button(lite_world: World, sam: User) -> None:
    with work(system("test")) as unit:
        unit.get(User, key(sam)).active = False
        unit.commit()
    at = opened(lite_world, PORTAL, Role.EMPLOYER)
    assert "Gesloten door de beheerder van Vliegwiel" in text(at)
    assert "Weer toegang geven" not in labels(at)


@pytest.mark.parametrize(
    ("page", "role"), [(PORTAL, Role.EMPLOYER), ("staff/employer.py", Role.SROI_OFFICER)]
)
def test_also_with_limits_the_page_asks_no_more_than_twelve_questions(
    lite_world: World, sam: User, page: str, role: Role
) -> None:
    save(UserAuthority(user_id=key(sam), authority_id=key(lite_world.authority)))
    make_contract(lite_world)
    at = opened(lite_world, page, role, id=key(lite_world.employer_a), tab="Contracten")
    with statements() as sent:
        at.run()
    assert "Ziet de contracten van" in text(at)
    assert len(sent) <= MOST_ON_A_PAGE
